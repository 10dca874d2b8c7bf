package dev.aerie.expr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.engine.DataType;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;

/// What a filter says of a single row: the meaning of [Expr], without any index. For filtering rows
/// that are at hand, and as the reference that compiled filters are held to. Safe for use by many
/// threads if `tokens` and `random` are.
public final class RowEvaluator {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// An object, or a null inside a list: there, and equal to nothing.
  private static final Constant NOTHING_COMPARABLE = new Constant.Real(Double.NaN);

  private final Tokens tokens;
  private final DoubleSupplier random;

  /// @param tokens of the analyzers behind `text_match` and `phrase_match`
  /// @param random in [0, 1), drawn once a row by each `random_sample`
  public RowEvaluator(Tokens tokens, DoubleSupplier random) {
    this.tokens = tokens;
    this.random = random;
  }

  /// Whether the row passes: whether the filter is true, not false or missing.
  public boolean matches(Expr expr, Row row) {
    return evaluate(expr, row) == Truth.TRUE;
  }

  /// @throws EngineException `UNSUPPORTED` for relations of shapes, which need a geometry library
  public Truth evaluate(Expr expr, Row row) {
    return switch (expr) {
      case Expr.All _ -> Truth.TRUE;
      case Expr.None _ -> Truth.FALSE;
      case Expr.And(var terms) -> {
        var truth = Truth.TRUE;
        for (var term : terms) {
          truth = truth.and(evaluate(term, row));
          if (truth == Truth.FALSE) {
            break;
          }
        }
        yield truth;
      }
      case Expr.Or(var terms) -> {
        var truth = Truth.FALSE;
        for (var term : terms) {
          truth = truth.or(evaluate(term, row));
          if (truth == Truth.TRUE) {
            break;
          }
        }
        yield truth;
      }
      case Expr.Not(Expr term) -> evaluate(term, row).not();
      case Expr.Compare(Ref ref, CompareOp op, Constant value) ->
          of(value(ref, row), found -> compare(found, op, value));
      case Expr.Range(
              Ref ref,
              Constant lower,
              boolean fromLower,
              Constant upper,
              boolean toUpper) ->
          of(
              value(ref, row),
              found ->
                  compare(found, fromLower ? CompareOp.GE : CompareOp.GT, lower)
                      && compare(found, toUpper ? CompareOp.LE : CompareOp.LT, upper));
      case Expr.In(Ref ref, var values) ->
          of(
              value(ref, row),
              found -> values.stream().anyMatch(value -> compare(found, CompareOp.EQ, value)));
      case Expr.Like(Ref ref, LikePattern pattern) ->
          of(
              value(ref, row),
              found -> found instanceof Constant.Text(String text) && pattern.matches(text));
      case Expr.Regex(Ref ref, var pattern) ->
          of(
              value(ref, row),
              found -> found instanceof Constant.Text(String text) && pattern.matcher(text).find());
      case Expr.Arithmetic(Ref ref, var arithmetic, var operand, CompareOp op, Constant value) ->
          of(
              value(ref, row),
              found -> {
                var result = arithmetic(found, arithmetic, operand);
                // No number is no result, which is unequal to everything, as with other classes.
                return result.isPresent() ? compare(result.get(), op, value) : op == CompareOp.NE;
              });
      case Expr.Shifted(var ref, var period, var duration, CompareOp op, var value) ->
          of(
              value(ref, row),
              found -> {
                var moved =
                    Instant.EPOCH
                        .plus(((Constant.Int) found).value(), ChronoUnit.MICROS)
                        .atOffset(ZoneOffset.UTC)
                        .plus(period)
                        .plus(duration)
                        .toInstant();
                long micros = ChronoUnit.MICROS.between(Instant.EPOCH, moved);
                return op.holds(Long.compare(micros, value.value()));
              });
      case Expr.ArrayLength(Ref ref, CompareOp op, long length) -> {
        var found = value(ref, row);
        yield found.isPresent() && found.get() instanceof Constant.Array(var elements)
            ? Truth.of(op.holds(Long.compare(elements.size(), length)))
            : Truth.MISSING;
      }
      case Expr.Contains(Ref ref, var quantifier, var values) ->
          of(
              value(ref, row),
              found ->
                  found instanceof Constant.Array(var elements)
                      && switch (quantifier) {
                        case ANY -> values.stream().anyMatch(value -> holds(elements, value));
                        case ALL -> values.stream().allMatch(value -> holds(elements, value));
                      });
      case Expr.Exists(Ref.JsonPath path) -> Truth.of(value(path, row).isPresent());
      case Expr.IsNull(Ref.Column ref) -> Truth.of(row.value(ref.field()).isEmpty());
      case Expr.FieldCompare(Ref.Column left, CompareOp op, Ref.Column right) -> {
        var a = value(left, row);
        var b = value(right, row);
        yield a.isEmpty() || b.isEmpty() ? Truth.MISSING : Truth.of(compare(a.get(), op, b.get()));
      }
      case Expr.TextMatch(Field field, String text, int minimum) ->
          of(
              value(new Ref.Column(field), row),
              found -> {
                var there = new HashSet<>(tokens.of(field, ((Constant.Text) found).value()));
                var wanted = new HashSet<>(tokens.of(field, text));
                return wanted.stream().filter(there::contains).count() >= minimum;
              });
      case Expr.PhraseMatch(Field field, String text, int slop) ->
          of(
              value(new Ref.Column(field), row),
              found ->
                  Phrase.matches(
                      tokens.of(field, ((Constant.Text) found).value()),
                      tokens.of(field, text),
                      slop));
      case Expr.RandomSample(double share) -> Truth.of(random.getAsDouble() < share);
      case Expr.Spatial(var op, Field field, _, _) ->
          throw new EngineException(
              ErrorCode.UNSUPPORTED,
              "%s on \"%s\" needs a geometry library, which this engine has not"
                  .formatted(op, field.name()));
    };
  }

