package dev.aerie.service;

import dev.aerie.engine.Capabilities;
import dev.aerie.engine.Capability;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.CollectionRequest.CollectionStatistics;
import dev.aerie.engine.CollectionRequest.CollectionSummary;
import dev.aerie.engine.CollectionRequest.LoadStatus;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.ColumnBuilder;
import dev.aerie.engine.Consistency;
import dev.aerie.engine.DataType;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Done;
import dev.aerie.engine.Embedding;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Filter;
import dev.aerie.engine.FloatColumn;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.Metric;
import dev.aerie.engine.ObserveRequest;
import dev.aerie.engine.PartitionRequest;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.Request;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.SearchRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// An engine in memory for tests of services. Searches compare with every row; with a search
/// parameter `ef` or `nprobe` they pretend to be approximate by overlooking rows: of 100 rows about
/// `100 / (value + 1)` stay unseen, the same ones each time.
///
/// Filters are those of [Filter#ids] and `field == "text"`.
public final class MemoryEngine implements Engine {
  private final Map<String, Stored> collections = new TreeMap<>();
  private final Map<Class<?>, Object> canned = new HashMap<>();
  private final List<Request<?>> calls = new ArrayList<>();

  private static final class Stored {
    final CollectionSchema schema;
    final TreeMap<Object, Map<String, Object>> rows = new TreeMap<>();
    final Map<String, IndexSpec> indexes = new HashMap<>();
    Map<String, String> properties = Map.of();

    Stored(CollectionSchema schema) {
      this.schema = schema;
    }
  }

  /// Answers every request of a type with this.
  public <R> MemoryEngine answer(Class<? extends Request<R>> type, R answer) {
    canned.put(type, answer);
    return this;
  }

  /// Every request so far.
  public synchronized List<Request<?>> calls() {
    return List.copyOf(calls);
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <R> R call(Request<R> request, Progress progress) {
    progress.check();
    calls.add(request);
    var prepared = canned.get(request.getClass());
    return (R) (prepared != null ? prepared : answer(request));
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        Map.of(Capability.ANATOMY, "this engine has no index to look into"),
        java.util.Set.of(DataType.values()),
        Map.of(
            DataType.FLOAT_VECTOR,
            List.of(IndexType.HNSW, IndexType.IVF_FLAT, IndexType.IVF_SQ8, IndexType.FLAT)));
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("Aerie", "test", "memory");
  }

  @Override
  public void close() {}

