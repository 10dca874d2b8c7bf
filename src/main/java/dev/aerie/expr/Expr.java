package dev.aerie.expr;

import dev.aerie.engine.Field;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.regex.Pattern;

/// A filter, typed. What each form says of a row is true, false, or nothing (null) where a value it
/// needs is missing; `And`, `Or` and `Not` follow Kleene, and a row matches where the whole is
/// true.
///
/// A value is missing where a nullable field is null, an array is too short, a path leads nowhere
/// or to a JSON null. A JSON value of another class than the constant's (numbers are one class,
/// whole or not) is not missing: it is unequal to the constant and in no order with it, so `!=` is
/// true and every other comparison false.
public sealed interface Expr {
  /// Every row, nulls included.
  record All() implements Expr {}

  /// No row.
  record None() implements Expr {}

  /// @param terms two or more; a [RandomSample], if any, is the last
  record And(List<Expr> terms) implements Expr {
    public And {
      terms = List.copyOf(terms);
    }
  }

  /// @param terms two or more
  record Or(List<Expr> terms) implements Expr {
    public Or {
      terms = List.copyOf(terms);
    }
  }

  record Not(Expr term) implements Expr {}

  /// `ref op value`. The constant is of the ref's class: [Constant.Int] for whole numbers and
  /// timestamps, [Constant.Real] for FLOAT (rounded to float) and DOUBLE, [Constant.Text] in UTF-8
  /// byte order, [Constant.Bool] only with EQ and NE; for a JSON path any scalar.
  record Compare(Ref ref, CompareOp op, Constant value) implements Expr {}

  /// `lower < ref < upper`, each end inclusive or not; constants as in [Compare], never Bool.
  record Range(
      Ref ref, Constant lower, boolean includesLower, Constant upper, boolean includesUpper)
      implements Expr {}

  /// Equal to one of the values.
  ///
  /// @param values not empty, as in [Compare]; for a JSON path of mixed classes
  record In(Ref ref, List<Constant> values) implements Expr {
    public In {
      values = List.copyOf(values);
    }
  }

  /// A VARCHAR column or element or a JSON path against a pattern; false where the JSON value is no
  /// text.
  record Like(Ref ref, LikePattern pattern) implements Expr {}

  /// Some part of the text matches the regular expression; refs as in [Like].
  record Regex(Ref ref, Pattern pattern) implements Expr {}

  /// `ref arithmetic operand op value`.
  ///
  /// @param operand as in [Compare]; never zero for DIVIDE and MODULO; MODULO only on whole numbers
  record Arithmetic(
      Ref ref, ArithmeticOp arithmetic, Constant operand, CompareOp op, Constant value)
      implements Expr {}

  /// `ref ± interval op value` on a TIMESTAMPTZ column, calendar arithmetic in UTC.
  ///
  /// @param period and `duration` are added, negative to subtract
  record Shifted(Ref.Column ref, Period period, Duration duration, CompareOp op, Constant.Int value)
      implements Expr {}

  /// How many elements an ARRAY or a JSON list has; missing where a JSON value is no list.
  record ArrayLength(Ref ref, CompareOp op, long length) implements Expr {}

  /// What an ARRAY or a JSON list holds; false where a JSON value is no list.
  ///
  /// @param values of the element class; for JSON of any, lists included; `ALL` of none is true
  record Contains(Ref ref, Quantifier quantifier, List<Constant> values) implements Expr {
    public Contains {
      values = List.copyOf(values);
    }
  }

  /// How many of the values must be there.
  enum Quantifier {
    ANY,
    ALL
  }

  /// The path leads to a value that is not null; never missing.
  ///
  /// @param path with at least one step
  record Exists(Ref.JsonPath path) implements Expr {}

  /// The field has no value; never missing itself. For a path the parser writes `Not(Exists)`.
  record IsNull(Ref.Column ref) implements Expr {}

  /// Two scalar columns of one class: numbers, texts, or booleans with EQ and NE.
  record FieldCompare(Ref.Column left, CompareOp op, Ref.Column right) implements Expr {}

  /// The field's analyzer finds at least `minimum` of the text's distinct tokens in the value.
  ///
  /// @param minimum at least 1
  record TextMatch(Field field, String text, int minimum) implements Expr {}

  /// The text's tokens in their order, at most `slop` moves apart, as Lucene counts them.
  record PhraseMatch(Field field, String text, int slop) implements Expr {}

  /// Each row with the same chance: alone, or as the last term of an [And].
  ///
  /// @param share in (0, 1)
  record RandomSample(double share) implements Expr {}

  /// A GEOMETRY column against a shape.
  ///
  /// @param shape well-known text; empty for IS_VALID
  /// @param metres for D_WITHIN, else 0
  record Spatial(SpatialOp op, Field field, String shape, double metres) implements Expr {}

  /// The relations between shapes.
  enum SpatialOp {
    EQUALS,
    TOUCHES,
    OVERLAPS,
    CROSSES,
    CONTAINS,
    INTERSECTS,
    WITHIN,
    D_WITHIN,
    IS_VALID
  }
}
