package dev.aerie.expr;

import org.antlr.v4.runtime.ParserRuleContext;

/// Arithmetic between constants, done while reading.
final class Folding {
  private Folding() {}

  static Constant fold(ArithmeticOp op, Constant a, Constant b, ParserRuleContext place) {
    if (a instanceof Constant.Int(long left) && b instanceof Constant.Int(long right)) {
      if (right == 0 && (op == ArithmeticOp.DIVIDE || op == ArithmeticOp.MODULO)) {
        throw FilterFault.at(place, "division or modulus by zero");
      }
      return new Constant.Int(op.apply(left, right));
    }
    double left = number(a, place);
    double right = number(b, place);
    if (op == ArithmeticOp.MODULO) {
      throw FilterFault.at(place, "modulo can only apply on integer types");
    }
    if (right == 0 && op == ArithmeticOp.DIVIDE) {
      throw FilterFault.at(place, "division or modulus by zero");
    }
    return finite(op.apply(left, right), place);
  }

  /// Whole numbers stay whole where the result is and fits.
  static Constant power(Constant base, Constant exponent, ParserRuleContext place) {
    double result = Math.pow(number(base, place), number(exponent, place));
    if (base instanceof Constant.Int
        && exponent instanceof Constant.Int(long times)
        && times >= 0
        && Math.abs(result) < 1L << 53) {
      return new Constant.Int((long) result);
    }
    return finite(result, place);
  }

  private static double number(Constant constant, ParserRuleContext place) {
    return switch (constant) {
      case Constant.Int(long whole) -> whole;
      case Constant.Real(double real) -> real;
      case Constant.Bool _, Constant.Text _, Constant.Array _ ->
          throw FilterFault.at(
              place, "arithmetic needs a number; got %s".formatted(constant.literal()));
    };
  }

  private static Constant.Real finite(double value, ParserRuleContext place) {
    if (!Double.isFinite(value)) {
      throw FilterFault.at(place, place.getText() + " is beyond the range of a double");
    }
    return new Constant.Real(value);
  }
}
