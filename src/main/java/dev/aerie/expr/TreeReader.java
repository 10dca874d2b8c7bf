package dev.aerie.expr;

import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.expr.Operand.Computed;
import dev.aerie.expr.Operand.Condition;
import dev.aerie.expr.Operand.Length;
import dev.aerie.expr.Operand.Listed;
import dev.aerie.expr.Operand.Moved;
import dev.aerie.expr.Operand.Place;
import dev.aerie.expr.Operand.Span;
import dev.aerie.expr.Operand.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/// Walks a parse tree and makes an [Expr] of it.
final class TreeReader extends FilterGrammarBaseVisitor<Operand> {
  private static final int MOST_MATCHES = 1_000;
  private static final long MOST_SLOP = (1L << 32) - 1;

  private final Names names;
  private final Map<String, Object> templates;

  TreeReader(Names names, Map<String, Object> templates) {
    this.names = names;
    this.templates = templates;
  }

  Expr filter(FilterGrammarParser.FilterContext tree) {
    var whole = tree.expr();
    return switch (visit(whole)) {
      case Condition(Expr expr) -> expr;
      case Value(Constant constant, _, _) -> throw noCondition(whole, constant.typeName());
      case Place(Ref ref) -> throw noCondition(whole, Names.typeName(ref.type()));
      case Listed _ -> throw noCondition(whole, "Array");
      case Computed(Ref ref, _, _) -> throw noCondition(whole, Names.typeName(ref.type()));
      case Length _ -> throw noCondition(whole, "Int64");
      case Span _, Moved _ -> throw noCondition(whole, "Timestamptz");
    };
  }

  private static FilterFault noCondition(ParserRuleContext place, String type) {
    return FilterFault.at(
        place,
        "predicate is not a boolean expression: %s, data type: %s; compare it with something"
            .formatted(place.getText(), type));
  }

  @Override
  public Operand visitConstant(FilterGrammarParser.ConstantContext tree) {
    var literal = tree.literal();
    var token = literal.getStart();
    var text = token.getText();
    return Value.of(
        switch (token.getType()) {
          case FilterGrammarLexer.Integer -> Literals.integer(text, false, literal);
          case FilterGrammarLexer.Real -> Literals.real(text, literal);
          case FilterGrammarLexer.Truth -> new Constant.Bool(text.equalsIgnoreCase("true"));
          default -> new Constant.Text(Literals.text(text, literal));
        });
  }

  @Override
  public Operand visitTemplate(FilterGrammarParser.TemplateContext tree) {
    var name = tree.Identifier().getText();
    var value = templates.get(name);
    if (value == null) {
      throw FilterFault.at(
          tree, "the value of expression template variable name {%s} is not found".formatted(name));
    }
    return Literals.template(value, tree);
  }

  @Override
  public Operand visitReference(FilterGrammarParser.ReferenceContext tree) {
    return new Place(names.resolve(tree.name().getText(), tree));
  }

  @Override
  public Operand visitGroup(FilterGrammarParser.GroupContext tree) {
    return visit(tree.expr());
  }

  @Override
  public Operand visitCollection(FilterGrammarParser.CollectionContext tree) {
    var values = new ArrayList<Value>(tree.expr().size());
    for (var element : tree.expr()) {
      switch (visit(element)) {
        case Value value -> values.add(value);
        case Listed(var inner) -> values.add(Value.of(array(inner)));
        case Place _, Computed _, Length _, Span _, Moved _, Condition _ ->
            throw FilterFault.at(element, "a list holds constants only");
      }
    }
    return new Listed(values);
  }

  private static Constant.Array array(List<Value> values) {
    return new Constant.Array(values.stream().map(Value::constant).toList());
  }

  @Override
  public Operand visitInstant(FilterGrammarParser.InstantContext tree) {
    return new Value(
        Literals.instant(Literals.text(tree.StringLiteral().getText(), tree), tree), false, true);
  }

  @Override
  public Operand visitInterval(FilterGrammarParser.IntervalContext tree) {
    return Literals.interval(Literals.text(tree.StringLiteral().getText(), tree), tree);
  }

