package dev.aerie.local;

import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.expr.CompareOp;
import dev.aerie.expr.Constant;
import dev.aerie.expr.Expr;
import dev.aerie.expr.LikePattern;
import dev.aerie.expr.Ref;
import dev.aerie.expr.Row;
import dev.aerie.expr.RowEvaluator;
import dev.aerie.expr.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/// Turns a filter into queries over the index.
///
/// A filter is three-valued, a query is not: so each expression has two, the rows of which it is
/// true and those of which it is false, and a negation swaps them. Rows for which a value is
/// missing
/// are in neither. What no index answers is evaluated row by row ([RowQuery]), and only for rows
/// the
/// rest lets through.
final class FilterCompiler {
  private static final int DETERMINIZE_WORK = 10_000;

  private final CollectionFields fields;
  private final RowEvaluator evaluator;

  FilterCompiler(CollectionFields fields, RowEvaluator evaluator) {
    this.fields = fields;
    this.evaluator = evaluator;
  }

  Query compile(Expr expr) {
    return rows(expr, Truth.TRUE);
  }

  /// The rows of which the expression has that truth.
  private Query rows(Expr expr, Truth truth) {
    boolean wanted = truth == Truth.TRUE;
    return switch (expr) {
      case Expr.All _ -> wanted ? MatchAllDocsQuery.INSTANCE : MatchNoDocsQuery.INSTANCE;
      case Expr.None _ -> wanted ? MatchNoDocsQuery.INSTANCE : MatchAllDocsQuery.INSTANCE;
      case Expr.And(var terms) -> combined(terms, truth, wanted);
      case Expr.Or(var terms) -> combined(terms, truth, !wanted);
      case Expr.Not(Expr term) -> rows(term, wanted ? Truth.FALSE : Truth.TRUE);
      case Expr.IsNull(Ref.Column(Field field)) -> {
        var exists = exists(field);
        boolean present = field.defaultValue().isPresent();
        Query isNull = present ? MatchNoDocsQuery.INSTANCE : without(exists);
        yield wanted ? isNull : present ? MatchAllDocsQuery.INSTANCE : exists;
      }
      case Expr.Compare compare -> leaf(expr, compare.ref(), truth, compare(compare, wanted));
      case Expr.Range range -> leaf(expr, range.ref(), truth, range(range, wanted));
      case Expr.In in -> leaf(expr, in.ref(), truth, in(in, wanted));
      case Expr.Like like -> leaf(expr, like.ref(), truth, like(like, wanted));
      case Expr.ArrayLength length -> leaf(expr, length.ref(), truth, arrayLength(length, wanted));
      case Expr.Contains contains -> leaf(expr, contains.ref(), truth, contains(contains, wanted));
      case Expr.Regex _,
          Expr.Arithmetic _,
          Expr.Shifted _,
          Expr.Exists _,
          Expr.FieldCompare _,
          Expr.TextMatch _,
          Expr.PhraseMatch _,
          Expr.RandomSample _,
          Expr.Spatial _ ->
          rowByRow(expr, truth);
    };
  }

  private Query combined(List<Expr> terms, Truth truth, boolean all) {
    var query = new BooleanQuery.Builder();
    for (var term : terms) {
      query.add(rows(term, truth), all ? Occur.FILTER : Occur.SHOULD);
    }
    return query.build();
  }

  private Query rowByRow(Expr expr, Truth truth) {
    return new RowQuery(expr, truth, fields, evaluator);
  }

  /// What the index answers, or else the rows; and rows older than a field that has a default,
  /// where
  /// the default answers.
  private Query leaf(Expr expr, Ref ref, Truth truth, Optional<Query> indexed) {
    if (indexed.isEmpty()) {
      return rowByRow(expr, truth);
    }
    var field = ref.field();
    if (field.defaultValue().isEmpty()) {
      return indexed.get();
    }
    Row older = _ -> Optional.of(StoredRows.inType(field, field.defaultValue().get()));
    if (evaluator.evaluate(expr, older) != truth) {
      return indexed.get();
    }
    return any(List.of(indexed.get(), without(exists(field))));
  }