  private interface Test {
    boolean holds(Constant value);
  }

  private static Truth of(Optional<Constant> value, Test test) {
    return value.isPresent() ? Truth.of(test.holds(value.get())) : Truth.MISSING;
  }

  private static Optional<Constant> value(Ref ref, Row row) {
    return switch (ref) {
      case Ref.Column(Field field) -> row.value(field).map(value -> constant(field, value));
      case Ref.ArrayElement(Field field, int index) ->
          row.value(field)
              .map(value -> constant(field, value))
              .flatMap(
                  array ->
                      array instanceof Constant.Array(var elements) && index < elements.size()
                          ? Optional.of(elements.get(index))
                          : Optional.empty());
      case Ref.JsonPath path ->
          row.value(path.field()).flatMap(text -> json((String) text, path.steps()));
    };
  }

  private static Constant constant(Field field, Object value) {
    return switch (value) {
      case Boolean truth -> new Constant.Bool(truth);
      case Integer number -> new Constant.Int(number);
      case Long number -> new Constant.Int(number);
      case Float number -> new Constant.Real(number);
      case Double number -> new Constant.Real(number);
      case String text when field.type() != DataType.JSON -> new Constant.Text(text);
      case List<?> list ->
          new Constant.Array(list.stream().map(element -> constant(field, element)).toList());
      default ->
          throw new EngineException(
              ErrorCode.INTERNAL,
              "field \"%s\" gave a %s to a filter"
                  .formatted(field.name(), value.getClass().getSimpleName()));
    };
  }

  private static Optional<Constant> json(String text, List<Ref.Step> steps) {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new EngineException(ErrorCode.CORRUPT, "a JSON value cannot be read: " + text, e);
    }
    for (var step : steps) {
      node =
          switch (step) {
            case Ref.Step.Key(String key) -> node.path(key);
            case Ref.Step.Index(int index) ->
                node.isObject() ? node.path(Integer.toString(index)) : node.path(index);
          };
    }
    return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(constant(node));
  }

  private static Constant constant(JsonNode node) {
    if (node.isBoolean()) {
      return new Constant.Bool(node.booleanValue());
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return new Constant.Int(node.longValue());
    }
    if (node.isNumber()) {
      return new Constant.Real(node.doubleValue());
    }
    if (node.isTextual()) {
      return new Constant.Text(node.textValue());
    }
    if (node.isArray()) {
      return new Constant.Array(node.valueStream().map(RowEvaluator::constant).toList());
    }
    return NOTHING_COMPARABLE;
  }

  private static boolean holds(List<Constant> elements, Constant wanted) {
    return elements.stream().anyMatch(element -> compare(element, CompareOp.EQ, wanted));
  }

  private static boolean compare(Constant found, CompareOp op, Constant value) {
    if (found.equals(NOTHING_COMPARABLE)) {
      return op == CompareOp.NE;
    }
    var order = order(found, value);
    return order.isPresent() ? op.holds(order.getAsInt()) : op == CompareOp.NE;
  }

  /// Empty between different classes; between lists only whether they are equal.
  private static OptionalInt order(Constant a, Constant b) {
    return switch (a) {
      case Constant.Int(long x) when b instanceof Constant.Int(long y) ->
          OptionalInt.of(Long.compare(x, y));
      case Constant.Int(long x) when b instanceof Constant.Real(double y) ->
          OptionalInt.of(Values.compare(x, y));
      case Constant.Real(double x) when b instanceof Constant.Int(long y) ->
          OptionalInt.of(-Values.compare(y, x));
      case Constant.Real(double x) when b instanceof Constant.Real(double y) ->
          OptionalInt.of(Double.compare(x + 0.0, y + 0.0));
      case Constant.Text(String x) when b instanceof Constant.Text(String y) ->
          OptionalInt.of(Values.compare(x, y));
      case Constant.Bool(boolean x) when b instanceof Constant.Bool(boolean y) ->
          OptionalInt.of(Boolean.compare(x, y));
      case Constant.Array(var x) when b instanceof Constant.Array(var y) -> {
        boolean equal = x.size() == y.size();
        for (int i = 0; equal && i < x.size(); i++) {
          equal = compare(x.get(i), CompareOp.EQ, y.get(i));
        }
        yield equal ? OptionalInt.of(0) : OptionalInt.empty();
      }
      case Constant.Int _, Constant.Real _, Constant.Text _, Constant.Bool _, Constant.Array _ ->
          OptionalInt.empty();
    };
  }

  /// Whole with whole stays whole; anything else is done in doubles.
  private static Optional<Constant> arithmetic(Constant found, ArithmeticOp op, Constant operand) {
    if (found.equals(NOTHING_COMPARABLE)) {
      return Optional.empty();
    }
    if (found instanceof Constant.Int(long a) && operand instanceof Constant.Int(long b)) {
      return Optional.of(new Constant.Int(op.apply(a, b)));
    }
    double left;
    switch (found) {
      case Constant.Int(long whole) -> left = whole;
      case Constant.Real(double real) -> {
        if (op == ArithmeticOp.MODULO) {
          return Optional.empty();
        }
        left = real;
      }
      case Constant.Text _, Constant.Bool _, Constant.Array _ -> {
        return Optional.empty();
      }
    }
    double right =
        operand instanceof Constant.Int(long whole) ? whole : ((Constant.Real) operand).value();
    return Optional.of(new Constant.Real(op.apply(left, right)));
  }
}
