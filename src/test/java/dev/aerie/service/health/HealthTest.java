package dev.aerie.service.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.CollectionRequest.CollectionStatistics;
import dev.aerie.engine.CollectionRequest.LoadStatus;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.Consistency;
import dev.aerie.engine.DataType;
import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.Field;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.MaintenanceRequest.SegmentInfo;
import dev.aerie.engine.Metric;
import dev.aerie.engine.ObserveRequest.HealthStatus;
import dev.aerie.engine.ObserveRequest.JobInfo;
import dev.aerie.engine.ObserveRequest.Node;
import dev.aerie.engine.ObserveRequest.SlowQuery;
import dev.aerie.engine.PartitionRequest.PartitionInfo;
import dev.aerie.engine.Progress;
import dev.aerie.layout.Points;
import dev.aerie.layout.Workers;
import dev.aerie.service.MemoryEngine;
import dev.aerie.service.bench.Recall;
import dev.aerie.service.bench.ScratchCollection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final CollectionSchema SCHEMA =
      CollectionSchema.of(
          "films",
          Field.scalar("id", DataType.INT64).asPrimaryKey(false),
          Field.varchar("brand", 50),
          Field.vector("plot", DataType.FLOAT_VECTOR, 4));
  private static final IndexInfo SOUND = index(IndexInfo.State.FINISHED, 100_000);

  /// Facts to be spoiled one at a time.
  private static final class Facts {
    Optional<HealthStatus> status = Optional.of(new HealthStatus(true, List.of()));
    LoadStatus load = LoadStatus.LOADED;
    CollectionStatistics statistics = new CollectionStatistics(100_000, 0, 0, 4, 1 << 20);
    List<IndexInfo> indexes = List.of(SOUND);
    List<SegmentInfo> segments = Collections.nCopies(4, segment(25_000));
    List<PartitionInfo> partitions = List.of(partition("_default", LoadStatus.LOADED));
    List<Node> nodes = List.of(node(0.5));
    List<JobInfo> jobs = List.of(job(JobInfo.State.FINISHED));
    List<SlowQuery> slow = List.of();
    Meter.Figures figures = new Meter.Figures(10, 1000, 2, 5, 15, 0, 0);
    List<RecallProbe.Probe> probes = List.of(probe(0.96, 0.95));

    List<String> rules() {
      return findings().stream().map(Finding::rule).toList();
    }

    List<Finding> findings() {
      return HealthRules.of(facts());
    }

    HealthFacts facts() {
      var info =
          new CollectionInfo(
              "default", SCHEMA, 1, List.of(), 1, 0, Consistency.BOUNDED, Map.of(), 0, 1, load);
      return new HealthFacts(
          NOW,
          new EngineInfo("Aerie", "1", "here"),
          status,
          List.of(
              new HealthFacts.CollectionFacts(
                  "default", info, Optional.of(statistics), indexes, segments, partitions)),
          nodes,
          jobs,
          slow,
          Optional.of(figures),
          probes,
          Map.of());
    }
  }

  private final Facts facts = new Facts();

  @Test
  void findsNothingWhereAllIsWell() {
    assertEquals(List.of(), facts.rules());
    assertEquals("healthy", new HealthReport(facts.facts(), facts.findings()).verdict());
  }

  @Test
  void reportsAnEngineThatSaysItIsUnwell() {
    facts.status = Optional.of(new HealthStatus(false, List.of("etcd is away")));
    assertEquals(List.of("unhealthy"), facts.rules());
    assertEquals("unhealthy", new HealthReport(facts.facts(), facts.findings()).verdict());
  }

  @Test
  void reportsAVectorFieldWithoutIndex() {
    facts.indexes = List.of();
    assertEquals(List.of("no-index"), facts.rules());
    assertTrue(
        facts.findings().getFirst().fix().orElseThrow().request().orElseThrow()
            instanceof IndexRequest.Create);
  }

  @Test
  void lacksNoIndexOnFewRows() {
    facts.indexes = List.of();
    facts.statistics = new CollectionStatistics(500, 0, 0, 1, 1);
    assertEquals(List.of(), facts.rules());
  }

  @Test
  void reportsRowsTheIndexDoesNotCover() {
    facts.indexes = List.of(index(IndexInfo.State.BUILDING, 80_000));
    assertEquals(List.of("unindexed-rows"), facts.rules());
    facts.indexes = List.of(index(IndexInfo.State.BUILDING, 96_000));
    assertEquals(List.of(), facts.rules());
  }

  @Test
  void offersToGoOnWithAStoppedBuild() {
    facts.indexes = List.of(index(IndexInfo.State.CANCELLED, 10_000));
    assertTrue(
        facts.findings().getFirst().fix().orElseThrow().request().orElseThrow()
            instanceof IndexRequest.Resume);
  }

  @Test
  void reportsABuildThatFailed() {
    facts.indexes = List.of(index(IndexInfo.State.FAILED, 0));
    assertEquals(List.of("failed-index"), facts.rules());
  }

  @Test
  void reportsACollectionThatIsNotLoaded() {
    facts.load = new LoadStatus(LoadStatus.State.NOT_LOADED, 0);
    assertEquals(List.of("not-loaded"), facts.rules());
    assertEquals("healthy", new HealthReport(facts.facts(), facts.findings()).verdict());
  }

  @Test
  void reportsDeletedRowsThatTakeRoom() {
    facts.statistics = new CollectionStatistics(100_000, 40_000, 0, 4, 1);
    assertEquals(List.of("deleted-rows"), facts.rules());
    facts.statistics = new CollectionStatistics(100_000, 9_000, 0, 4, 1);
    assertEquals(List.of(), facts.rules());
  }

  @Test
  void reportsManySmallSegments() {
    facts.segments = Collections.nCopies(30, segment(500));
    assertEquals(List.of("small-segments"), facts.rules());
    assertTrue(
        facts.findings().getFirst().fix().orElseThrow().request().orElseThrow()
            instanceof MaintenanceRequest.Compact);
    facts.segments = Collections.nCopies(3, segment(500));
    assertEquals(List.of(), facts.rules());
  }

  @Test
  void reportsPartitionsLeftOut() {
    facts.partitions =
        List.of(
            partition("a", LoadStatus.LOADED),
            partition("b", new LoadStatus(LoadStatus.State.NOT_LOADED, 0)));
    assertEquals(List.of("partly-loaded"), facts.rules());
  }

  @Test
  void reportsMemoryNearItsLimit() {
    facts.nodes = List.of(node(0.9));
    assertEquals(Finding.Severity.AMBER, facts.findings().getFirst().severity());
    facts.nodes = List.of(node(0.97));
    assertEquals(Finding.Severity.RED, facts.findings().getFirst().severity());
  }

  @Test
  void reportsJobsThatFailedOrQueue() {
    facts.jobs = List.of(job(JobInfo.State.FAILED));
    assertEquals(List.of("failed-job"), facts.rules());
    facts.jobs = Collections.nCopies(9, job(JobInfo.State.WAITING));
    assertEquals(List.of("queueing"), facts.rules());
    facts.jobs = Collections.nCopies(3, job(JobInfo.State.WAITING));
    assertEquals(List.of(), facts.rules());
  }

  @Test
  void reportsALongTailOnceThereAreSearchesEnough() {
    facts.figures = new Meter.Figures(10, 1000, 2, 5, 50, 0, 0);
    assertEquals(List.of("slow-tail"), facts.rules());
    facts.figures = new Meter.Figures(10, 20, 2, 5, 50, 0, 0);
    assertEquals(List.of(), facts.rules());
  }

  @Test
  void reportsSlowFiltersOnFieldsWithoutIndex() {
    facts.slow =
        List.of(new SlowQuery(0, "default", "films", "search", 1, "k=10 filter: brand == ?"));
    assertEquals(List.of("slow-filter"), facts.rules());
    facts.slow = List.of(new SlowQuery(0, "default", "films", "search", 1, "k=10 filter: id == ?"));
    assertEquals(List.of(), facts.rules());
  }

  @Test
  void reportsRecallThatHasFallen() {
    facts.probes = List.of(probe(0.80, 0.95));
    assertEquals(List.of("recall-drift"), facts.rules());
    facts.probes = List.of(probe(0.94, 0.95));
    assertEquals(List.of(), facts.rules());
  }

  @Test
  void looksAtALiveEngineAndSaysWhatItCannotSee() throws IOException {
    var engine = new MemoryEngine();
    new ScratchCollection(engine, "films", Metric.L2, 2)
        .fill(Points.of(new float[] {1, 2, 3, 4}, 2), Progress.NONE);
    var report = new HealthService(engine, Clock.fixed(NOW, ZoneOffset.UTC)).check(Progress.NONE);
    var json = new ObjectMapper().readTree(report.toJson());
    assertEquals("healthy", json.path("verdict").asText());
    assertEquals(2, json.path("collections").path(0).path("rows").asInt());
    assertEquals(
        "FLOAT_VECTOR(2)",
        json.path("collections").path(0).path("fields").path(1).path("type").asText());
    assertTrue(report.facts().unknown().containsKey("partitions of films"));
  }

  @Test
  void probesTheRecallOfALiveCollection() {
    var engine = new MemoryEngine();
    var collection = new ScratchCollection(engine, "films", Metric.L2, 2);
    var values = new float[400];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * 7.1);
    }
    collection.fill(Points.of(values, 2), Progress.NONE);
    engine.call(
        new IndexRequest.Create(
            "default",
            "films",
            IndexSpec.of(ScratchCollection.VECTOR, IndexType.HNSW, Metric.L2, Map.of())));
    var probe = new RecallProbe(engine, Workers.CALLER);
    var exact =
        probe.probe(
            collection.target(),
            Metric.L2,
            Map.of(),
            30,
            5,
            1,
            OptionalDouble.empty(),
            Progress.NONE);
    assertEquals(1, exact.recall().mean());
    var loose =
        probe.probe(
            collection.target(),
            Metric.L2,
            Map.of("ef", "2"),
            30,
            5,
            1,
            OptionalDouble.empty(),
            Progress.NONE);
    assertTrue(loose.recall().mean() < 0.9, loose.recall().toString());
  }

  @Test
  void countsWhatPassesThroughTheMeter() {
    var engine = new Meter(new MemoryEngine());
    var collection = new ScratchCollection(engine, "films", Metric.L2, 2);
    collection.fill(Points.of(new float[] {1, 2, 3, 4}, 2), Progress.NONE);
    for (int i = 0; i < 5; i++) {
      int hits =
          collection.target().ask(dev.aerie.engine.Embedding.of(1, 2), 1, Map.of(), false).size();
      assertEquals(1, hits);
    }
    assertThrows(
        dev.aerie.engine.EngineException.class,
        () -> engine.call(new dev.aerie.engine.CollectionRequest.Describe("default", "nowhere")));
    var figures = engine.take();
    assertEquals(5, figures.searches());
    assertEquals(2, figures.rowsWritten());
    assertEquals(1, figures.failures());
    assertEquals(0, engine.take().searches());
  }

  @Test
  void keepsWeeksInConstantSpace(@TempDir Path folder) throws IOException {
    var history = new History();
    for (int minute = 0; minute < 60 * 24 * 40; minute++) {
      history.record("qps", NOW.plus(Duration.ofMinutes(minute)), minute % 100);
    }
    var end = NOW.plus(Duration.ofDays(40));
    assertTrue(history.read("qps", end.minus(Duration.ofHours(1)), end).size() >= 59);
    var month = history.read("qps", end.minus(Duration.ofDays(30)), end);
    assertEquals(Duration.ofMinutes(15), month.getFirst().width());
    assertTrue(month.size() <= 30 * 96 + 1, month.size() + " points");
    assertFalse(month.getFirst().at().isBefore(end.minus(Duration.ofDays(31))));
    var file = folder.resolve("history");
    history.save(file);
    var again = History.read(file);
    assertEquals(history.read("qps", NOW, end), again.read("qps", NOW, end));
  }

  private static IndexInfo index(IndexInfo.State state, long indexed) {
    return new IndexInfo(
        IndexSpec.of("plot", IndexType.HNSW, Metric.L2, Map.of()),
        state,
        100_000,
        indexed,
        state == IndexInfo.State.FAILED ? Optional.of("disk full") : Optional.empty());
  }

  private static SegmentInfo segment(long rows) {
    return new SegmentInfo("1", "films", "_default", "sealed", "", rows, 0, 1, Map.of(), List.of());
  }

  private static PartitionInfo partition(String name, LoadStatus load) {
    return new PartitionInfo(name, 1, 10, 0, load);
  }

  private static Node node(double memory) {
    return new Node(
        1,
        "one",
        "standalone",
        "",
        "",
        "",
        Map.of("memory.used", memory * 1e9, "memory.total", 1e9),
        Map.of());
  }

  private static JobInfo job(JobInfo.State state) {
    return new JobInfo("1", "merge", "default", "films", "", state, 0, 1, 0, Optional.empty());
  }

  private static RecallProbe.Probe probe(double mean, double baseline) {
    return new RecallProbe.Probe(
        "default.films",
        10,
        new Recall(mean, 0.01, mean, List.of(mean)),
        OptionalDouble.of(baseline));
  }
}