  private Optional<Query> compare(Expr.Compare compare, boolean wanted) {
    if (!(compare.ref() instanceof Ref.Column(Field field))) {
      return Optional.empty();
    }
    var op = wanted ? compare.op() : negated(compare.op());
    return switch (compare.value()) {
      case Constant.Bool(boolean value) ->
          Optional.of(numbers(field, op, new Constant.Int(value ? 1 : 0)));
      case Constant.Int _, Constant.Real _ -> Optional.of(numbers(field, op, compare.value()));
      case Constant.Text(String text) -> texts(field, op, text, compare, wanted);
      case Constant.Array _ -> Optional.empty();
    };
  }

  private Query numbers(Field field, CompareOp op, Constant value) {
    return switch (op) {
      case EQ -> between(field, value, true, value, true);
      case NE ->
          any(
              List.of(
                  between(field, least(field), true, value, false),
                  between(field, value, false, most(field), true)));
      case LT -> between(field, least(field), true, value, false);
      case LE -> between(field, least(field), true, value, true);
      case GT -> between(field, value, false, most(field), true);
      case GE -> between(field, value, true, most(field), true);
    };
  }

  private static Constant least(Field field) {
    return isReal(field.type())
        ? new Constant.Real(Double.NEGATIVE_INFINITY)
        : new Constant.Int(Long.MIN_VALUE);
  }

  private static Constant most(Field field) {
    return isReal(field.type())
        ? new Constant.Real(Double.POSITIVE_INFINITY)
        : new Constant.Int(Long.MAX_VALUE);
  }

  private static boolean isReal(DataType type) {
    return type == DataType.FLOAT || type == DataType.DOUBLE;
  }

  private static Query between(
      Field field, Constant lower, boolean withLower, Constant upper, boolean withUpper) {
    var name = LuceneNames.scalar(field.name());
    if (isReal(field.type())) {
      // Minus zero is zero, for the rows as for the bounds.
      double from = real(lower) + 0.0;
      double to = real(upper) + 0.0;
      from = withLower ? from : DoublePoint.nextUp(from);
      // Below zero lies minus zero, which no row has; the next is the first that counts.
      to = withUpper ? to : DoublePoint.nextDown(to);
      return new IndexOrDocValuesQuery(
          DoublePoint.newRangeQuery(name, from, to),
          NumericDocValuesField.newSlowRangeQuery(
              name,
              NumericUtils.doubleToSortableLong(from),
              NumericUtils.doubleToSortableLong(to)));
    }
    long from = whole(lower);
    long to = whole(upper);
    if (!withLower && from == Long.MAX_VALUE || !withUpper && to == Long.MIN_VALUE) {
      return MatchNoDocsQuery.INSTANCE;
    }
    from = withLower ? from : from + 1;
    to = withUpper ? to : to - 1;
    if (from > to) {
      return MatchNoDocsQuery.INSTANCE;
    }
    return new IndexOrDocValuesQuery(
        LongPoint.newRangeQuery(name, from, to),
        NumericDocValuesField.newSlowRangeQuery(name, from, to));
  }

  private static double real(Constant constant) {
    return switch (constant) {
      case Constant.Real(double value) -> value;
      case Constant.Int(long value) -> value;
      case Constant.Bool _, Constant.Text _, Constant.Array _ -> throw mistyped(constant);
    };
  }

  private static long whole(Constant constant) {
    return switch (constant) {
      case Constant.Int(long value) -> value;
      case Constant.Bool(boolean value) -> value ? 1 : 0;
      case Constant.Real _, Constant.Text _, Constant.Array _ -> throw mistyped(constant);
    };
  }

  private static String text(Constant constant) {
    if (constant instanceof Constant.Text(String text)) {
      return text;
    }
    throw mistyped(constant);
  }

  private static IllegalStateException mistyped(Constant constant) {
    return new IllegalStateException(
        "the parser let %s through against a field of another class".formatted(constant.literal()));
  }