  private Object answer(Request<?> request) {
    return switch (request) {
      case DatabaseRequest.ListAll() ->
          List.of(new DatabaseRequest.DatabaseInfo("default", 1, 0, Map.of()));
      case CollectionRequest.ListAll(var database) ->
          collections.entrySet().stream()
              .map(
                  entry ->
                      new CollectionSummary(
                          entry.getKey(),
                          1,
                          0,
                          LoadStatus.LOADED,
                          OptionalLong.of(entry.getValue().rows.size())))
              .toList();
      case CollectionRequest.Create create -> {
        var stored = new Stored(create.schema());
        stored.properties = create.properties();
        collections.put(create.schema().name(), stored);
        yield Done.DONE;
      }
      case CollectionRequest.Drop(var database, var name) -> {
        collections.remove(name);
        yield Done.DONE;
      }
      case CollectionRequest.Exists(var database, var name) -> collections.containsKey(name);
      case CollectionRequest.Describe(var database, var name) -> describe(name);
      case CollectionRequest.Statistics(var database, var name) ->
          new CollectionStatistics(
              stored(name).rows.size(), 0, 0, 1, 4L * stored(name).rows.size());
      case CollectionRequest.Load load -> Done.DONE;
      case CollectionRequest.Release release -> Done.DONE;
      case RowRequest.Insert insert -> insert(stored(insert.collection()), insert.rows());
      case RowRequest.Upsert upsert -> insert(stored(upsert.collection()), upsert.rows());
      case PartitionRequest.ListAll partitions ->
          List.of(
              new PartitionRequest.PartitionInfo(
                  PartitionRequest.DEFAULT,
                  1,
                  stored(partitions.collection()).rows.size(),
                  0,
                  LoadStatus.LOADED));
      case MaintenanceRequest.Flush flush -> Done.DONE;
      case MaintenanceRequest.Segments segments -> List.of();
      case ObserveRequest.Jobs jobs -> List.of();
      case ObserveRequest.SlowQueries slow -> List.of();
      case ObserveRequest.Health health -> new ObserveRequest.HealthStatus(true, List.of());
      case ObserveRequest.Metrics metrics -> new ObserveRequest.EngineMetrics(List.of(), "{}");
      case IndexRequest.Create(var database, var name, var index) -> {
        stored(name).indexes.put(index.field(), index);
        yield Done.DONE;
      }
      case IndexRequest.Describe(var database, var name, var field) ->
          stored(name).indexes.values().stream()
              .filter(index -> field.isEmpty() || index.field().equals(field.get()))
              .map(index -> indexInfo(stored(name), index))
              .toList();
      case IndexRequest.Await await -> Done.DONE;
      case IndexRequest.Drop(var database, var name, var index) -> {
        stored(name).indexes.values().removeIf(spec -> spec.name().equals(index));
        yield Done.DONE;
      }
      case QueryRequest.Count count ->
          matching(stored(count.collection()), count.scope().filter()).stream().count();
      case QueryRequest.Scan scan -> scan(scan);
      case QueryRequest.Get get -> {
        var stored = stored(get.collection());
        yield batch(
            stored,
            get.ids().stream().filter(stored.rows::containsKey).toList(),
            get.outputFields());
      }
      case QueryRequest.Query query -> {
        var stored = stored(query.collection());
        var keys = matching(stored, query.scope().filter());
        int to = Math.min(keys.size(), query.offset() + query.limit());
        yield batch(
            stored, keys.subList(Math.min(query.offset(), to), to), query.scope().outputFields());
      }
      case SearchRequest.Search search -> search(search);
      default ->
          throw new EngineException(
              ErrorCode.UNSUPPORTED, "the test engine does not know " + request.getClass());
    };
  }

  private Stored stored(String name) {
    var stored = collections.get(name);
    if (stored == null) {
      throw new EngineException(
          ErrorCode.COLLECTION_NOT_FOUND, "collection \"" + name + "\" is not there");
    }
    return stored;
  }

  private CollectionInfo describe(String name) {
    var stored = stored(name);
    return new CollectionInfo(
        "default",
        stored.schema,
        1,
        List.of(),
        1,
        0,
        Consistency.BOUNDED,
        stored.properties,
        0,
        1,
        LoadStatus.LOADED);
  }

  private static IndexInfo indexInfo(Stored stored, IndexSpec index) {
    return new IndexInfo(
        index, IndexInfo.State.FINISHED, stored.rows.size(), stored.rows.size(), Optional.empty());
  }

  private static RowRequest.Written insert(Stored stored, ColumnBatch rows) {
    var key = rows.column(stored.schema.primaryKey().name()).orElseThrow();
    for (int row = 0; row < rows.size(); row++) {
      var values = new HashMap<String, Object>();
      for (var column : rows.columns()) {
        column.value(row).ifPresent(value -> values.put(column.name(), value));
      }
      stored.rows.put(key.value(row).orElseThrow(), values);
    }
    return new RowRequest.Written(key, rows.size(), 1);
  }

  private static List<Object> matching(Stored stored, Filter filter) {
    if (filter.isAll()) {
      return List.copyOf(stored.rows.keySet());
    }
    if (filter.values().get("ids") instanceof List<?> ids) {
      return stored.rows.keySet().stream().filter(ids::contains).toList();
    }
    var parts = filter.expression().split(" == ");
    var wanted = parts[1].replace("\"", "");
    return stored.rows.entrySet().stream()
        .filter(entry -> wanted.equals(String.valueOf(entry.getValue().get(parts[0]))))
        .map(Map.Entry::getKey)
        .toList();
  }

