package dev.aerie.expr;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/// Carries a [FilterProblem] out of the depths of a parse; stays inside this package.
final class FilterFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient FilterProblem problem;

  FilterFault(FilterProblem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  static FilterFault at(ParserRuleContext place, String detail) {
    var first = place.getStart();
    var last = place.getStop() == null ? first : place.getStop();
    return new FilterFault(
        new FilterProblem(
            first.getStartIndex(),
            Math.max(0, last.getStopIndex() + 1 - first.getStartIndex()),
            detail));
  }

  static FilterFault at(Token token, String detail) {
    int length = token.getType() == Token.EOF ? 0 : token.getText().length();
    return new FilterFault(new FilterProblem(token.getStartIndex(), length, detail));
  }

  FilterProblem problem() {
    return problem;
  }
}
