package dev.aerie.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aerie.engine.ByteVectorColumn;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Embedding;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineContract;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.Metric;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.SearchRequest;
import dev.aerie.engine.SearchRequest.Plan;
import dev.aerie.engine.SparseVector;
import dev.aerie.engine.SparseVectorColumn;
import dev.aerie.engine.Validity;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The embedded engine keeps every engine's promises, and some of its own.
final class LocalEngineContractTest extends EngineContract {
  private static ExecutorService jobs;
  private static ExecutorService builders;

  @TempDir private Path folder;

  @BeforeAll
  static void startThreads() {
    jobs = Executors.newCachedThreadPool();
    builders = Executors.newFixedThreadPool(2);
  }

  @AfterAll
  static void stopThreads() {
    jobs.shutdown();
    builders.shutdown();
  }

  @Override
  protected Engine open() {
    return LocalEngine.open(folder, LocalOptions.DEFAULT, jobs, builders);
  }

  @Override
  protected void close(Engine opened) {
    opened.close();
  }

  private void reopen() {
    engine.close();
    engine = open();
  }

  @Test
  void findsEverythingAgainAfterARestart() {
    films();
    insert(0, 100);
    engine.call(new RowRequest.Delete(DB, "films", Filter.of("id < 10")));

    reopen();

    assertEquals(90, count("films", ""));
    assertEquals(
        nearest(vector(50), 100).stream().filter(id -> (Long) id >= 10).toList().subList(0, 5),
        ids(
            search(Plan.of("embedding", Embedding.of(vector(50)), 5, strong("")))
                .hits()
                .getFirst()));
  }

  @Test
  void refusesAFolderThatIsInUse() {
    assertEquals(ErrorCode.FAILED_PRECONDITION, code(this::open));
  }

  @Test
  void comparesByAnotherMetricOnceTheIndexSaysSo() {
    films();
    insert(0, 100);
    index("films", "embedding", IndexType.FLAT, Metric.IP, Map.of());

    var query = vector(500);
    var hits = search(Plan.of("embedding", Embedding.of(query), 1, strong(""))).hits().getFirst();

    float best = Float.NEGATIVE_INFINITY;
    for (int n = 0; n < 100; n++) {
      float dot = 0;
      for (int i = 0; i < DIMENSION; i++) {
        dot += query[i] * vector(n)[i];
      }
      best = Math.max(best, dot);
    }
    assertEquals(best, hits.values().get(0), 1e-5f);
  }

  @Test
  void storesAndSearchesEveryKindOfVector() {
    engine.call(
        new CollectionRequest.Create(
            DB,
            CollectionSchema.of(
                "kinds",
                Field.scalar("id", DataType.INT64).asPrimaryKey(false),
                Field.vector("bits", DataType.BINARY_VECTOR, 16),
                Field.vector("half", DataType.FLOAT16_VECTOR, 2),
                Field.vector("brain", DataType.BFLOAT16_VECTOR, 2),
                Field.vector("bytes", DataType.INT8_VECTOR, 2),
                Field.sparseVector("sparse"))));
    engine.call(new CollectionRequest.Load(DB, "kinds"));
    var halves = HalfFloats.toBytes(DataType.FLOAT16_VECTOR, new float[] {1, 0, 0.5f, 0.25f});
    var brains = HalfFloats.toBytes(DataType.BFLOAT16_VECTOR, new float[] {1, 0, 0.5f, 2});
    engine.call(
        new RowRequest.Insert(
            DB,
            "kinds",
            ColumnBatch.of(
                new LongColumn("id", 1, 2),
                new ByteVectorColumn(
                    "bits", DataType.BINARY_VECTOR, 16, new byte[] {0, 0, -1, -1}, Validity.all(2)),
                new ByteVectorColumn("half", DataType.FLOAT16_VECTOR, 2, halves, Validity.all(2)),
                new ByteVectorColumn("brain", DataType.BFLOAT16_VECTOR, 2, brains, Validity.all(2)),
                new ByteVectorColumn(
                    "bytes", DataType.INT8_VECTOR, 2, new byte[] {1, 2, -3, 4}, Validity.all(2)),
                new SparseVectorColumn(
                    "sparse",
                    List.of(
                        new SparseVector(new int[] {1, 9}, new float[] {1, 2}),
                        new SparseVector(new int[] {9, -1}, new float[] {5, 1})),
                    Validity.all(2)))));

    var rows = engine.call(new QueryRequest.Query(DB, "kinds", strong("id == 2", "*"), 0, 5));
    assertArrayEquals(
        new byte[] {-1, -1}, (byte[]) rows.column("bits").orElseThrow().value(0).orElseThrow());
    assertArrayEquals(
        new byte[] {-3, 4}, (byte[]) rows.column("bytes").orElseThrow().value(0).orElseThrow());
    assertArrayEquals(
        Arrays.copyOfRange(halves, 4, 8),
        (byte[]) rows.column("half").orElseThrow().value(0).orElseThrow());
    assertArrayEquals(
        Arrays.copyOfRange(brains, 4, 8),
        (byte[]) rows.column("brain").orElseThrow().value(0).orElseThrow());

    assertEquals(
        16f, first("bits", new Embedding.Packed(DataType.BINARY_VECTOR, new byte[] {-1, -1}), 1));
    assertEquals(
        10f,
        first("sparse", new Embedding.Sparse(new SparseVector(new int[] {9}, new float[] {2})), 0));
    assertEquals(
        1f,
        first("bytes", new Embedding.Packed(DataType.INT8_VECTOR, new byte[] {1, 2}), 0),
        1e-6f);
  }

  private float first(String field, Embedding query, int at) {
    return engine
        .call(new SearchRequest.Search(DB, "kinds", Plan.of(field, query, 2, strong(""))))
        .hits()
        .getFirst()
        .values()
        .get(at);
  }
}
