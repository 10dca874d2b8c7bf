package dev.aerie.local;

import dev.aerie.engine.ArrayColumn;
import dev.aerie.engine.BoolColumn;
import dev.aerie.engine.ByteVectorColumn;
import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.DoubleColumn;
import dev.aerie.engine.Embedding;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Explain;
import dev.aerie.engine.Field;
import dev.aerie.engine.FloatColumn;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.IntColumn;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.engine.SearchRequest;
import dev.aerie.engine.SearchRequest.Grouping;
import dev.aerie.engine.SearchRequest.Hits;
import dev.aerie.engine.SearchRequest.Plan;
import dev.aerie.engine.SearchRequest.Ranker;
import dev.aerie.engine.SearchRequest.SearchResult;
import dev.aerie.engine.SearchRequest.Target;
import dev.aerie.engine.SparseVectorColumn;
import dev.aerie.engine.TextColumn;
import dev.aerie.engine.Validity;
import dev.aerie.local.codec.SearchSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.lucene.search.IndexSearcher;

/// Searches of one collection: what a request asks beyond the nearest rows of one vector (offset,
/// range, groups, several vectors, pages) on top of [VectorSearch].
final class CollectionSearch {
  /// How much deeper a search looks when what it found was not enough.
  private static final int DEEPER = 4;

  private final LocalCollection collection;

  CollectionSearch(LocalCollection collection) {
    this.collection = collection;
  }

  SearchResult search(SearchRequest.Search request, Progress progress) throws IOException {
    long started = System.nanoTime();
    var plan = request.plan();
    try (var view = collection.view(plan.scope())) {
      var fields = collection.fields();
      var reader = new RowReader(fields);
      var output = reader.output(plan.scope().outputFields());
      var field = fields.vectorField(plan.field());
      var metric = metric(fields, field, plan);
      List<Hits> hits = new ArrayList<>();
      List<Explain.SegmentRun> runs = new ArrayList<>();
      var queries = queries(view.searcher(), fields, field, plan.target());
      long prepared = System.nanoTime();
      var search = prepare(view.searcher(), field, metric, plan, progress);
      long filtered = System.nanoTime();
      long searching = 0;
      long reading = 0;
      for (var query : queries) {
        long before = System.nanoTime();
        var found = nearest(view.searcher(), search, query, plan, metric, plan.offset(), _ -> true);
        searching += System.nanoTime() - before;
        runs.addAll(found.runs());
        before = System.nanoTime();
        hits.add(hits(view.searcher(), reader, output, found.hits()));
        reading += System.nanoTime() - before;
      }
      Optional<Explain> explain = Optional.empty();
      if (request.explain()) {
        explain =
            Optional.of(
                new Explain(
                    System.nanoTime() - started,
                    List.of(
                        new Explain.Phase("Prepare", prepared - started),
                        new Explain.Phase("Filter to row set", filtered - prepared),
                        new Explain.Phase("Search the segments", searching),
                        new Explain.Phase("Read the rows", reading)),
                    runs,
                    plan.scope().filter().isAll()
                        ? "all rows"
                        : collection.scope(plan.scope()).toString(),
                    OptionalLong.of(search.matched())));
      }
      return new SearchResult(hits, metric, explain, view.visible());
    }
  }

