package dev.aerie.expr;

import java.time.Duration;
import java.time.Period;
import java.util.List;

/// What a part of a parse tree has turned out to be, before it is known what it is for.
sealed interface Operand {
  /// @param template whether it came in through a `{name}`
  /// @param instant whether it was written as `ISO "…"`; microseconds then
  record Value(Constant constant, boolean template, boolean instant) implements Operand {
    static Value of(Constant constant) {
      return new Value(constant, false, false);
    }
  }

  record Listed(List<Value> values) implements Operand {
    public Listed {
      values = List.copyOf(values);
    }
  }

  record Place(Ref ref) implements Operand {}

  record Computed(Ref ref, ArithmeticOp op, Constant operand) implements Operand {}

  record Length(Ref ref) implements Operand {}

  record Span(Period period, Duration duration) implements Operand {
    Span negated() {
      return new Span(period.negated(), duration.negated());
    }
  }

  record Moved(Ref.Column ref, Span span) implements Operand {}

  record Condition(Expr expr) implements Operand {}
}
