package dev.aerie.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.SearchRequest.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every engine promises. Extended once for each: it talks to [Engine] alone, and asks
/// [Engine#capabilities] before it asks for what not every engine can do.
public abstract class EngineContract {
  protected static final String DB = DatabaseRequest.DEFAULT;
  protected static final int DIMENSION = 8;

  protected Engine engine;

  /// An engine whose default database holds nothing.
  protected abstract Engine open() throws Exception;

  /// Lets go of the engine and of what it stored.
  protected abstract void close(Engine opened) throws Exception;

  @BeforeEach
  void openEngine() throws Exception {
    engine = open();
  }

  @AfterEach
  void closeEngine() throws Exception {
    close(engine);
  }

  private void require(Capability capability) {
    assumeTrue(
        engine.capabilities().has(capability),
        () -> engine.capabilities().whyNot(capability).orElse(""));
  }

  /// `films`: key, title, year, rating (nullable), tags, details and an L2-compared vector, loaded.
  protected void films() {
    engine.call(
        new CollectionRequest.Create(
            DB,
            CollectionSchema.of(
                "films",
                Field.scalar("id", DataType.INT64).asPrimaryKey(false),
                Field.varchar("title", 200),
                Field.scalar("year", DataType.INT32),
                Field.scalar("rating", DataType.FLOAT).withNullable(),
                Field.textArray("tags", 8, 50),
                Field.scalar("details", DataType.JSON),
                Field.vector("embedding", DataType.FLOAT_VECTOR, DIMENSION))));
    index("films", "embedding", IndexType.FLAT, Metric.L2, Map.of());
    engine.call(new CollectionRequest.Load(DB, "films"));
  }

  protected void index(
      String collection, String field, IndexType type, Metric metric, Map<String, String> params) {
    engine.call(new IndexRequest.Create(DB, collection, IndexSpec.of(field, type, metric, params)));
    engine.call(new IndexRequest.Await(DB, collection, field));
  }

  /// Rows `from…to`: film `n` of year 1900 + n, rated n/2 unless n is a multiple of 5.
  protected static ColumnBatch rows(int from, int to) {
    int size = to - from;
    var ids = new long[size];
    var titles = new String[size];
    var years = new int[size];
    var ratings = new ColumnBuilder(Field.scalar("rating", DataType.FLOAT).withNullable());
    var tags = new ColumnBuilder(Field.textArray("tags", 8, 50));
    var details = new String[size];
    var vectors = new float[size * DIMENSION];
    for (int i = 0; i < size; i++) {
      int n = from + i;
      ids[i] = n;
      titles[i] = "film " + n;
      years[i] = 1900 + n;
      if (n % 5 == 0) {
        ratings.appendNull();
      } else {
        ratings.append(n / 2f);
      }
      tags.append(List.of("tag" + n % 3, "all"));
      details[i] = "{\"rank\": %d, \"studio\": \"s%d\"}".formatted(n, n % 4);
      System.arraycopy(vector(n), 0, vectors, i * DIMENSION, DIMENSION);
    }
    return ColumnBatch.of(
        new LongColumn("id", ids),
        new TextColumn("title", titles),
        new IntColumn("year", years),
        ratings.build(),
        tags.build(),
        new TextColumn("details", DataType.JSON, details, Validity.all(size)),
        new FloatVectorColumn("embedding", DIMENSION, vectors));
  }