  SearchResult hybrid(SearchRequest.Hybrid request, Progress progress) throws IOException {
    var first = request.plans().getFirst();
    try (var view = collection.view(first.scope())) {
      var fields = collection.fields();
      var reader = new RowReader(fields);
      var output = reader.output(request.outputFields());
      Map<Integer, Double> scores = new LinkedHashMap<>();
      List<Explain.SegmentRun> runs = new ArrayList<>();
      for (int i = 0; i < request.plans().size(); i++) {
        var plan = request.plans().get(i);
        var field = fields.vectorField(plan.field());
        var metric = metric(fields, field, plan);
        var queries = queries(view.searcher(), fields, field, plan.target());
        if (queries.size() != 1) {
          throw new EngineException(
              ErrorCode.INVALID_ARGUMENT,
              "each search of a hybrid search takes one query; the one on \"%s\" has %d"
                  .formatted(field.name(), queries.size()));
        }
        var search = prepare(view.searcher(), field, metric, plan, progress);
        var found =
            nearest(
                view.searcher(),
                search,
                queries.getFirst(),
                plan,
                metric,
                plan.offset(),
                _ -> true);
        runs.addAll(found.runs());
        for (int rank = 0; rank < found.hits().size(); rank++) {
          var hit = found.hits().get(rank);
          scores.merge(
              hit.doc(), score(request.ranker(), i, rank + 1, hit.value(), metric), Double::sum);
        }
      }
      var fused =
          new ArrayList<>(
              scores.entrySet().stream()
                  .map(each -> new Nearest.Hit(each.getKey(), each.getValue().floatValue()))
                  .sorted(
                      Comparator.<Nearest.Hit>comparingDouble(hit -> -hit.value())
                          .thenComparingInt(Nearest.Hit::doc))
                  .toList());
      List<Nearest.Hit> wanted = fused;
      if (request.grouping().isPresent()) {
        wanted =
            grouped(
                view.searcher(),
                fused,
                request.grouping().get(),
                request.offset() + request.limit());
        wanted = skip(wanted, request.offset() * request.grouping().get().size());
      } else {
        wanted = skip(wanted, request.offset());
        wanted = wanted.subList(0, Math.min(request.limit(), wanted.size()));
      }
      Optional<Explain> explain =
          request.explain()
              ? Optional.of(new Explain(0, List.of(), runs, "hybrid", OptionalLong.empty()))
              : Optional.empty();
      return new SearchResult(
          List.of(hits(view.searcher(), reader, output, wanted)),
          Metric.IP,
          explain,
          view.visible());
    }
  }

  SearchRequest.IteratorPage iterate(SearchRequest.Iterate request, Progress progress)
      throws IOException {
    var plan = request.plan();
    try (var view = collection.view(plan.scope())) {
      var fields = collection.fields();
      var reader = new RowReader(fields);
      var output = reader.output(plan.scope().outputFields());
      var field = fields.vectorField(plan.field());
      var metric = metric(fields, field, plan);
      var queries = queries(view.searcher(), fields, field, plan.target());
      if (queries.size() != 1) {
        throw new EngineException(
            ErrorCode.INVALID_ARGUMENT, "an iterator takes one query; got " + queries.size());
      }
      var search = prepare(view.searcher(), field, metric, plan, progress);
      Predicate<Nearest.Hit> beyond = _ -> true;
      if (request.after().isPresent()) {
        var cursor = request.after().get();
        var seen = seen(view.searcher(), fields, cursor.seenAtBound());
        beyond =
            hit -> {
              int order = metric.compare(hit.value(), cursor.lastBound());
              return order > 0 || order == 0 && !seen.contains(hit.doc());
            };
      }
      var found = nearest(view.searcher(), search, queries.getFirst(), plan, metric, 0, beyond);
      var hits = hits(view.searcher(), reader, output, found.hits());
      if (hits.size() < plan.limit()) {
        return new SearchRequest.IteratorPage(hits, Optional.empty());
      }
      float bound = found.hits().getLast().value();
      List<String> atBound = new ArrayList<>();
      request
          .after()
          .filter(cursor -> cursor.lastBound() == bound)
          .ifPresent(cursor -> atBound.addAll(cursor.seenAtBound()));
      for (int i = 0; i < hits.size(); i++) {
        if (found.hits().get(i).value() == bound) {
          atBound.add(Keys.get(hits.ids(), i).toString());
        }
      }
      return new SearchRequest.IteratorPage(
          hits,
          Optional.of(
              new SearchRequest.IteratorCursor(
                  request
                      .after()
                      .map(SearchRequest.IteratorCursor::token)
                      .orElseGet(() -> UUID.randomUUID().toString()),
                  bound,
                  atBound,
                  view.visible())));
    }
  }

  private static Set<Integer> seen(
      IndexSearcher searcher, CollectionFields fields, List<String> ids) throws IOException {
    var keys = ids.stream().map(id -> Keys.toBytes(Keys.parse(fields.key(), id))).toList();
    var seen = new HashSet<Integer>();
    for (int doc : LocalCollection.docsOf(searcher, keys)) {
      seen.add(doc);
    }
    return seen;
  }

  private VectorSearch prepare(
      IndexSearcher searcher, Field field, Metric metric, Plan plan, Progress progress)
      throws IOException {
    var scope = collection.scope(plan.scope());
    return new VectorSearch(
        searcher,
        field,
        metric,
        LocalCollection.isAll(scope) ? Optional.empty() : Optional.of(scope),
        progress);
  }

