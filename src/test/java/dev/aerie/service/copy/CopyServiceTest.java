package dev.aerie.service.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.RowRequest;
import dev.aerie.service.MemoryEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CopyServiceTest {
  private static final int ROWS = 4_321;

  @TempDir Path folder;

  private final MemoryEngine source = new MemoryEngine();
  private final MemoryEngine target = new MemoryEngine();
  private final CopyService service = new CopyService();

  @BeforeEach
  void fill() {
    source.call(
        new CollectionRequest.Create(
            "default",
            new CollectionSchema(
                "films",
                "",
                List.of(
                    Field.scalar("id", DataType.INT64).asPrimaryKey(false),
                    Field.vector("v", DataType.FLOAT_VECTOR, 2)),
                List.of(),
                false)));
    source.call(
        new IndexRequest.Create(
            "default", "films", IndexSpec.of("v", IndexType.HNSW, Metric.L2, Map.of("M", "8"))));
    var ids = new long[ROWS];
    var vectors = new float[2 * ROWS];
    Arrays.setAll(ids, i -> i);
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = i;
    }
    source.call(
        new RowRequest.Insert(
            "default",
            "films",
            ColumnBatch.of(new LongColumn("id", ids), new FloatVectorColumn("v", 2, vectors))));
  }

  @Test
  void copiesSchemaIndexesAndRowsAndComparesThem() {
    var report = service.copy(source, target, plan(Optional.empty()), Progress.NONE);
    assertTrue(report.isVerified(), report.differences().toString());
    assertEquals(ROWS, report.targetRows());
    assertTrue(report.comparedRows() > 0);
    var index =
        target.call(new IndexRequest.Describe("default", "copied", Optional.empty())).get(0).spec();
    assertEquals(IndexType.HNSW, index.type());
    assertEquals("8", index.params().get("M"));
  }

  @Test
  void neverWritesIntoACollectionThatIsThere() {
    service.copy(source, target, plan(Optional.empty()), Progress.NONE);
    assertThrows(
        EngineException.class,
        () -> service.copy(source, target, plan(Optional.empty()), Progress.NONE));
  }

  @Test
  void goesOnAfterItWasCutOff() {
    var journal = folder.resolve("copy.json");
    var plan = plan(Optional.of(journal));
    assertThrows(
        CancellationException.class, () -> service.copy(source, target, plan, new CancelAfter(3)));
    long before = count();
    assertTrue(before > 0 && before < ROWS, "copied " + before);
    var report = service.copy(source, target, plan, Progress.NONE);
    assertTrue(report.isVerified(), report.differences().toString());
    assertEquals(ROWS, count());
    assertFalse(Files.exists(journal));
  }

  private CopyPlan plan(Optional<Path> journal) {
    return new CopyPlan("default", "films", "default", "copied", true, journal);
  }

  private long count() {
    return target.call(
        new QueryRequest.Count("default", "copied", QueryRequest.Scope.of(Filter.ALL)));
  }

  private static final class CancelAfter implements Progress {
    private int left;

    CancelAfter(int updates) {
      this.left = updates;
    }

    @Override
    public void update(long done, long total) {
      if (left-- == 0) {
        throw new CancellationException();
      }
    }

    @Override
    public void phase(String name) {}

    @Override
    public void check() {}
  }
}
