package dev.aerie.service.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.embed.TextEmbedder;
import dev.aerie.engine.Capabilities;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.Request;
import dev.aerie.engine.RowRequest;
import dev.aerie.service.MemoryEngine;
import dev.aerie.service.load.FileProfile.VectorForm;
import dev.aerie.service.load.LoadOptions.OnBadRow;
import dev.aerie.service.load.LoadPlan.Mapping;
import dev.aerie.service.load.LoadPlan.Target;
import dev.aerie.service.load.LoadReport.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadServiceTest {
  private static final String DB = "default";
  private static final List<Mapping> MAPPING =
      List.of(
          new Mapping("id", new Origin.Columns("id")),
          new Mapping("title", new Origin.Columns("title")),
          new Mapping("v", new Origin.Columns("v")));

  @TempDir Path folder;

  private final MemoryEngine engine = new MemoryEngine();
  private final LoadService service = new LoadService(new LetterCounts());

  @Test
  void findsVectorsInEveryForm() throws IOException {
    var base64 = base64(1, 0, 0, 0, 0, 0, 0, 0.5f, 0.25f, 1, 2, 3);
    var file =
        write(
            "a.csv",
            "id,text,packed,c_0,c_1,c_2,c_3\n"
                + "1,\"[1, 0, 0.5]\",%s,1,2,3,4\n".formatted(base64)
                + "2,\"[0, 1, 0.5]\",%s,1,2,3,5\n".formatted(base64));
    var profile = service.profile(file, Long.MAX_VALUE, Progress.NONE);
    assertEquals(
        List.of(VectorForm.TEXT, VectorForm.BASE64, VectorForm.COLUMNS),
        profile.vectors().stream().map(FileProfile.VectorColumn::form).toList());
    assertEquals(
        List.of(3, 12, 4),
        profile.vectors().stream().map(FileProfile.VectorColumn::dimension).toList());
    assertEquals(1, profile.vectors().get(1).quality().duplicates());
    assertEquals(2, profile.rows());
  }

  @Test
  void findsVectorsInAFileBeside() throws IOException {
    write("a.csv", "id,text\n1,x\n2,y\n");
    npy("a_vectors.npy", 2, 3);
    var profile = service.profile(folder.resolve("a.csv"), Long.MAX_VALUE, Progress.NONE);
    assertEquals(VectorForm.FILE, profile.vectors().get(0).form());
    var report = load(profile);
    assertEquals(Outcome.DONE, report.outcome(), report.message());
    assertEquals(2, report.countAfter());
  }

  @Test
  void tellsTheQualityOfVectorsAndAMetricWithItsReason() throws IOException {
    var file =
        write(
            "a.jsonl",
            """
            {"v": [1.0, 0.0, 0.0]}
            {"v": [1.0, 0.0, 0.0]}
            {"v": [0.0, 0.0, 0.0]}
            {"v": [NaN, 0.0, 0.5]}
            {"v": [0.0, 2.5, 0.0]}
            {"v": [1.0, 2.0]}
            {"v": null}
            """);
    var profile = service.profile(file, Long.MAX_VALUE, Progress.NONE);
    var quality = profile.vectors().get(0).quality();
    assertEquals(6, quality.vectors() + quality.wrongLength());
    assertEquals(1, quality.wrongLength());
    assertEquals(1, quality.notFinite());
    assertEquals(1, quality.zero());
    assertEquals(1, quality.duplicates());
    assertEquals(Metric.COSINE, quality.suggestedMetric());
    assertTrue(quality.reason().contains("2.5"), quality.reason());
    assertEquals(1, profile.column("v").orElseThrow().empty());
    assertEquals(5, profile.warnings().size(), profile.warnings().toString());
  }

  @Test
  void warnsOfMixedTypesAndKeepsThemAsText() throws IOException {
    var file = write("a.jsonl", "{\"x\": 1, \"v\": [0.5, 1]}\n{\"x\": \"a\", \"v\": [1, 0.5]}\n");
    var profile = service.profile(file, Long.MAX_VALUE, Progress.NONE);
    assertEquals(ColumnKind.MIXED, profile.column("x").orElseThrow().kind());
    var suggestion = service.suggest(profile, "mixed");
    assertEquals(DataType.VARCHAR, field(suggestion.schema(), "x").type());
  }

  @Test
  void estimatesRowsWhereNotAllAreRead() throws IOException {
    var text = new StringBuilder("id,v\n");
    for (int i = 0; i < 50_000; i++) {
      text.append("%06d,\"[0.5, 1, 2]\"\n".formatted(i));
    }
    var profile = service.profile(write("a.csv", text.toString()), 5_000, Progress.NONE);
    assertFalse(profile.exact());
    assertEquals(50_000, profile.rows(), 15_000);
    assertEquals(5_000, profile.profiledRows());
  }

  @Test
  void suggestsASchemaThatLoads() throws IOException {
    var file =
        write(
            "films.jsonl",
            """
            {"id": 1, "title": "Alien", "year": 1979, "rating": 8.5, "tags": ["space"], "meta": {"a": 1}, "v": [0.5, 1]}
            {"id": 2, "title": "Heat", "year": null, "rating": 8, "tags": [], "meta": {}, "v": [1, 0.5]}
            """);
    var profile = service.profile(file, Long.MAX_VALUE, Progress.NONE);
    var schema = service.suggest(profile, "films").schema();
    assertTrue(field(schema, "id").primaryKey());
    assertTrue(field(schema, "year").nullable());
    assertEquals(DataType.DOUBLE, field(schema, "rating").type());
    assertEquals(DataType.JSON, field(schema, "meta").type());
    assertEquals(DataType.ARRAY, field(schema, "tags").type());
    assertEquals(2, field(schema, "v").dimension());
    var report = load(profile);
    assertEquals(Outcome.DONE, report.outcome(), report.message());
  }

  @Test
  void embedsATextColumnWhereThereAreNoVectors() throws IOException {
    var file = write("a.csv", "id,text\n1,some words\n2,other words here\n");
    var profile = service.profile(file, Long.MAX_VALUE, Progress.NONE);
    var suggestion = service.suggest(profile, "texts");
    assertTrue(
        suggestion.mapping().stream().anyMatch(m -> m.origin() instanceof Origin.EmbeddedText));
    assertEquals(Outcome.DONE, load(profile).outcome());
  }

  @Test
  void matchesColumnsToFieldsThatAreThere() throws IOException {
    var file = write("a.csv", "ID,Title,embedding\n1,x,\"[1,2,0.5]\"\n");
    var profile = service.profile(file, Long.MAX_VALUE, Progress.NONE);
    assertEquals(
        List.of("id", "title", "v"),
        service.match(profile, schema()).stream().map(Mapping::field).toList());
  }

  @Test
  void badRowsGoToTheRejectFileAndTheOthersIn() throws IOException {
    var file = thousand(row -> row % 100 == 7);
    var rejects = folder.resolve("bad.jsonl");
    var plan = plan(file, LoadOptions.DEFAULT.withRejectFile(rejects).withBatch(64, 1 << 20));
    var report = service.run(engine, plan, status -> {}, Progress.NONE);
    assertEquals(Outcome.DONE, report.outcome(), report.message());
    assertEquals(990, report.written());
    assertEquals(10, report.rejectedRows());
    assertEquals(990, count());
    var first = report.rejected().get(0);
    assertEquals(8, first.row());
    assertEquals("v", first.column());
    assertTrue(first.reason().contains("2 dimensions; the field stores 3"), first.reason());
    assertEquals(10, Files.readAllLines(rejects).size());
  }

  @Test
  void stopsAtABadRowWhereAsked() throws IOException {
    var plan =
        plan(
            thousand(row -> row == 500),
            LoadOptions.DEFAULT.with(OnBadRow.STOP).withBatch(100, 1 << 20));
    var report = service.run(engine, plan, status -> {}, Progress.NONE);
    assertEquals(Outcome.STOPPED, report.outcome());
    assertEquals(500, count());
    assertTrue(report.message().contains("row 501"), report.message());
  }

  @Test
  void dryRunWritesNothing() throws IOException {
    var report =
        service.dryRun(engine, plan(thousand(row -> row == 3), LoadOptions.DEFAULT), Progress.NONE);
    assertEquals(1_000, report.rowsRead());
    assertEquals(999, report.rows().size());
    assertEquals(4, report.rejected().get(0).row());
    assertFalse(engine.call(new CollectionRequest.Exists(DB, "films")));
  }

  @Test
  void aMappingThatDoesNotFitSaysWhereAndLeavesNothing() throws IOException {
    var file = thousand(row -> false);
    assertRefused("has no column \"titel\"", file, new Mapping("title", columns("titel")));
    assertRefused("has no field \"name\"", file, new Mapping("name", columns("title")));
    var missing =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                service.run(
                    engine,
                    new LoadPlan(file, target(), MAPPING.subList(0, 2), LoadOptions.DEFAULT),
                    status -> {},
                    Progress.NONE));
    assertTrue(missing.getMessage().contains("\"v\""), missing.getMessage());
    assertFalse(engine.call(new CollectionRequest.Exists(DB, "films")));
  }

  @Test
  void triesAgainWhileTheEngineIsAway() throws IOException {
    var flaky = new Flaky(engine, 2, false, ErrorCode.UNAVAILABLE);
    var notices = new ArrayList<String>();
    var report =
        service.run(
            flaky,
            plan(thousand(row -> false), LoadOptions.DEFAULT),
            status -> status.notice().ifPresent(notices::add),
            Progress.NONE);
    assertEquals(Outcome.DONE, report.outcome(), report.message());
    assertEquals(2, notices.size());
    assertEquals(1_000, count());
  }

  @Test
  void aWriteWhoseAnswerWasLostIsNotWrittenTwice() throws IOException {
    var flaky = new Flaky(engine, 1, true, ErrorCode.TIMEOUT);
    var report =
        service.run(
            flaky,
            plan(thousand(row -> false), LoadOptions.DEFAULT.withBatch(300, 1 << 20)),
            status -> {},
            Progress.NONE);
    assertEquals(Outcome.DONE, report.outcome(), report.message());
    assertEquals(1_000, count());
  }

  @Test
  void findsTheRowsTheEngineRefuses() throws IOException {
    var choosy = new Choosy(engine, 13);
    var report =
        service.run(
            choosy, plan(thousand(row -> false), LoadOptions.DEFAULT), status -> {}, Progress.NONE);
    assertEquals(Outcome.DONE, report.outcome(), report.message());
    assertEquals(999, report.written());
    assertEquals(14, report.rejected().get(0).row());
  }

  @Test
  void cancelledSaysWhatIsIn() throws IOException {
    var report =
        service.run(
            engine,
            plan(thousand(row -> false), LoadOptions.DEFAULT.withBatch(100, 1 << 20)),
            status -> {},
            new CancelAfter(4));
    assertEquals(Outcome.CANCELLED, report.outcome());
    assertEquals(count(), report.written());
    assertTrue(
        report.message().contains("%d rows are already in".formatted(count())), report.message());
  }

  @Test
  void goesOnAfterItWasCutOffWithoutLosingOrRepeatingARow() throws IOException {
    var journal = folder.resolve("journals").resolve("films.jsonl");
    var file = thousand(row -> row % 100 == 7);
    var options = LoadOptions.DEFAULT.withBatch(100, 1 << 20).withJournal(journal);
    // Dies with a write the engine has carried out and the load never heard of.
    var dying = new Flaky(engine, 1, true, ErrorCode.INTERNAL).after(4);
    var first = service.run(dying, plan(file, options), status -> {}, Progress.NONE);
    assertEquals(Outcome.FAILED, first.outcome());

    var unfinished = service.unfinished(folder.resolve("journals"));
    assertEquals(1, unfinished.size());
    var second = service.run(engine, unfinished.get(0).plan(), status -> {}, Progress.NONE);

    assertEquals(Outcome.DONE, second.outcome(), second.message());
    assertEquals(990, count());
    assertEquals(990, second.written());
    assertEquals(10, second.rejectedRows());
    assertFalse(Files.exists(journal));
  }

  @Test
  void aJournalOfAFileThatHasChangedIsRefused() throws IOException {
    var journal = folder.resolve("j.jsonl");
    var file = thousand(row -> false);
    var options = LoadOptions.DEFAULT.withBatch(100, 1 << 20).withJournal(journal);
    service.run(engine, plan(file, options), status -> {}, new CancelAfter(4));
    Files.writeString(file, "id,title,v\n");
    assertThrows(
        IllegalArgumentException.class,
        () -> service.run(engine, plan(file, options), status -> {}, Progress.NONE));
  }

  @Test
  void keysThatComeTwiceAreNoSuccess() throws IOException {
    var file = write("a.csv", "id,title,v\n1,a,\"[1,2,3]\"\n1,b,\"[1,2,3]\"\n");
    var report = service.run(engine, plan(file, LoadOptions.DEFAULT), status -> {}, Progress.NONE);
    assertEquals(Outcome.MISCOUNTED, report.outcome());
    assertTrue(report.message().contains("from 0 to 1"), report.message());
  }

  private void assertRefused(String part, Path file, Mapping wrong) {
    var mapping = new ArrayList<>(MAPPING);
    mapping.set(1, wrong);
    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                service.run(
                    engine,
                    new LoadPlan(file, target(), mapping, LoadOptions.DEFAULT),
                    status -> {},
                    Progress.NONE));
    assertTrue(failure.getMessage().contains(part), failure.getMessage());
  }

  private LoadReport load(FileProfile profile) {
    var suggestion = service.suggest(profile, "loaded");
    var target = new Target.New(DB, suggestion.schema(), suggestion.indexes());
    var plan = new LoadPlan(profile.file(), target, suggestion.mapping(), LoadOptions.DEFAULT);
    return service.run(engine, plan, status -> {}, Progress.NONE);
  }

  private static Origin columns(String name) {
    return new Origin.Columns(name);
  }

  private static CollectionSchema schema() {
    return new CollectionSchema(
        "films",
        "",
        List.of(
            Field.scalar("id", DataType.INT64).asPrimaryKey(false),
            Field.varchar("title", 64),
            Field.vector("v", DataType.FLOAT_VECTOR, 3)),
        List.of(),
        false);
  }

  private static Target target() {
    return new Target.New(DB, schema(), List.of());
  }

  private static LoadPlan plan(Path file, LoadOptions options) {
    return new LoadPlan(file, target(), MAPPING, options);
  }

  private long count() {
    return engine.call(new QueryRequest.Count(DB, "films", QueryRequest.Scope.of(Filter.ALL)));
  }

  private static Field field(CollectionSchema schema, String name) {
    return schema.fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// A thousand rows; bad ones have a vector of another length.
  private Path thousand(Predicate<Integer> bad) throws IOException {
    var text = new StringBuilder("id,title,v\n");
    for (int row = 0; row < 1_000; row++) {
      text.append(row)
          .append(",film ")
          .append(row)
          .append(bad.test(row) ? ",\"[1, 2]\"\n" : ",\"[1, 2, %d]\"\n".formatted(row));
    }
    return write("films.csv", text.toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private void npy(String name, int rows, int dimension) throws IOException {
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }";
    var text = header.formatted(rows, dimension);
    var bytes = ByteBuffer.allocate(128 + rows * dimension * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes
        .put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) 0);
    bytes
        .putShort((short) 118)
        .put((text + " ".repeat(118 - text.length())).getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < rows * dimension; i++) {
      bytes.putFloat(i + 0.5f);
    }
    Files.write(folder.resolve(name), bytes.array());
  }

  private static String base64(float... components) {
    var bytes = ByteBuffer.allocate(components.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float component : components) {
      bytes.putFloat(component);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /// Counts letters: a vector that is known without a model.
  private record LetterCounts() implements TextEmbedder {
    @Override
    public String model() {
      return "letter counts";
    }

    @Override
    public int dimension() {
      return 26;
    }

    @Override
    public FloatVectorColumn embed(String name, List<String> texts, Progress progress) {
      var values = new float[texts.size() * 26];
      for (int i = 0; i < texts.size(); i++) {
        int at = i * 26;
        texts.get(i).chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> values[at + c - 'a']++);
      }
      return new FloatVectorColumn(name, 26, values);
    }

    @Override
    public void close() {}
  }

  /// Fails some writes, after carrying them out or instead.
  private static final class Flaky implements Engine {
    private final Engine inner;
    private final boolean carriesOut;
    private final ErrorCode code;
    private int failures;
    private int good;

    Flaky(Engine inner, int failures, boolean carriesOut, ErrorCode code) {
      this.inner = inner;
      this.failures = failures;
      this.carriesOut = carriesOut;
      this.code = code;
    }

    Flaky after(int goodWrites) {
      good = goodWrites;
      return this;
    }

    @Override
    public <R> R call(Request<R> request, Progress progress) {
      boolean write = request instanceof RowRequest<?>;
      if (write && good-- <= 0 && failures > 0) {
        failures--;
        if (carriesOut) {
          inner.call(request, progress);
        }
        throw new EngineException(code, "the line was cut");
      }
      return inner.call(request, progress);
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

  /// Refuses every batch with one key.
  private record Choosy(Engine inner, long key) implements Engine {
    @Override
    public <R> R call(Request<R> request, Progress progress) {
      if (request instanceof RowRequest.Insert insert) {
        var ids = insert.rows().column("id").orElseThrow();
        for (int row = 0; row < ids.size(); row++) {
          if (ids.value(row).orElseThrow().equals(key)) {
            throw new EngineException(ErrorCode.INVALID_ARGUMENT, "key %d is odd".formatted(key));
          }
        }
      }
      return inner.call(request, progress);
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