  /// The nearest rows that are in range and beyond a cursor, `limit` of them or groups of them,
  /// after
  /// `offset`. Looks deeper until there are enough or no row is left.
  private Nearest nearest(
      IndexSearcher searcher,
      VectorSearch search,
      Embedding query,
      Plan plan,
      Metric metric,
      int offset,
      Predicate<Nearest.Hit> beyond)
      throws IOException {
    var settings = settings(plan);
    int wanted = offset + plan.limit();
    int rows = Math.max(1, searcher.getIndexReader().numDocs());
    int depth = Math.min(rows, plan.grouping().isPresent() ? wanted * DEEPER : wanted);
    while (true) {
      var found = search.search(query, Math.max(1, depth), settings);
      var kept = found.hits().stream().filter(hit -> inRange(plan, metric, hit)).toList();
      kept = kept.stream().filter(beyond).toList();
      boolean enough;
      List<Nearest.Hit> result;
      if (plan.grouping().isPresent()) {
        int size = plan.grouping().get().size();
        result = grouped(searcher, kept, plan.grouping().get(), wanted);
        enough = result.size() >= wanted * size;
        result = skip(result, offset * size);
      } else {
        enough = kept.size() >= wanted;
        result = kept.subList(0, Math.min(wanted, kept.size()));
        result = skip(result, offset);
      }
      boolean passedRange =
          plan.range().isPresent()
              && !found.hits().isEmpty()
              && beyondRadius(plan, metric, found.hits().getLast());
      boolean comparedAll =
          settings.exact()
              || found.runs().stream()
                  .allMatch(
                      run ->
                          run.path() == Explain.Path.EXACT || run.path() == Explain.Path.POSTINGS);
      boolean exhausted = comparedAll && (depth >= rows || found.hits().size() < depth);
      if (enough || passedRange || exhausted) {
        return new Nearest(result, found.runs());
      }
      if (found.hits().size() < depth || depth >= rows) {
        // An index that finds fewer than are there is no proof that no more are.
        settings = settings.withExact(true);
      }
      depth = (int) Math.min(rows, (long) depth * DEEPER);
    }
  }

  private static List<Nearest.Hit> skip(List<Nearest.Hit> hits, int count) {
    return hits.subList(Math.min(count, hits.size()), hits.size());
  }

  private static boolean inRange(Plan plan, Metric metric, Nearest.Hit hit) {
    if (plan.range().isEmpty()) {
      return true;
    }
    var near = plan.range().get().filter();
    boolean nearEnd =
        near.isEmpty()
            || (metric.higherIsNearer()
                ? hit.value() <= near.getAsDouble()
                : hit.value() >= near.getAsDouble());
    return nearEnd && !beyondRadius(plan, metric, hit);
  }

  private static boolean beyondRadius(Plan plan, Metric metric, Nearest.Hit hit) {
    var radius = plan.range().orElseThrow().radius();
    return radius.isPresent()
        && (metric.higherIsNearer()
            ? hit.value() <= radius.getAsDouble()
            : hit.value() >= radius.getAsDouble());
  }