  private Optional<Query> texts(Field field, CompareOp op, String text, Expr leaf, boolean wanted) {
    var name = LuceneNames.scalar(field.name());
    var term = new Term(name, TextTerms.term(text));
    var bytes = new BytesRef(text);
    return switch (op) {
      case EQ -> Optional.of(new TermQuery(term));
      case NE -> Optional.of(with(exists(field), new TermQuery(term)));
      case LT ->
          Optional.of(
              onTerms(field, new TermRangeQuery(name, null, bytes, true, false), leaf, wanted));
      case LE ->
          Optional.of(
              onTerms(field, new TermRangeQuery(name, null, bytes, true, true), leaf, wanted));
      case GT ->
          Optional.of(
              onTerms(field, new TermRangeQuery(name, bytes, null, false, true), leaf, wanted));
      case GE ->
          Optional.of(
              onTerms(field, new TermRangeQuery(name, bytes, null, true, true), leaf, wanted));
    };
  }

  /// Asks the terms, but of rows whose text is too long to be one, the row.
  private Query onTerms(Field field, Query onTerms, Expr leaf, boolean wanted) {
    if (field.type() == DataType.VARCHAR && field.maxLength() <= TextTerms.MAX_BYTES) {
      return onTerms;
    }
    var isLong = new TermQuery(new Term(LuceneNames.longText(field.name()), ""));
    return any(
        List.of(
            with(onTerms, isLong),
            all(List.of(isLong, rowByRow(leaf, wanted ? Truth.TRUE : Truth.FALSE)))));
  }

  private Optional<Query> range(Expr.Range range, boolean wanted) {
    if (!(range.ref() instanceof Ref.Column(Field field))) {
      return Optional.empty();
    }
    if (range.lower() instanceof Constant.Text(String lower)) {
      var name = LuceneNames.scalar(field.name());
      var inside =
          new TermRangeQuery(
              name,
              new BytesRef(lower),
              new BytesRef(text(range.upper())),
              range.includesLower(),
              range.includesUpper());
      return Optional.of(
          onTerms(field, wanted ? inside : with(exists(field), inside), range, wanted));
    }
    var inside =
        between(field, range.lower(), range.includesLower(), range.upper(), range.includesUpper());
    return Optional.of(wanted ? inside : with(exists(field), inside));
  }

  private Optional<Query> in(Expr.In in, boolean wanted) {
    if (!(in.ref() instanceof Ref.Column(Field field))) {
      return Optional.empty();
    }
    var set = oneOf(field, field.type(), in.values());
    return Optional.of(wanted ? set : with(exists(field), set));
  }

  /// Rows one of whose values of a field is among these.
  private static Query oneOf(Field field, DataType type, List<Constant> values) {
    var name = LuceneNames.scalar(field.name());
    return switch (type) {
      case VARCHAR, TEXT, GEOMETRY ->
          new TermInSetQuery(
              name, values.stream().map(value -> TextTerms.term(text(value))).toList());
      case FLOAT, DOUBLE ->
          DoublePoint.newSetQuery(
              name, values.stream().mapToDouble(value -> real(value) + 0.0).toArray());
      case BOOL, INT8, INT16, INT32, INT64, TIMESTAMPTZ ->
          LongPoint.newSetQuery(name, values.stream().mapToLong(FilterCompiler::whole).toArray());
      case ARRAY,
          JSON,
          BINARY_VECTOR,
          FLOAT_VECTOR,
          FLOAT16_VECTOR,
          BFLOAT16_VECTOR,
          SPARSE_FLOAT_VECTOR,
          INT8_VECTOR,
          UNKNOWN ->
          throw new IllegalStateException(type + " has no single values");
    };
  }

  private Optional<Query> like(Expr.Like like, boolean wanted) {
    if (!(like.ref() instanceof Ref.Column(Field field)) || field.type() != DataType.VARCHAR) {
      return Optional.empty();
    }
    Query matching;
    try {
      matching =
          new AutomatonQuery(
              new Term(LuceneNames.scalar(field.name()), like.toString()),
              Operations.determinize(automaton(like.pattern()), DETERMINIZE_WORK));
    } catch (TooComplexToDeterminizeException e) {
      return Optional.empty();
    }
    return Optional.of(
        onTerms(field, wanted ? matching : with(exists(field), matching), like, wanted));
  }