  private QueryRequest.Page scan(QueryRequest.Scan scan) {
    var stored = stored(scan.collection());
    var keys = matching(stored, scan.scope().filter());
    int from = scan.after().map(cursor -> Integer.parseInt(cursor.lastKey())).orElse(0);
    int to = Math.min(keys.size(), from + scan.pageRows());
    var next =
        to < keys.size()
            ? Optional.of(new QueryRequest.Cursor(Integer.toString(to), 1))
            : Optional.<QueryRequest.Cursor>empty();
    return new QueryRequest.Page(
        batch(stored, keys.subList(from, to), scan.scope().outputFields()), next);
  }

  private static ColumnBatch batch(Stored stored, List<?> keys, List<String> fields) {
    var columns = new ArrayList<Column>();
    for (var field : stored.schema.fields()) {
      if (field.primaryKey() || fields.contains("*") || fields.contains(field.name())) {
        var builder = new ColumnBuilder(field);
        keys.forEach(
            key -> builder.append(Optional.ofNullable(stored.rows.get(key).get(field.name()))));
        columns.add(builder.build());
      }
    }
    return ColumnBatch.of(columns);
  }

  private SearchRequest.SearchResult search(SearchRequest.Search request) {
    var stored = stored(request.collection());
    var plan = request.plan();
    var metric =
        Optional.ofNullable(stored.indexes.get(plan.field()))
            .flatMap(IndexSpec::metric)
            .orElse(Metric.COSINE);
    var hits = new ArrayList<SearchRequest.Hits>();
    var targets =
        switch (plan.target()) {
          case SearchRequest.Target.Vectors(var vectors) ->
              vectors.stream().map(vector -> ((Embedding.Dense) vector).toArray()).toList();
          case SearchRequest.Target.Rows(var ids) ->
              ids.stream().map(id -> (float[]) stored.rows.get(id).get(plan.field())).toList();
        };
    for (var query : targets) {
      var scored = new ArrayList<Map.Entry<Object, Float>>();
      for (var key : matching(stored, plan.scope().filter())) {
        if (stored.rows.get(key).get(plan.field()) instanceof float[] vector
            && (plan.exact() || !isOverlooked(key, plan.params()))) {
          scored.add(Map.entry(key, (float) value(metric, query, vector)));
        }
      }
      scored.sort((a, b) -> metric.compare(a.getValue(), b.getValue()));
      var best = scored.subList(0, Math.min(plan.limit(), scored.size()));
      var keys = new ColumnBuilder(stored.schema.primaryKey());
      var values = new float[best.size()];
      for (int i = 0; i < best.size(); i++) {
        keys.append(best.get(i).getKey());
        values[i] = best.get(i).getValue();
      }
      hits.add(
          new SearchRequest.Hits(
              keys.build(),
              new FloatColumn("value", values),
              batch(
                  stored,
                  best.stream().map(Map.Entry::getKey).toList(),
                  plan.scope().outputFields())));
    }
    return new SearchRequest.SearchResult(hits, metric, Optional.empty(), 1);
  }

  private static boolean isOverlooked(Object key, Map<String, String> params) {
    var effort = params.getOrDefault("ef", params.getOrDefault("nprobe", ""));
    if (effort.isEmpty()) {
      return false;
    }
    int place = Math.floorMod(key.hashCode() * 0x9E3779B9, 10_000);
    return place < 10_000 / (Integer.parseInt(effort) + 1);
  }

  private static double value(Metric metric, float[] a, float[] b) {
    double product = 0;
    double distance = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      distance += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
    }
    return switch (metric) {
      case L2 -> distance;
      case COSINE -> product / Math.sqrt(squareA * squareB);
      default -> product;
    };
  }
}
