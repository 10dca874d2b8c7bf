package dev.aerie.expr;

import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Filter;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/// Reads filters. Stateless and safe for use by many threads.
public final class FilterParser {
  private FilterParser() {}

  /// @return the typed tree; [Expr.All] for an empty filter
  /// @throws EngineException `INVALID_ARGUMENT` with what is wrong, where, and what would be right
  public static Expr parse(Filter filter, CollectionSchema schema) {
    try {
      return read(filter.expression(), filter.values(), schema);
    } catch (FilterFault fault) {
      var problem = inChars(fault.problem(), filter.expression());
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "cannot parse expression: %s, error: %s (at character %d)"
              .formatted(shown(filter.expression()), problem.detail(), problem.offset() + 1));
    }
  }

  /// What is wrong with a filter, for an editor to mark; empty if nothing is.
  public static Optional<FilterProblem> problem(Filter filter, CollectionSchema schema) {
    try {
      read(filter.expression(), filter.values(), schema);
      return Optional.empty();
    } catch (FilterFault fault) {
      return Optional.of(inChars(fault.problem(), filter.expression()));
    }
  }

  private static Expr read(
      String expression, Map<String, Object> templates, CollectionSchema schema) {
    if (expression.isBlank()) {
      return new Expr.All();
    }
    try {
      return new TreeReader(new Names(schema), templates).filter(tree(expression));
    } catch (StackOverflowError e) {
      // Depth is the caller's to choose, so that it is too deep is an answer and no accident.
      throw new FilterFault(
          new FilterProblem(0, expression.length(), "the expression is nested too deeply"));
    }
  }

  private static FilterGrammarParser.FilterContext tree(String expression) {
    var lexer = new FilterGrammarLexer(CharStreams.fromString(expression));
    lexer.removeErrorListeners();
    var tokens = new CommonTokenStream(lexer);
    var parser = new FilterGrammarParser(tokens);
    parser.removeErrorListeners();
    // The fast prediction decides almost every text; what it refuses is read again with the full
    // one, which also says what it expected.
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    parser.setErrorHandler(new BailErrorStrategy());
    try {
      return parser.filter();
    } catch (ParseCancellationException e) {
      tokens.seek(0);
      parser.reset();
      parser.getInterpreter().setPredictionMode(PredictionMode.LL);
      parser.setErrorHandler(new DefaultErrorStrategy());
      parser.addErrorListener(new SyntaxFaults());
      return parser.filter();
    }
  }

  /// ANTLR counts code points, Java and editors count chars.
  private static FilterProblem inChars(FilterProblem problem, String expression) {
    int points = expression.codePointCount(0, expression.length());
    int from = Math.clamp(problem.offset(), 0, points);
    int to = Math.clamp((long) from + problem.length(), from, points);
    int start = expression.offsetByCodePoints(0, from);
    return new FilterProblem(
        start, expression.offsetByCodePoints(start, to - from) - start, problem.detail());
  }

  private static String shown(String expression) {
    return expression.length() <= 500 ? expression : expression.substring(0, 500) + "…";
  }
}
