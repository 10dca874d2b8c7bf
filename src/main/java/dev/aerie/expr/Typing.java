package dev.aerie.expr;

import dev.aerie.engine.DataType;
import dev.aerie.expr.Operand.Value;
import org.antlr.v4.runtime.ParserRuleContext;

/// What may be compared with what, and as which class.
final class Typing {
  private Typing() {}

  /// The constant in the class of what it is compared with.
  static Constant cast(Ref ref, Value value, ParserRuleContext place) {
    requireComparable(ref, place);
    var constant = value.constant();
    var type = ref.type();
    if (value.instant() && type != DataType.TIMESTAMPTZ) {
      throw FilterFault.at(place, "%s is a %s and no time".formatted(ref, Names.typeName(type)));
    }
    return switch (type) {
      case BOOL -> constant instanceof Constant.Bool ? constant : unlike(type, constant, place);
      case INT8, INT16, INT32, INT64 ->
          switch (constant) {
            case Constant.Int _ -> constant;
            case Constant.Real(double real) ->
                throw FilterFault.at(
                    place,
                    "cannot cast value to %s, value: %s".formatted(Names.typeName(type), real));
            case Constant.Bool _, Constant.Text _, Constant.Array _ ->
                unlike(type, constant, place);
          };
      // A FLOAT column holds floats, so the constant is the nearest float: 0.1 finds 0.1.
      case FLOAT ->
          switch (constant) {
            case Constant.Int(long whole) -> new Constant.Real((float) whole);
            case Constant.Real(double real) -> new Constant.Real((float) real);
            case Constant.Bool _, Constant.Text _, Constant.Array _ ->
                unlike(type, constant, place);
          };
      case DOUBLE ->
          switch (constant) {
            case Constant.Int(long whole) -> new Constant.Real(whole);
            case Constant.Real _ -> constant;
            case Constant.Bool _, Constant.Text _, Constant.Array _ ->
                unlike(type, constant, place);
          };
      case VARCHAR -> constant instanceof Constant.Text ? constant : unlike(type, constant, place);
      case JSON -> constant instanceof Constant.Array ? unlike(type, constant, place) : constant;
      case TIMESTAMPTZ -> {
        if (!value.instant()) {
          throw FilterFault.at(
              place,
              "%s is compared with a time, written as ISO \"2025-01-31T08:30:00Z\"; got %s"
                  .formatted(ref, constant.literal()));
        }
        yield constant;
      }
      case ARRAY,
          GEOMETRY,
          TEXT,
          BINARY_VECTOR,
          FLOAT_VECTOR,
          FLOAT16_VECTOR,
          BFLOAT16_VECTOR,
          SPARSE_FLOAT_VECTOR,
          INT8_VECTOR,
          UNKNOWN ->
          unlike(type, constant, place);
    };
  }

  /// Refuses what has no single value to compare.
  static void requireComparable(Ref ref, ParserRuleContext place) {
    switch (ref.type()) {
      case BOOL, INT8, INT16, INT32, INT64, FLOAT, DOUBLE, VARCHAR, TIMESTAMPTZ -> {}
      case JSON -> {
        if (ref instanceof Ref.JsonPath path && path.steps().isEmpty()) {
          throw FilterFault.at(
              place,
              "a whole JSON field cannot be compared; name a key, such as %s[\"key\"]"
                  .formatted(ref));
        }
      }
      case ARRAY ->
          throw FilterFault.at(
              place,
              "can not comparisons array fields directly; compare an element, such as %s[0], or "
                  .concat("use array_contains or array_length")
                  .formatted(ref));
      case GEOMETRY ->
          throw FilterFault.at(
              place, "%s is a Geometry; use the st_ functions on it".formatted(ref));
      case TEXT,
          BINARY_VECTOR,
          FLOAT_VECTOR,
          FLOAT16_VECTOR,
          BFLOAT16_VECTOR,
          SPARSE_FLOAT_VECTOR,
          INT8_VECTOR,
          UNKNOWN ->
          throw FilterFault.at(
              place,
              "field %s of type %s cannot be filtered".formatted(ref, Names.typeName(ref.type())));
    }
  }

  /// Whether `like` and regular expressions apply.
  static boolean mayBeText(Ref ref) {
    return switch (ref) {
      case Ref.JsonPath path -> !path.steps().isEmpty();
      case Ref.Column _, Ref.ArrayElement _ -> ref.type() == DataType.VARCHAR;
    };
  }

  /// Whether two columns can be compared with each other.
  static boolean sameClass(DataType a, DataType b) {
    return a.isNumeric() && b.isNumeric()
        || a == b && (a == DataType.VARCHAR || a == DataType.BOOL || a == DataType.TIMESTAMPTZ);
  }

  /// Constants of a range: negative, zero or positive.
  static int compareBounds(Constant low, Constant high, ParserRuleContext place) {
    return switch (low) {
      case Constant.Int(long a) when high instanceof Constant.Int(long b) -> Long.compare(a, b);
      case Constant.Int(long a) when high instanceof Constant.Real(double b) ->
          Values.compare(a, b);
      case Constant.Real(double a) when high instanceof Constant.Int(long b) ->
          -Values.compare(b, a);
      case Constant.Real(double a) when high instanceof Constant.Real(double b) ->
          Double.compare(a, b);
      case Constant.Text(String a) when high instanceof Constant.Text(String b) ->
          Values.compare(a, b);
      case Constant.Int _, Constant.Real _, Constant.Text _, Constant.Bool _, Constant.Array _ ->
          throw FilterFault.at(
              place,
              "a range needs two numbers or two texts as its ends; got %s and %s"
                  .formatted(low.literal(), high.literal()));
    };
  }

  private static Constant unlike(DataType type, Constant constant, ParserRuleContext place) {
    throw FilterFault.at(
        place,
        "comparisons between %s and %s are not supported"
            .formatted(Names.typeName(type), constant.typeName()));
  }
}
