package dev.aerie.service.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.embed.MiniLmEmbedder;
import dev.aerie.engine.Capabilities;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.Request;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.TextColumn;
import dev.aerie.service.MemoryEngine;
import dev.aerie.service.load.LoadService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ExportServiceTest {
  private static final int ROWS = 4_321;

  @TempDir Path folder;

  private final MemoryEngine engine = new MemoryEngine();
  private final ExportService service = new ExportService();

  @BeforeEach
  void fill() {
    engine.call(
        new CollectionRequest.Create(
            "default",
            new CollectionSchema(
                "films",
                "",
                List.of(
                    Field.scalar("id", DataType.INT64).asPrimaryKey(false),
                    Field.varchar("title", 64),
                    Field.vector("v", DataType.FLOAT_VECTOR, 2)),
                List.of(),
                false)));
    var ids = new long[ROWS];
    var titles = new String[ROWS];
    var vectors = new float[2 * ROWS];
    Arrays.setAll(ids, i -> i);
    Arrays.setAll(titles, i -> "film " + i % 10);
    Arrays.fill(vectors, 0.5f);
    engine.call(
        new RowRequest.Insert(
            "default",
            "films",
            ColumnBatch.of(
                new LongColumn("id", ids),
                new TextColumn("title", titles),
                new FloatVectorColumn("v", 2, vectors))));
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void writesAsManyRowsAsAreCounted(ExportFormat format) {
    var file = folder.resolve("films." + format.extension());
    var report =
        service.export(engine, ExportPlan.all("default", "films", format, file), Progress.NONE);
    assertEquals(ROWS, report.rows());
    assertEquals(ROWS, report.counted());
    try (var embedder = new MiniLmEmbedder(Runnable::run, 1)) {
      var profile = new LoadService(embedder).profile(file, Long.MAX_VALUE, Progress.NONE);
      assertEquals(ROWS, profile.rows());
      assertEquals(2, profile.vectors().get(0).dimension());
    }
  }

  @Test
  void writesTheRowsOfAFilterAndTheFieldsAskedFor() throws Exception {
    var file = folder.resolve("films.csv");
    var plan =
        new ExportPlan(
            "default",
            "films",
            Filter.of("title == \"film 3\""),
            List.of("title", "id"),
            ExportFormat.CSV,
            file,
            false);
    assertEquals(432, service.export(engine, plan, Progress.NONE).rows());
    assertEquals(List.of("title,id", "film 3,3"), Files.readAllLines(file).subList(0, 2));
  }

  @Test
  void rowsThatGetLostAreAnErrorAndLeaveNoFile() {
    var file = folder.resolve("films.csv");
    var plan = ExportPlan.all("default", "films", ExportFormat.CSV, file);
    var failure =
        assertThrows(
            EngineException.class,
            () -> service.export(new Forgetful(engine), plan, Progress.NONE));
    assertTrue(failure.getMessage().contains("counts 4,321"), failure.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void cancelledItLeavesWhatWasThere() throws Exception {
    var file = Files.writeString(folder.resolve("films.csv"), "before");
    var plan = ExportPlan.all("default", "films", ExportFormat.CSV, file);
    assertThrows(
        CancellationException.class, () -> service.export(engine, plan, new CancelSecond()));
    assertEquals("before", Files.readString(file));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  private static final class CancelSecond implements Progress {
    private int updates;

    @Override
    public void update(long done, long total) {
      if (++updates == 2) {
        throw new CancellationException();
      }
    }

    @Override
    public void phase(String name) {}

    @Override
    public void check() {}
  }

  /// Ends its scans after the first page.
  private record Forgetful(Engine inner) implements Engine {
    @Override
    @SuppressWarnings("unchecked")
    public <R> R call(Request<R> request, Progress progress) {
      var answer = inner.call(request, progress);
      return answer instanceof QueryRequest.Page page
          ? (R) new QueryRequest.Page(page.rows(), Optional.empty())
          : answer;
    }

    @Override
    public Capabilities capabilities() {
      return inner.capabilities();
    }

    @Override
    public EngineInfo info() {
      return inner.info();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