  private static Automaton automaton(LikePattern pattern) {
    var parts = new ArrayList<Automaton>();
    for (var part : pattern.parts()) {
      parts.add(
          switch (part) {
            case LikePattern.Part.Literal(String text) -> Automata.makeString(text);
            case LikePattern.Part.AnyOne _ -> Automata.makeAnyChar();
            case LikePattern.Part.AnyRun _ -> Automata.makeAnyString();
          });
    }
    return parts.isEmpty() ? Automata.makeEmptyString() : Operations.concatenate(parts);
  }

  private Optional<Query> arrayLength(Expr.ArrayLength length, boolean wanted) {
    if (!(length.ref() instanceof Ref.Column(Field field)) || field.type() != DataType.ARRAY) {
      return Optional.empty();
    }
    var name = LuceneNames.length(field.name());
    long value = length.length();
    return Optional.of(
        switch (wanted ? length.op() : negated(length.op())) {
          case EQ -> NumericDocValuesField.newSlowExactQuery(name, value);
          case NE ->
              with(
                  new FieldExistsQuery(name), NumericDocValuesField.newSlowExactQuery(name, value));
          case LT ->
              value == Long.MIN_VALUE
                  ? MatchNoDocsQuery.INSTANCE
                  : NumericDocValuesField.newSlowRangeQuery(name, Long.MIN_VALUE, value - 1);
          case LE -> NumericDocValuesField.newSlowRangeQuery(name, Long.MIN_VALUE, value);
          case GT ->
              value == Long.MAX_VALUE
                  ? MatchNoDocsQuery.INSTANCE
                  : NumericDocValuesField.newSlowRangeQuery(name, value + 1, Long.MAX_VALUE);
          case GE -> NumericDocValuesField.newSlowRangeQuery(name, value, Long.MAX_VALUE);
        });
  }

  private Optional<Query> contains(Expr.Contains contains, boolean wanted) {
    if (!(contains.ref() instanceof Ref.Column(Field field)) || field.type() != DataType.ARRAY) {
      return Optional.empty();
    }
    var type = field.elementType().orElseThrow();
    Query holding =
        switch (contains.quantifier()) {
          case ANY ->
              contains.values().isEmpty()
                  ? MatchNoDocsQuery.INSTANCE
                  : oneOf(field, type, contains.values());
          case ALL ->
              contains.values().isEmpty()
                  ? exists(field)
                  : all(
                      contains.values().stream()
                          .map(value -> oneOf(field, type, List.of(value)))
                          .toList());
        };
    return Optional.of(wanted ? holding : with(exists(field), holding));
  }

  /// Rows that hold a value of the field.
  private static Query exists(Field field) {
    return new FieldExistsQuery(
        switch (field.type()) {
          case ARRAY -> LuceneNames.length(field.name());
          case JSON -> LuceneNames.json(field.name());
          case BOOL,
              INT8,
              INT16,
              INT32,
              INT64,
              FLOAT,
              DOUBLE,
              VARCHAR,
              GEOMETRY,
              TEXT,
              TIMESTAMPTZ,
              BINARY_VECTOR,
              FLOAT_VECTOR,
              FLOAT16_VECTOR,
              BFLOAT16_VECTOR,
              SPARSE_FLOAT_VECTOR,
              INT8_VECTOR,
              UNKNOWN ->
              LuceneNames.scalar(field.name());
        });
  }

  private static Query without(Query query) {
    return with(MatchAllDocsQuery.INSTANCE, query);
  }

  /// The rows of one that are not of the other.
  private static Query with(Query query, Query butNot) {
    return new BooleanQuery.Builder().add(query, Occur.FILTER).add(butNot, Occur.MUST_NOT).build();
  }

  private static Query all(List<Query> queries) {
    var all = new BooleanQuery.Builder();
    queries.forEach(query -> all.add(query, Occur.FILTER));
    return all.build();
  }

  private static Query any(List<Query> queries) {
    var any = new BooleanQuery.Builder();
    queries.forEach(query -> any.add(query, Occur.SHOULD));
    return any.build();
  }

  private static CompareOp negated(CompareOp op) {
    return switch (op) {
      case EQ -> CompareOp.NE;
      case NE -> CompareOp.EQ;
      case LT -> CompareOp.GE;
      case LE -> CompareOp.GT;
      case GT -> CompareOp.LE;
      case GE -> CompareOp.LT;
    };
  }
}
