package dev.aerie.service.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.layout.Points;
import dev.aerie.layout.Workers;
import dev.aerie.service.MemoryEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchServiceTest {
  private static final int DIM = 12;

  static Points random(int count, long seed) {
    var random = new SplittableRandom(seed);
    var values = new float[count * DIM];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Points(values, count, DIM);
  }

  private static BenchData data() {
    return BenchData.of(
        "random", Metric.L2, random(600, 1), random(40, 2), Workers.CALLER, Progress.NONE);
  }

  @Test
  void measuresRecallAsABruteForceCheckDoes() {
    var engine = new MemoryEngine();
    var data = data();
    var report =
        new BenchService(engine, Workers.CALLER)
            .run(
                new BenchService.Plan(
                    data, List.of(new IndexChoice(IndexType.HNSW, Map.of("M", "16"))), 10, 1),
                entry -> {},
                Progress.NONE);
    var runs = report.entries().getFirst().runs();
    try (var scratch = new ScratchCollection(engine, "check", Metric.L2, DIM)) {
      scratch.fill(data.base(), Progress.NONE);
      scratch.build(new IndexChoice(IndexType.HNSW, Map.of()), Progress.NONE);
      var params = Map.of("ef", "10");
      double right = 0;
      for (int query = 0; query < 40; query++) {
        var found =
            SearchTarget.keys(
                scratch.target().ask(SearchRun.embeddings(data).get(query), 10, params, false));
        var exact = Set.copyOf(bruteForce(data, query, 10));
        right += found.stream().filter(exact::contains).count() / 10.0;
      }
      assertEquals(right / 40, runs.getFirst().recall().mean(), 1e-12);
      assertTrue(runs.getFirst().recall().mean() < 1);
    }
  }

  @Test
  void dropsItsCollectionWhenItIsCancelled() {
    var engine = new MemoryEngine();
    var cancelling =
        new Progress() {
          @Override
          public void update(long done, long total) {}

          @Override
          public void phase(String name) {
            if (name.startsWith("Searching")) {
              throw new CancellationException();
            }
          }

          @Override
          public void check() {}
        };
    var service = new BenchService(engine, Workers.CALLER);
    var plan =
        new BenchService.Plan(data(), List.of(new IndexChoice(IndexType.HNSW, Map.of())), 10, 1);
    assertThrows(CancellationException.class, () -> service.run(plan, entry -> {}, cancelling));
    assertEquals(List.of(), engine.call(new CollectionRequest.ListAll(DatabaseRequest.DEFAULT)));
  }

  @Test
  void answersTheHarnessLineByLine() throws IOException {
    var out = new StringWriter();
    new ServeLoop(new MemoryEngine(), data(), Workers.CALLER)
        .run(
            new BufferedReader(
                new StringReader(
                    """
                    build g HNSW,M=16
                    run g ef=40 1
                    run other ef=40 1
                    jump
                    quit
                    """)),
            new PrintWriter(out));
    var lines = out.toString().lines().toList();
    assertTrue(lines.get(0).startsWith("ready "), lines.get(0));
    assertTrue(lines.get(1).matches("built g s=.* cpu=.* beside_raw=.*"), lines.get(1));
    assertTrue(lines.get(2).matches("res g recall=0\\.\\d+ qps=.* p99=.*"), lines.get(2));
    assertTrue(lines.get(3).startsWith("err nothing named \"other\""), lines.get(3));
    assertTrue(lines.get(4).startsWith("err command \"jump\""), lines.get(4));
  }

  @Test
  void measuresTheSameRecallWithSeveralThreads() {
    try (var pool = Executors.newFixedThreadPool(3)) {
      var engine = new MemoryEngine();
      var data = data();
      try (var scratch = new ScratchCollection(engine, "threads", Metric.L2, DIM)) {
        scratch.fill(data.base(), Progress.NONE);
        scratch.build(new IndexChoice(IndexType.HNSW, Map.of()), Progress.NONE);
        var run =
            new SearchRun(
                scratch.target(), SearchRun.embeddings(data), data.truth(), new Workers(pool, 3));
        var one = run.measure(10, Map.of("ef", "12"), 1, Progress.NONE);
        var three = run.measure(10, Map.of("ef", "12"), 3, Progress.NONE);
        assertEquals(one.recall(), three.recall());
      }
    }
  }

  @Test
  void readsFilesAndComputesTheTruthTheyLack(@TempDir Path folder) throws IOException {
    write(folder.resolve("set_base.fvecs"), random(50, 3));
    write(folder.resolve("set_query.fvecs"), random(5, 4));
    var data = BenchData.read(folder.resolve("set"), Metric.IP, Workers.CALLER, Progress.NONE);
    assertEquals(50, data.base().count());
    assertEquals(bruteForceIp(data, 3), data.truth().answers().get(3).keys().subList(0, 10));
  }

  @Test
  void namesTheRowThatBreaksAFile(@TempDir Path folder) throws IOException {
    var bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(1).putFloat(1).putInt(2).putFloat(1);
    Files.write(folder.resolve("bad_base.fvecs"), bytes.array());
    write(folder.resolve("bad_query.fvecs"), random(5, 4));
    var failure =
        assertThrows(
            dev.aerie.engine.EngineException.class,
            () -> BenchData.read(folder.resolve("bad"), Metric.IP, Workers.CALLER, Progress.NONE));
    assertTrue(failure.getMessage().contains("row 1"), failure.getMessage());
  }

  @Test
  void interpolatesThroughputOnTheLogarithm() {
    var entry =
        new BenchReport.Entry(
            new BuildResult(IndexChoice.parse("HNSW"), 1, 1, 10),
            List.of(run(0.8, 1000), run(0.9, 100), run(0.85, 50)));
    assertEquals(Math.sqrt(1000.0 * 100), entry.qpsAt(0.85).getAsDouble(), 1e-6);
    assertEquals(1000, entry.qpsAt(0.5).getAsDouble());
    assertFalse(entry.qpsAt(0.95).isPresent());
  }

  @Test
  void boundsRecallWhereEveryQueryAgrees() {
    var recall = Recall.of(new double[] {1, 1, 1, 1, 1, 1});
    assertEquals(0.5, recall.margin());
    assertEquals(0.5, recall.low());
    assertEquals(1, recall.p5());
  }

  @Test
  void countsAKeyThatIsFoundTwiceOnce() {
    var truth = new Truth(2, List.of(new Truth.Answer(List.of(1L, 2L), List.of(0.1, 0.2))));
    assertEquals(0.5, truth.recall(0, List.of(1L, 1L), 2));
    assertEquals(List.of(2L), truth.missed(0, List.of(1L, 1L), 2));
  }

  private static Measurement run(double recall, double qps) {
    return new Measurement(
        Map.of(),
        10,
        1,
        1,
        new Recall(recall, 0, recall, List.of(recall)),
        new Latency(1, 1, 1, 1, 1),
        qps,
        qps);
  }

  private static List<Object> bruteForce(BenchData data, int query, int k) {
    return ranked(data, k, row -> -distance(data, query, row));
  }

  private static List<Object> bruteForceIp(BenchData data, int query) {
    return ranked(
        data,
        10,
        row -> {
          double sum = 0;
          for (int i = 0; i < DIM; i++) {
            sum += (double) data.base().get(row, i) * data.queries().get(query, i);
          }
          return sum;
        });
  }

  private static List<Object> ranked(
      BenchData data, int k, java.util.function.IntToDoubleFunction score) {
    return java.util.stream.IntStream.range(0, data.base().count())
        .boxed()
        .sorted((a, b) -> Double.compare(score.applyAsDouble(b), score.applyAsDouble(a)))
        .limit(k)
        .<Object>map(Integer::longValue)
        .toList();
  }

  private static double distance(BenchData data, int query, int row) {
    double sum = 0;
    for (int i = 0; i < DIM; i++) {
      double difference = (double) data.base().get(row, i) - data.queries().get(query, i);
      sum += difference * difference;
    }
    return sum;
  }

  private static void write(Path path, Points points) throws IOException {
    var bytes =
        ByteBuffer.allocate(points.count() * 4 * (points.dim() + 1)).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < points.count(); row++) {
      bytes.putInt(points.dim());
      for (float value : points.row(row)) {
        bytes.putFloat(value);
      }
    }
    Files.write(path, bytes.array());
  }
}