  /// The first `groups` values' first rows, in the order the groups begin.
  private List<Nearest.Hit> grouped(
      IndexSearcher searcher, List<Nearest.Hit> hits, Grouping grouping, int groups)
      throws IOException {
    var reader = new RowReader(collection.fields());
    var field =
        collection
            .fields()
            .field(grouping.field())
            .orElseThrow(
                () ->
                    new EngineException(
                        ErrorCode.FIELD_NOT_FOUND,
                        "field \"%s\" to group by not exist".formatted(grouping.field())));
    if (field.type().isVector()
        || field.type() == DataType.ARRAY
        || field.type() == DataType.JSON) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "rows cannot be grouped by \"%s\" (%s); take a scalar field"
              .formatted(field.name(), field.typeName()));
    }
    var rows =
        reader.read(
            searcher,
            hits.stream().mapToInt(Nearest.Hit::doc).toArray(),
            reader.output(List.of(field.name())));
    var values = rows.column(field.name()).orElseThrow();
    Map<Optional<Object>, List<Nearest.Hit>> byValue = new LinkedHashMap<>();
    for (int i = 0; i < hits.size(); i++) {
      var value = values.value(i);
      if (!byValue.containsKey(value) && byValue.size() == groups) {
        continue;
      }
      var group = byValue.computeIfAbsent(value, _ -> new ArrayList<>());
      if (group.size() < grouping.size()) {
        group.add(hits.get(i));
      }
    }
    return byValue.values().stream()
        .filter(group -> !grouping.strict() || group.size() == grouping.size())
        .flatMap(List::stream)
        .toList();
  }

  private static double score(Ranker ranker, int search, int rank, float value, Metric metric) {
    return switch (ranker) {
      case Ranker.Rrf(double k) -> 1 / (k + rank);
      case Ranker.Weighted(var weights, boolean normalise) ->
          weights.get(search) * (normalise ? normalised(value, metric) : value);
    };
  }

  private static double normalised(float value, Metric metric) {
    return switch (metric) {
      case COSINE -> (1 + value) / 2;
      case IP, MAX_SIM -> 0.5 + Math.atan(value) / Math.PI;
      case BM25 -> 2 * Math.atan(value) / Math.PI;
      case L2, HAMMING, JACCARD, SUBSTRUCTURE, SUPERSTRUCTURE, MHJACCARD ->
          1 - 2 * Math.atan(value) / Math.PI;
    };
  }

  private static Metric metric(CollectionFields fields, Field field, Plan plan) {
    var metric = fields.metric(field);
    var asked = plan.params().get("metric_type");
    if (asked == null || asked.isBlank() || asked.equals(metric.name())) {
      return metric;
    }
    if (fields.entry().indexOn(field.name()).isEmpty()) {
      for (var one : Metric.of(field.type())) {
        if (one.name().equals(asked)) {
          return one;
        }
      }
    }
    throw new EngineException(
        ErrorCode.INVALID_ARGUMENT,
        "metric type not match: field \"%s\" is compared by %s; the search asks for %s"
            .formatted(field.name(), metric, asked));
  }

  private static SearchSettings settings(Plan plan) {
    var params = plan.params();
    int ef = IndexPlan.number(params, "ef", 0);
    if (ef != 0 && ef < plan.limit()) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "ef(%d) should be larger than k(%d)".formatted(ef, plan.limit()));
    }
    int nprobe = IndexPlan.number(params, "nprobe", 0);
    int refine = IndexPlan.number(params, "refine_k", 0);
    if (ef < 0 || nprobe < 0 || refine < 0) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "ef, nprobe and refine_k must be at least 1; got %s".formatted(params));
    }
    return new SearchSettings(
        nprobe, ef, refine == 0 ? 0 : Math.multiplyExact(refine, plan.limit()), plan.exact());
  }

  /// The vectors searched for: those given, or those of the rows named.
  private static List<Embedding> queries(
      IndexSearcher searcher, CollectionFields fields, Field field, Target target)
      throws IOException {
    return switch (target) {
      case Target.Vectors(var vectors) -> vectors;
      case Target.Rows(var ids) -> {
        var keys = ids.stream().map(id -> Keys.toBytes(Keys.checked(fields.key(), id))).toList();
        var reader = new RowReader(fields);
        var docs = LocalCollection.docsOf(searcher, keys);
        var rows = reader.read(searcher, docs, reader.output(List.of(field.name())));
        var found = rows.column(fields.key().name()).orElseThrow();
        Map<Object, Integer> at = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
          at.put(Keys.get(found, row), row);
        }
        var vectors = rows.column(field.name()).orElseThrow();
        List<Embedding> queries = new ArrayList<>();
        for (var id : ids) {
          var row = at.get(Keys.checked(fields.key(), id));
          if (row == null || vectors.isNull(row)) {
            throw new EngineException(
                ErrorCode.NOT_FOUND,
                "there is no row \"%s\" with a vector in \"%s\" to search by"
                    .formatted(id, field.name()));
          }
          queries.add(embedding(vectors, row));
        }
        yield queries;
      }
    };
  }

  private static Embedding embedding(Column vectors, int row) {
    return switch (vectors) {
      case FloatVectorColumn floats -> Embedding.of(floats.row(row));
      case ByteVectorColumn bytes -> new Embedding.Packed(bytes.type(), bytes.row(row));
      case SparseVectorColumn sparse -> new Embedding.Sparse(sparse.get(row));
      case BoolColumn _,
          IntColumn _,
          LongColumn _,
          FloatColumn _,
          DoubleColumn _,
          TextColumn _,
          ArrayColumn _ ->
          throw new IllegalStateException(vectors.type() + " is no vector");
    };
  }

  private Hits hits(
      IndexSearcher searcher, RowReader reader, RowReader.Output output, List<Nearest.Hit> hits)
      throws IOException {
    var docs = hits.stream().mapToInt(Nearest.Hit::doc).toArray();
    var rows = reader.read(searcher, docs, output);
    var values = new float[docs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = hits.get(i).value();
    }
    var key = collection.fields().key().name();
    return new Hits(
        rows.column(key).orElseThrow(),
        new FloatColumn("score", values, Validity.all(values.length)),
        new ColumnBatch(rows.columns(), rows.size()));
  }
}