  @Override
  public Operand visitIsNull(FilterGrammarParser.IsNullContext tree) {
    return new Condition(isNull(tree.name()));
  }

  @Override
  public Operand visitIsNotNull(FilterGrammarParser.IsNotNullContext tree) {
    return new Condition(Logic.not(isNull(tree.name())));
  }

  private Expr isNull(FilterGrammarParser.NameContext name) {
    return switch (names.resolve(name.getText(), name)) {
      case Ref.Column column ->
          column.field().nullable() ? new Expr.IsNull(column) : new Expr.None();
      case Ref.JsonPath path when path.steps().isEmpty() ->
          path.field().nullable() ? new Expr.IsNull(new Ref.Column(path.field())) : new Expr.None();
      case Ref.JsonPath path -> Logic.not(new Expr.Exists(path));
      case Ref.ArrayElement element ->
          throw FilterFault.at(
              name,
              "%s is an element; ask whether %s is null, or for its array_length"
                  .formatted(element, element.field().name()));
    };
  }

  @Override
  public Operand visitExists(FilterGrammarParser.ExistsContext tree) {
    if (visit(tree.expr()) instanceof Place(Ref.JsonPath path) && !path.steps().isEmpty()) {
      return new Condition(new Expr.Exists(path));
    }
    throw FilterFault.at(
        tree,
        "exists operations are only supportted on json key; write exists field[\"key\"]"
            + " or \"is not null\" for a whole field");
  }