  protected static float[] vector(long seed) {
    var random = new Random(seed);
    var vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = random.nextFloat() * 2 - 1;
    }
    return vector;
  }

  protected void insert(int from, int to) {
    engine.call(new RowRequest.Insert(DB, "films", rows(from, to)));
  }

  protected static Scope strong(String filter, String... fields) {
    return Scope.of(Filter.of(filter), fields).at(Consistency.STRONG);
  }

  protected long count(String collection, String filter) {
    return engine.call(new QueryRequest.Count(DB, collection, strong(filter)));
  }

  protected List<Object> ids(ColumnBatch rows) {
    var ids = rows.column("id").orElseThrow();
    List<Object> all = new ArrayList<>();
    for (int row = 0; row < ids.size(); row++) {
      all.add(ids.value(row).orElseThrow());
    }
    return all;
  }

  protected SearchRequest.SearchResult search(Plan plan) {
    return engine.call(new SearchRequest.Search(DB, "films", plan));
  }

  protected static List<Object> ids(SearchRequest.Hits hits) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      all.add(hits.ids().value(i).orElseThrow());
    }
    return all;
  }

  private static float squaredDistance(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  /// The keys of rows `0…rows` by distance from a vector.
  protected static List<Object> nearest(float[] query, int rows) {
    List<Object> ids = new ArrayList<>();
    for (long n = 0; n < rows; n++) {
      ids.add(n);
    }
    ids.sort(
        (a, b) ->
            Float.compare(
                squaredDistance(query, vector((Long) a)),
                squaredDistance(query, vector((Long) b))));
    return ids;
  }

  protected static ErrorCode code(Runnable call) {
    return assertThrows(EngineException.class, call::run).code();
  }

  @Test
  void givesRowsBackAsTheyWereWritten() {
    films();
    insert(0, 12);

    var rows = engine.call(new QueryRequest.Query(DB, "films", strong("id >= 0", "*"), 0, 100));

    var expected = rows(0, 12);
    assertEquals(12, rows.size());
    for (var column : expected.columns()) {
      var found = rows.column(column.name()).orElseThrow();
      for (int row = 0; row < 12; row++) {
        if (column instanceof FloatVectorColumn vectors) {
          assertArrayEquals(vectors.row(row), ((FloatVectorColumn) found).row(row));
        } else {
          assertEquals(column.value(row), found.value(row), column.name());
        }
      }
    }
  }

  @Test
  void answersTheNearestRowsWithTheirSquaredDistances() {
    films();
    insert(0, 200);
    var query = vector(1_000);

    var hits = search(Plan.of("embedding", Embedding.of(query), 10, strong(""))).hits().getFirst();

    assertEquals(nearest(query, 200).subList(0, 10), ids(hits));
    for (int i = 0; i < 10; i++) {
      assertEquals(
          squaredDistance(query, vector((Long) ids(hits).get(i))), hits.values().get(i), 1e-5f);
    }
  }

  @Test
  void searchesOnlyRowsTheFilterLetsThrough() {
    films();
    insert(0, 200);
    var query = vector(1_000);

    var hits =
        search(
                Plan.of(
                    "embedding",
                    Embedding.of(query),
                    10,
                    strong("year >= 2000 and details[\"studio\"] == \"s1\"", "year")))
            .hits()
            .getFirst();

    var expected =
        nearest(query, 200).stream().filter(id -> (Long) id >= 100 && (Long) id % 4 == 1).toList();
    assertEquals(expected.subList(0, 10), ids(hits));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "year == 1907 -> 1",
        "year != 1907 -> 99",
        "year in [1901, 1902, 5] -> 2",
        "year not in [1901, 1902] -> 98",
        "1910 <= year < 1920 -> 10",
        "title == \"film 3\" -> 1",
        "title like \"film 1%\" -> 11",
        "title like \"%9\" -> 10",
        "not (title like \"%9\") -> 90",
        "rating is null -> 20",
        "rating is not null -> 80",
        "rating > 10 -> 64",
        "not (rating > 10) -> 16",
        "array_contains(tags, \"tag1\") -> 33",
        "array_length(tags) == 2 -> 100",
        "tags[0] == \"tag0\" -> 34",
        "details[\"rank\"] < 10 -> 10",
        "details[\"studio\"] in [\"s0\", \"s1\"] -> 50",
        "exists details[\"nothing\"] -> 0",
        "year % 10 == 3 -> 10",
        "id in [1, 2, 3] or title == \"film 50\" -> 4"
      })
  void countsWhatAFilterMatches(String example) {
    films();
    insert(0, 100);
    int arrow = example.lastIndexOf(" -> ");

    long count = count("films", example.substring(0, arrow));

    assertEquals(Long.parseLong(example.substring(arrow + 4)), count);
  }

  @Test
  void upsertReplacesAndDeleteRemoves() {
    require(Capability.UPSERT);
    films();
    insert(0, 50);

    engine.call(new RowRequest.Upsert(DB, "films", rows(40, 60)));
    var deleted = engine.call(new RowRequest.Delete(DB, "films", Filter.of("id < 10")));

    assertEquals(10, deleted.count());
    assertEquals(50, count("films", ""));
    assertEquals(0, count("films", "id < 10"));
  }

  @Test
  void aPartialUpsertKeepsWhatItLeavesOut() {
    require(Capability.PARTIAL_UPSERT);
    films();
    insert(0, 10);

    engine.call(
        new RowRequest.Upsert(
            DB,
            "films",
            Optional.empty(),
            ColumnBatch.of(new LongColumn("id", 3), new TextColumn("title", "changed")),
            true,
            OptionalLong.empty()));

    var row = engine.call(new QueryRequest.Query(DB, "films", strong("id == 3", "*"), 0, 10));
    assertEquals(Optional.of("changed"), row.column("title").orElseThrow().value(0));
    assertEquals(Optional.of(1903), row.column("year").orElseThrow().value(0));
    assertArrayEquals(
        vector(3), ((FloatVectorColumn) row.column("embedding").orElseThrow()).row(0));
  }

  @Test
  void scansAllRowsInTheOrderOfTheirKeysWithoutRepeatingOne() {
    require(Capability.SCAN);
    films();
    insert(50, 100);
    insert(0, 50);

    List<Object> seen = new ArrayList<>();
    Optional<QueryRequest.Cursor> after = Optional.empty();
    do {
      var page = engine.call(new QueryRequest.Scan(DB, "films", strong("", "title"), 7, after));
      seen.addAll(ids(page.rows()));
      after = page.next();
    } while (after.isPresent());

    assertEquals(LongStream.range(0, 100).boxed().toList(), seen);
  }

  @Test
  void iteratesASearchNearestFirstWithoutRepeatingARow() {
    require(Capability.SEARCH_ITERATOR);
    films();
    insert(0, 60);
    var query = vector(1_000);

    List<Object> seen = new ArrayList<>();
    Optional<SearchRequest.IteratorCursor> after = Optional.empty();
    do {
      var page =
          engine.call(
              new SearchRequest.Iterate(
                  DB, "films", Plan.of("embedding", Embedding.of(query), 7, strong("")), after));
      seen.addAll(ids(page.hits()));
      after = page.next();
    } while (after.isPresent());

    assertEquals(nearest(query, 60), seen);
  }

  @Test
  void keepsARangeSearchWithinItsBounds() {
    require(Capability.RANGE_SEARCH);
    films();
    insert(0, 100);
    var query = vector(1_000);
    var plan = Plan.of("embedding", Embedding.of(query), 50, strong(""));
    var all = search(plan).hits().getFirst();
    float near = all.values().get(5);
    float far = all.values().get(20);

    var ranged =
        search(
                new Plan(
                    plan.field(),
                    plan.target(),
                    plan.scope(),
                    0,
                    50,
                    Map.of(),
                    Optional.of(
                        new SearchRequest.Range(OptionalDouble.of(far), OptionalDouble.of(near))),
                    Optional.empty(),
                    false))
            .hits()
            .getFirst();

    assertEquals(ids(all).subList(5, 20), ids(ranged));
  }

  @Test
  void groupsHitsByAField() {
    require(Capability.GROUP_BY);
    films();
    insert(0, 100);
    engine.call(new RowRequest.Upsert(DB, "films", rows(0, 100)));
    var query = Embedding.of(vector(1_000));

    var hits =
        search(
                new Plan(
                    "embedding",
                    SearchRequest.Target.of(query),
                    strong("", "year"),
                    0,
                    5,
                    Map.of(),
                    Optional.empty(),
                    Optional.of(new SearchRequest.Grouping("year", 1, false)),
                    false))
            .hits()
            .getFirst();

    var years = new HashSet<Object>();
    var column = hits.rows().column("year").orElseThrow();
    for (int i = 0; i < hits.size(); i++) {
      assertTrue(years.add(column.value(i).orElseThrow()));
    }
    assertEquals(5, years.size());
  }

  @Test
  void searchesByTheVectorOfARow() {
    require(Capability.SEARCH_BY_ID);
    films();
    insert(0, 50);

    var hits =
        search(
                new Plan(
                    "embedding",
                    new SearchRequest.Target.Rows(List.of(7L)),
                    strong(""),
                    0,
                    3,
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    false))
            .hits()
            .getFirst();

    assertEquals(nearest(vector(7), 50).subList(0, 3), ids(hits));
  }

  @Test
  void fusesSeveralSearches() {
    require(Capability.HYBRID_SEARCH);
    films();
    insert(0, 50);
    var query = vector(1_000);
    var plan = Plan.of("embedding", Embedding.of(query), 20, strong(""));

    var hits =
        engine
            .call(
                new SearchRequest.Hybrid(
                    DB,
                    "films",
                    List.of(plan, plan),
                    new SearchRequest.Ranker.Rrf(60),
                    List.of("title"),
                    0,
                    5,
                    Optional.empty(),
                    false))
            .hits()
            .getFirst();

    assertEquals(nearest(query, 50).subList(0, 5), ids(hits));
    assertEquals(2f / 61, hits.values().get(0), 1e-6f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HNSW", "IVF_FLAT", "FLAT", "AUTOINDEX"})
  void findsWhatAnExactSearchFindsThroughAnIndex(String type) {
    films();
    var wanted = new IndexType(type);
    assumeTrue(engine.capabilities().indexTypes(DataType.FLOAT_VECTOR).contains(wanted));
    for (int from = 0; from < 6_000; from += 1_000) {
      insert(from, from + 1_000);
    }
    engine.call(new MaintenanceRequest.Flush(DB, List.of("films")));
    index("films", "embedding", wanted, Metric.L2, parameters(type));

    int found = 0;
    for (int i = 0; i < 20; i++) {
      var query = vector(100_000 + i);
      var plan = Plan.of("embedding", Embedding.of(query), 10, strong(""));
      var exact = new HashSet<>(nearest(query, 6_000).subList(0, 10));
      exact.retainAll(ids(search(plan.with(searchParameters(type))).hits().getFirst()));
      found += exact.size();
    }

    var info =
        engine.call(new IndexRequest.Describe(DB, "films", Optional.of("embedding"))).getFirst();
    assertEquals(IndexInfo.State.FINISHED, info.state());
    assertEquals(info.totalRows(), info.indexedRows());
    assertTrue(found >= 180, "found %d of 200".formatted(found));
  }

  private static Map<String, String> parameters(String type) {
    return switch (type) {
      case "HNSW" -> Map.of("M", "16", "efConstruction", "100");
      case "IVF_FLAT" -> Map.of("nlist", "32");
      default -> Map.of();
    };
  }

  private static Map<String, String> searchParameters(String type) {
    return switch (type) {
      case "HNSW" -> Map.of("ef", "128");
      case "IVF_FLAT" -> Map.of("nprobe", "16");
      default -> Map.of();
    };
  }

  @Test
  void refusesToSearchWhatIsNotLoaded() {
    require(Capability.LOAD_RELEASE);
    films();
    engine.call(new CollectionRequest.Release(DB, "films"));

    assertEquals(
        ErrorCode.NOT_LOADED,
        code(() -> search(Plan.of("embedding", Embedding.of(vector(1)), 5, strong("")))));
    assertEquals(
        CollectionRequest.LoadStatus.State.NOT_LOADED,
        engine.call(new CollectionRequest.LoadState(DB, "films")).state());
  }

  @Test
  void refusesWhatDoesNotFitTheSchema() {
    films();
    insert(0, 5);

    var good = rows(5, 6);
    var shortVector = good.with(new FloatVectorColumn("embedding", 4, new float[4]));
    assertEquals(
        ErrorCode.INVALID_ARGUMENT,
        code(() -> engine.call(new RowRequest.Insert(DB, "films", shortVector))));
    assertEquals(
        ErrorCode.INVALID_ARGUMENT,
        code(() -> search(Plan.of("embedding", Embedding.of(new float[] {1, 2}), 5, strong("")))));
    assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> count("films", "year = 5")));
    assertEquals(5, count("films", ""));
  }

  @Test
  void namesWhatIsNotThere() {
    assertEquals(
        ErrorCode.COLLECTION_NOT_FOUND,
        code(() -> engine.call(new CollectionRequest.Describe(DB, "nothing"))));
    assertEquals(
        ErrorCode.DATABASE_NOT_FOUND,
        code(() -> engine.call(new CollectionRequest.ListAll("nowhere"))));
    films();
    assertEquals(
        ErrorCode.INDEX_NOT_FOUND,
        code(() -> engine.call(new IndexRequest.Drop(DB, "films", "other"))));
    assertEquals(
        ErrorCode.PARTITION_NOT_FOUND,
        code(() -> engine.call(new PartitionRequest.Drop(DB, "films", "other"))));
  }

  @Test
  void keepsPartitionsApart() {
    require(Capability.PARTITIONS);
    films();
    engine.call(new PartitionRequest.Create(DB, "films", "old"));
    engine.call(
        new RowRequest.Insert(DB, "films", Optional.of("old"), rows(0, 30), OptionalLong.empty()));
    insert(30, 50);

    var scope = new Scope(List.of("old"), Filter.ALL, List.of(), Consistency.STRONG, 0);
    assertEquals(30, engine.call(new QueryRequest.Count(DB, "films", scope)));
    assertEquals(50, count("films", ""));

    engine.call(new PartitionRequest.Release(DB, "films", List.of("old")));
    engine.call(new PartitionRequest.Drop(DB, "films", "old"));
    assertEquals(20, count("films", ""));
  }

  @Test
  void anAliasStandsForItsCollectionAndMoves() {
    require(Capability.ALIASES);
    films();
    insert(0, 5);
    engine.call(new AliasRequest.Create(DB, "cinema", "films"));

    assertEquals(5, count("cinema", ""));
    assertEquals(
        List.of("cinema"), engine.call(new CollectionRequest.Describe(DB, "films")).aliases());

    engine.call(new AliasRequest.Drop(DB, "cinema"));
    assertEquals(ErrorCode.COLLECTION_NOT_FOUND, code(() -> count("cinema", "")));
  }

  @Test
  void fillsDynamicKeysAndDefaults() {
    require(Capability.DYNAMIC_FIELD);
    engine.call(
        new CollectionRequest.Create(
            DB,
            CollectionSchema.of(
                    "loose",
                    Field.scalar("id", DataType.INT64).asPrimaryKey(true),
                    Field.scalar("stock", DataType.INT64).withDefault(7L),
                    Field.vector("v", DataType.FLOAT_VECTOR, 2))
                .withDynamic()));
    index("loose", "v", IndexType.FLAT, Metric.COSINE, Map.of());
    engine.call(new CollectionRequest.Load(DB, "loose"));
    var written =
        engine.call(
            new RowRequest.Insert(
                DB,
                "loose",
                ColumnBatch.of(
                    new FloatVectorColumn("v", 2, new float[] {1, 0, 0, 1}),
                    new TextColumn(
                        Field.DYNAMIC,
                        DataType.JSON,
                        new String[] {"{\"color\": \"red\", \"n\": 1}", "{\"color\": \"blue\"}"},
                        Validity.all(2)))));

    assertEquals(2, written.ids().size());
    assertEquals(1, count("loose", "color == \"red\""));
    assertEquals(2, count("loose", "stock == 7"));
    assertEquals(1, count("loose", "exists n"));
  }

  @Test
  void addsAFieldToRowsThatAreThere() {
    require(Capability.ADD_FIELD);
    films();
    insert(0, 10);

    engine.call(
        new CollectionRequest.AddField(
            DB, "films", Field.scalar("seen", DataType.INT64).withNullable().withDefault(3L)));
    engine.call(
        new RowRequest.Insert(DB, "films", rows(10, 12).with(new LongColumn("seen", 4, 5))));

    assertEquals(10, count("films", "seen == 3"));
    assertEquals(2, count("films", "seen > 3"));
    assertEquals(0, count("films", "seen is null"));
  }

  @Test
  void renamesTruncatesAndDrops() {
    films();
    insert(0, 10);
    require(Capability.RENAME_COLLECTION);
    engine.call(new CollectionRequest.Rename(DB, "films", DB, "movies"));
    assertEquals(10, count("movies", ""));
    assertFalse(engine.call(new CollectionRequest.Exists(DB, "films")));

    if (engine.capabilities().has(Capability.TRUNCATE)) {
      engine.call(new CollectionRequest.Truncate(DB, "movies"));
      assertEquals(0, count("movies", ""));
    }
    engine.call(new CollectionRequest.Drop(DB, "movies"));
    assertEquals(List.of(), engine.call(new CollectionRequest.ListAll(DB)));
  }

  @Test
  void keepsDatabasesApart() {
    require(Capability.DATABASES);
    films();
    engine.call(new DatabaseRequest.Create("other", Map.of()));
    try {
      assertEquals(List.of(), engine.call(new CollectionRequest.ListAll("other")));
      assertEquals(
          List.of("default", "other"),
          engine.call(new DatabaseRequest.ListAll()).stream()
              .map(DatabaseRequest.DatabaseInfo::name)
              .toList());
    } finally {
      engine.call(new DatabaseRequest.Drop("other"));
    }
  }

  @Test
  void explainsWhatRan() {
    require(Capability.EXPLAIN);
    films();
    insert(0, 50);

    var explain =
        engine
            .call(
                new SearchRequest.Search(
                    DB,
                    "films",
                    Plan.of("embedding", Embedding.of(vector(5)), 5, strong("year < 1910")),
                    true,
                    false))
            .explain()
            .orElseThrow();

    assertEquals(OptionalLong.of(10), explain.matched());
    assertEquals(
        Set.of(Explain.Path.EXACT),
        Set.copyOf(explain.segments().stream().map(Explain.SegmentRun::path).toList()));
  }
}