  @Override
  public Operand visitLike(FilterGrammarParser.LikeContext tree) {
    var ref = textual(tree.expr(0), "like");
    var pattern = textOf(tree.expr(1), "the pattern of like");
    try {
      return new Condition(new Expr.Like(ref, LikePattern.parse(pattern)));
    } catch (IllegalArgumentException e) {
      throw FilterFault.at(tree.expr(1), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Operand visitRegex(FilterGrammarParser.RegexContext tree) {
    var ref = textual(tree.expr(0), "regex match");
    var pattern = textOf(tree.expr(1), "a regular expression");
    try {
      Expr matches = new Expr.Regex(ref, Pattern.compile(pattern));
      boolean negated = tree.op.getType() == FilterGrammarLexer.NOT_MATCHES;
      return new Condition(negated ? Logic.not(matches) : matches);
    } catch (PatternSyntaxException e) {
      throw FilterFault.at(tree.expr(1), "the regular expression is wrong: " + e.getDescription());
    }
  }

  private Ref textual(FilterGrammarParser.ExprContext tree, String operation) {
    if (visit(tree) instanceof Place(Ref ref) && Typing.mayBeText(ref)) {
      return ref;
    }
    throw FilterFault.at(
        tree,
        "%s operation on non-string or no-json field is unsupported: %s"
            .formatted(operation, tree.getText()));
  }

  private String textOf(FilterGrammarParser.ExprContext tree, String what) {
    if (visit(tree) instanceof Value(Constant.Text(String text), _, boolean instant) && !instant) {
      return text;
    }
    throw FilterFault.at(tree, "%s must be a text; got %s".formatted(what, tree.getText()));
  }

  @Override
  public Operand visitTextMatch(FilterGrammarParser.TextMatchContext tree) {
    var field = matched(tree.expr(0), "text_match");
    var text = textOf(tree.expr(1), "the second argument of text_match");
    int minimum = 1;
    if (tree.option() != null) {
      var option = tree.option();
      if (!option.Identifier().getText().equals("minimum_should_match")) {
        throw FilterFault.at(
            option,
            "text_match knows the option minimum_should_match, not %s"
                .formatted(option.Identifier().getText()));
      }
      long wanted = wholeOf(option.expr(), "minimum_should_match");
      if (wanted < 1 || wanted > MOST_MATCHES) {
        throw FilterFault.at(
            option, "minimum_should_match must be in [1, 1000]; got %d".formatted(wanted));
      }
      minimum = (int) wanted;
    }
    return new Condition(new Expr.TextMatch(field, text, minimum));
  }

  @Override
  public Operand visitPhraseMatch(FilterGrammarParser.PhraseMatchContext tree) {
    var field = matched(tree.expr(0), "phrase_match");
    var text = textOf(tree.expr(1), "the second argument of phrase_match");
    long slop = tree.expr().size() > 2 ? wholeOf(tree.expr(2), "the slop") : 0;
    if (slop < 0 || slop > MOST_SLOP) {
      throw FilterFault.at(
          tree.expr(2), "the slop must be in [0, %d]; got %d".formatted(MOST_SLOP, slop));
    }
    return new Condition(
        new Expr.PhraseMatch(field, text, (int) Math.min(slop, Integer.MAX_VALUE)));
  }

  private Field matched(FilterGrammarParser.ExprContext tree, String function) {
    if (!(visit(tree) instanceof Place(Ref.Column(Field field)))
        || field.type() != DataType.VARCHAR) {
      throw FilterFault.at(
          tree,
          "%s operation on non-string is unsupported: %s".formatted(function, tree.getText()));
    }
    if (!field.matchEnabled()) {
      throw FilterFault.at(
          tree,
          "field \"%s\" does not enable match; it needs enable_match in its schema"
              .formatted(field.name()));
    }
    return field;
  }

  private long wholeOf(FilterGrammarParser.ExprContext tree, String what) {
    if (visit(tree) instanceof Value(Constant.Int(long number), _, boolean instant) && !instant) {
      return number;
    }
    throw FilterFault.at(tree, "%s must be a whole number; got %s".formatted(what, tree.getText()));
  }

  private double numberOf(FilterGrammarParser.ExprContext tree, String what) {
    return switch (visit(tree)) {
      case Value(Constant.Int(long number), _, boolean instant) when !instant -> number;
      case Value(Constant.Real(double number), _, _) -> number;
      case Value _, Listed _, Place _, Computed _, Length _, Span _, Moved _, Condition _ ->
          throw FilterFault.at(tree, "%s must be a number; got %s".formatted(what, tree.getText()));
    };
  }

  @Override
  public Operand visitRandomSample(FilterGrammarParser.RandomSampleContext tree) {
    double share = numberOf(tree.expr(), "the share of random_sample");
    if (!(share > 0 && share < 1)) {
      throw FilterFault.at(
          tree.expr(), "the share of random_sample must be between 0 and 1; got " + share);
    }
    return new Condition(new Expr.RandomSample(share));
  }

  @Override
  public Operand visitContains(FilterGrammarParser.ContainsContext tree) {
    var function = tree.fn.getText().toLowerCase(Locale.ROOT);
    if (!(visit(tree.expr(0)) instanceof Place(Ref ref)) || !mayBeList(ref)) {
      throw FilterFault.at(
          tree.expr(0),
          "%s operation can only apply on array or json field; got %s"
              .formatted(function, tree.expr(0).getText()));
    }
    boolean single = tree.fn.getType() == FilterGrammarLexer.CONTAINS;
    var wanted = tree.expr(1);
    List<Value> values =
        switch (visit(wanted)) {
          case Listed(var list) -> single ? List.of(Value.of(array(list))) : list;
          case Value value when single -> List.of(value);
          case Value _ ->
              throw FilterFault.at(
                  wanted, "%s operation element must be an array".formatted(function));
          case Place _, Computed _, Length _, Span _, Moved _, Condition _ ->
              throw FilterFault.at(
                  wanted, "%s looks for constants; got %s".formatted(function, wanted.getText()));
        };
    var constants = new ArrayList<Constant>(values.size());
    for (var value : values) {
      constants.add(
          ref instanceof Ref.Column(Field field)
              ? Typing.cast(new Ref.ArrayElement(field, 0), value, wanted)
              : value.constant());
    }
    boolean all = tree.fn.getType() == FilterGrammarLexer.CONTAINS_ALL;
    return new Condition(
        new Expr.Contains(ref, all ? Expr.Quantifier.ALL : Expr.Quantifier.ANY, constants));
  }

  @Override
  public Operand visitArrayLength(FilterGrammarParser.ArrayLengthContext tree) {
    if (visit(tree.expr()) instanceof Place(Ref ref) && mayBeList(ref)) {
      return new Length(ref);
    }
    throw FilterFault.at(
        tree,
        "array_length operation can only apply on array or json field; got %s"
            .formatted(tree.expr().getText()));
  }

  private static boolean mayBeList(Ref ref) {
    return switch (ref) {
      case Ref.Column(Field field) -> field.type() == DataType.ARRAY;
      case Ref.JsonPath _ -> true;
      case Ref.ArrayElement _ -> false;
    };
  }

  @Override
  public Operand visitSpatial(FilterGrammarParser.SpatialContext tree) {
    var function = tree.SPATIAL().getText().toUpperCase(Locale.ROOT).substring("ST_".length());
    return new Condition(
        new Expr.Spatial(
            Expr.SpatialOp.valueOf(function), shapes(tree.expr(0)), shape(tree.expr(1)), 0));
  }

  @Override
  public Operand visitSpatialDistance(FilterGrammarParser.SpatialDistanceContext tree) {
    double metres = numberOf(tree.expr(2), "the distance");
    if (metres < 0) {
      throw FilterFault.at(tree.expr(2), "the distance must be at least 0; got " + metres);
    }
    return new Condition(
        new Expr.Spatial(
            Expr.SpatialOp.D_WITHIN, shapes(tree.expr(0)), shape(tree.expr(1)), metres));
  }

  @Override
  public Operand visitSpatialValid(FilterGrammarParser.SpatialValidContext tree) {
    return new Condition(new Expr.Spatial(Expr.SpatialOp.IS_VALID, shapes(tree.expr()), "", 0));
  }

  private Field shapes(FilterGrammarParser.ExprContext tree) {
    if (visit(tree) instanceof Place(Ref.Column(Field field))
        && field.type() == DataType.GEOMETRY) {
      return field;
    }
    throw FilterFault.at(
        tree, "spatial functions need a Geometry field; got %s".formatted(tree.getText()));
  }

  private String shape(FilterGrammarParser.ExprContext tree) {
    var text = textOf(tree, "a shape");
    if (!WellKnownText.isValid(text)) {
      throw FilterFault.at(
          tree,
          "%s is no well-known text, such as \"POINT (1 2)\"".formatted(Constant.quote(text)));
    }
    return text;
  }

  @Override
  public Operand visitCall(FilterGrammarParser.CallContext tree) {
    throw FilterFault.at(
        tree,
        "function \"%s\" is not known; names of functions are all lower or all upper case"
            .formatted(tree.Identifier().getText()));
  }

  @Override
  public Operand visitUnary(FilterGrammarParser.UnaryContext tree) {
    var operand = tree.expr();
    return switch (tree.op.getText()) {
      case "-" -> {
        if (operand instanceof FilterGrammarParser.ConstantContext constant
            && constant.literal().Integer() != null) {
          yield Value.of(Literals.integer(constant.getText(), true, tree));
        }
        yield switch (visit(operand)) {
          case Value(Constant.Int(long number), boolean template, boolean instant) when !instant ->
              new Value(new Constant.Int(-number), template, false);
          case Value(Constant.Real(double number), boolean template, _) ->
              new Value(new Constant.Real(-number), template, false);
          case Value _, Listed _, Place _, Computed _, Length _, Span _, Moved _, Condition _ ->
              throw FilterFault.at(tree, "a minus can only stand before a number");
        };
      }
      case "+" -> {
        if (visit(operand) instanceof Value value
            && (value.constant() instanceof Constant.Int
                || value.constant() instanceof Constant.Real)) {
          yield value;
        }
        throw FilterFault.at(tree, "a plus can only stand before a number");
      }
      case "~" -> throw FilterFault.at(tree, "BitNot is not supported");
      default -> {
        if (visit(operand) instanceof Condition(Expr expr)) {
          if (Logic.endsInSample(expr)) {
            throw FilterFault.at(
                tree, "random sample expression can not be used in logical not expression");
          }
          yield new Condition(Logic.not(expr));
        }
        throw FilterFault.at(
            tree,
            "not op can only be applied on boolean expression; it binds tighter than a comparison,"
                + " so write not (…)");
      }
    };
  }

  @Override
  public Operand visitPower(FilterGrammarParser.PowerContext tree) {
    if (visit(tree.expr(0)) instanceof Value(Constant base, boolean a, boolean instant)
        && visit(tree.expr(1)) instanceof Value(Constant exponent, boolean b, _)
        && !instant) {
      return new Value(Folding.power(base, exponent, tree), a || b, false);
    }
    throw FilterFault.at(tree, "power can only apply on constants");
  }

  @Override
  public Operand visitBits(FilterGrammarParser.BitsContext tree) {
    throw FilterFault.at(
        tree,
        switch (tree.op.getText()) {
          case "&" -> "BitAnd is not supported";
          case "|" -> "BitOr is not supported";
          case "^" -> "BitXor is not supported";
          default -> "shift is not supported";
        });
  }

  @Override
  public Operand visitArithmetic(FilterGrammarParser.ArithmeticContext tree) {
    var op = ArithmeticOp.of(tree.op.getText());
    var left = visit(tree.expr(0));
    var right = visit(tree.expr(1));
    if (left instanceof Value a && right instanceof Value b) {
      return new Value(
          Folding.fold(op, a.constant(), b.constant(), tree), a.template() || b.template(), false);
    }
    if (left instanceof Place(Ref.Column column) && right instanceof Span span) {
      return moved(column, op, span, tree);
    }
    if (left instanceof Span span
        && right instanceof Place(Ref.Column column)
        && op == ArithmeticOp.ADD) {
      return moved(column, op, span, tree);
    }
    if (left instanceof Place(Ref ref) && right instanceof Value value) {
      return computed(ref, op, value, tree);
    }
    if (left instanceof Value value && right instanceof Place(Ref ref)) {
      if (op.isCommutative()) {
        return computed(ref, op, value, tree);
      }
      throw FilterFault.at(
          tree,
          "module field is not yet supported: write field %s constant, not constant %s field"
              .formatted(op.symbol(), op.symbol()));
    }
    if (left instanceof Place && right instanceof Place) {
      throw FilterFault.at(
          tree, "not supported to do arithmetic operations between multiple fields");
    }
    throw FilterFault.at(
        tree,
        "complicated arithmetic operations are not supported; one field and one constant are");
  }

  private static Operand moved(
      Ref.Column column, ArithmeticOp op, Span span, ParserRuleContext place) {
    if (column.type() != DataType.TIMESTAMPTZ
        || op != ArithmeticOp.ADD && op != ArithmeticOp.SUBTRACT) {
      throw FilterFault.at(
          place, "an interval can only be added to or taken from a Timestamptz field");
    }
    return new Moved(column, op == ArithmeticOp.ADD ? span : span.negated());
  }

  private static Operand computed(Ref ref, ArithmeticOp op, Value value, ParserRuleContext place) {
    Typing.requireComparable(ref, place);
    var type = ref.type();
    if (!type.isNumeric() && type != DataType.JSON) {
      throw FilterFault.at(
          place, "arithmetic needs a number; %s is %s".formatted(ref, Names.typeName(type)));
    }
    if (!(value.constant() instanceof Constant.Int || value.constant() instanceof Constant.Real)
        || value.instant()) {
      throw FilterFault.at(place, "arithmetic needs a number; got " + value.constant().literal());
    }
    if (type.isInteger() && value.constant() instanceof Constant.Real) {
      throw FilterFault.at(
          place,
          "cannot perform arithmetic between %s field and Double".formatted(Names.typeName(type)));
    }
    if (op == ArithmeticOp.MODULO
        && (type == DataType.FLOAT
            || type == DataType.DOUBLE
            || value.constant() instanceof Constant.Real)) {
      throw FilterFault.at(place, "modulo can only apply on integer types");
    }
    if ((op == ArithmeticOp.DIVIDE || op == ArithmeticOp.MODULO)
        && (value.constant() instanceof Constant.Int(long whole) && whole == 0
            || value.constant() instanceof Constant.Real(double real) && real == 0)) {
      throw FilterFault.at(place, "division or modulus by zero");
    }
    return new Computed(ref, op, Typing.cast(ref, value, place));
  }

  @Override
  public Operand visitComparison(FilterGrammarParser.ComparisonContext tree) {
    var op = CompareOp.of(tree.op.getText());
    var left = visit(tree.expr(0));
    var right = visit(tree.expr(1));
    if (left instanceof Value a && right instanceof Value b) {
      throw FilterFault.at(
          tree,
          a.template() && b.template()
              ? "two template values cannot be compared with each other"
              : "%s compares two constants; one side must be a field".formatted(tree.getText()));
    }
    if (left instanceof Value value) {
      return new Condition(compare(right, op.flipped(), value, tree));
    }
    if (right instanceof Value value) {
      return new Condition(compare(left, op, value, tree));
    }
    if (left instanceof Place(Ref a) && right instanceof Place(Ref b)) {
      return new Condition(compareColumns(a, op, b, tree));
    }
    throw incomparable(tree);
  }

  private static Expr compare(Operand left, CompareOp op, Value value, ParserRuleContext place) {
    return switch (left) {
      case Place(Ref ref) -> {
        var constant = Typing.cast(ref, value, place);
        if (op.isOrdering() && constant instanceof Constant.Bool) {
          throw FilterFault.at(place, "booleans have no order; use == or !=");
        }
        yield new Expr.Compare(ref, op, constant);
      }
      case Computed(Ref ref, ArithmeticOp arithmetic, Constant operand) -> {
        var constant = Typing.cast(ref, value, place);
        if (!(constant instanceof Constant.Int || constant instanceof Constant.Real)) {
          throw FilterFault.at(
              place, "the result of arithmetic is a number; got " + constant.literal());
        }
        yield new Expr.Arithmetic(ref, arithmetic, operand, op, constant);
      }
      case Length(Ref ref) -> {
        if (value.constant() instanceof Constant.Int(long length) && !value.instant()) {
          yield new Expr.ArrayLength(ref, op, length);
        }
        throw FilterFault.at(
            place, "array_length is a whole number; got %s".formatted(value.constant().literal()));
      }
      case Moved(Ref.Column ref, Span span) ->
          new Expr.Shifted(
              ref,
              span.period(),
              span.duration(),
              op,
              (Constant.Int) Typing.cast(ref, value, place));
      case Value _, Listed _, Span _, Condition _ -> throw incomparable(place);
    };
  }

  private static Expr compareColumns(Ref left, CompareOp op, Ref right, ParserRuleContext place) {
    if (left instanceof Ref.JsonPath || right instanceof Ref.JsonPath) {
      throw FilterFault.at(place, "two column comparison with JSON type is not supported");
    }
    Typing.requireComparable(left, place);
    Typing.requireComparable(right, place);
    if (!(left instanceof Ref.Column a) || !(right instanceof Ref.Column b)) {
      throw FilterFault.at(place, "two column comparison needs whole fields, no elements");
    }
    if (!Typing.sameClass(a.type(), b.type()) || a.type() == DataType.BOOL && op.isOrdering()) {
      throw FilterFault.at(
          place,
          "comparisons between %s and %s are not supported"
              .formatted(Names.typeName(a.type()), Names.typeName(b.type())));
    }
    return new Expr.FieldCompare(a, op, b);
  }

  private static FilterFault incomparable(ParserRuleContext place) {
    return FilterFault.at(
        place,
        "%s cannot be compared: a comparison takes a field and a constant, and no other comparison"
            .formatted(place.getText()));
  }

  @Override
  public Operand visitRange(FilterGrammarParser.RangeContext tree) {
    return range(tree, tree.name(), tree.expr(0), tree.low, tree.expr(1), tree.high);
  }

  @Override
  public Operand visitDescending(FilterGrammarParser.DescendingContext tree) {
    return range(tree, tree.name(), tree.expr(1), tree.low, tree.expr(0), tree.high);
  }

  private Operand range(
      ParserRuleContext tree,
      FilterGrammarParser.NameContext name,
      FilterGrammarParser.ExprContext low,
      Token lowOp,
      FilterGrammarParser.ExprContext high,
      Token highOp) {
    if (!(visit(low) instanceof Value lowValue) || !(visit(high) instanceof Value highValue)) {
      throw FilterFault.at(tree, "the ends of a range must be constants");
    }
    var ref = names.resolve(name.getText(), name);
    var lower = Typing.cast(ref, lowValue, tree);
    var upper = Typing.cast(ref, highValue, tree);
    boolean includesLower = lowOp.getText().endsWith("=");
    boolean includesUpper = highOp.getText().endsWith("=");
    int order = Typing.compareBounds(lower, upper, tree);
    if (order > 0 || order == 0 && !(includesLower && includesUpper)) {
      throw FilterFault.at(
          tree,
          "invalid range: lowerbound is greater than upperbound: %s and %s"
              .formatted(lower.literal(), upper.literal()));
    }
    return new Condition(new Expr.Range(ref, lower, includesLower, upper, includesUpper));
  }

  @Override
  public Operand visitIn(FilterGrammarParser.InContext tree) {
    var left = visit(tree.expr(0));
    if (left instanceof Value || left instanceof Listed) {
      throw FilterFault.at(
          tree.expr(0), "'term' can only be used on non-const expression; a field must stand left");
    }
    if (!(left instanceof Place(Ref ref))) {
      throw FilterFault.at(
          tree.expr(0),
          "'term' can only be used on single field; got %s".formatted(tree.expr(0).getText()));
    }
    if (!(visit(tree.expr(1)) instanceof Listed(var values))) {
      throw FilterFault.at(
          tree.expr(1), "the right-hand side of 'in' must be a list, such as [1, 2]");
    }
    Typing.requireComparable(ref, tree.expr(0));
    var constants = new ArrayList<Constant>(values.size());
    for (var value : values) {
      constants.add(listed(ref, value, tree));
    }
    Expr in = constants.isEmpty() ? new Expr.None() : new Expr.In(ref, constants);
    return new Condition(tree.NOT() == null ? in : Logic.not(in));
  }

  private static Constant listed(Ref ref, Value value, ParserRuleContext place) {
    try {
      return Typing.cast(ref, value, place);
    } catch (FilterFault fault) {
      throw FilterFault.at(
          place,
          "value '%s' in list cannot be casted to %s"
              .formatted(value.constant().literal(), Names.typeName(ref.type())));
    }
  }

  @Override
  public Operand visitAnd(FilterGrammarParser.AndContext tree) {
    var operands = new ArrayDeque<FilterGrammarParser.ExprContext>();
    // A long chain is a deep tree to the left; it is walked, not descended.
    FilterGrammarParser.ExprContext rest = tree;
    while (rest instanceof FilterGrammarParser.AndContext and) {
      operands.addFirst(and.expr(1));
      rest = and.expr(0);
    }
    operands.addFirst(rest);
    var terms = new ArrayList<Expr>(operands.size());
    for (var operand : operands) {
      if (!terms.isEmpty() && Logic.endsInSample(terms.getLast())) {
        throw FilterFault.at(
            tree,
            "random sample expression can only be the last expression in the logical and expression");
      }
      terms.add(condition(operand, "'and' can only be used between boolean expressions"));
    }
    return new Condition(Logic.and(terms));
  }

  @Override
  public Operand visitOr(FilterGrammarParser.OrContext tree) {
    var operands = new ArrayDeque<FilterGrammarParser.ExprContext>();
    FilterGrammarParser.ExprContext rest = tree;
    while (rest instanceof FilterGrammarParser.OrContext or) {
      operands.addFirst(or.expr(1));
      rest = or.expr(0);
    }
    operands.addFirst(rest);
    var terms = new ArrayList<Expr>(operands.size());
    for (var operand : operands) {
      var term = condition(operand, "'or' can only be used between boolean expressions");
      if (Logic.endsInSample(term)) {
        throw FilterFault.at(
            operand, "random sample expression can not be used in logical or expression");
      }
      terms.add(term);
    }
    return new Condition(Logic.or(terms));
  }

  private Expr condition(FilterGrammarParser.ExprContext tree, String otherwise) {
    if (visit(tree) instanceof Condition(Expr expr)) {
      return expr;
    }
    throw FilterFault.at(tree, "%s; %s is none".formatted(otherwise, tree.getText()));
  }
}
