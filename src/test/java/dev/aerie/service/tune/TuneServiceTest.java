package dev.aerie.service.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.engine.Request;
import dev.aerie.layout.Points;
import dev.aerie.layout.Workers;
import dev.aerie.service.MemoryEngine;
import dev.aerie.service.bench.IndexChoice;
import dev.aerie.service.bench.ScratchCollection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TuneServiceTest {
  private static final int DIM = 8;
  private final MemoryEngine live = new MemoryEngine();
  private final MemoryEngine scratch = new MemoryEngine();
  @TempDir private Path folder;

  @BeforeEach
  void fill() {
    var random = new SplittableRandom(9);
    var values = new float[500 * DIM];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    var collection = new ScratchCollection(live, "films", Metric.L2, DIM);
    collection.fill(Points.of(values, DIM), Progress.NONE);
    live.call(
        new IndexRequest.Create(
            "default",
            "films",
            IndexRequest.IndexSpec.of(
                ScratchCollection.VECTOR, IndexType.FLAT, Metric.L2, Map.of())));
  }

  private TuneService service() {
    return new TuneService(live, scratch, new TruthCache(folder), Workers.CALLER);
  }

  private static TuneRequest request(double recall, int sample) {
    return new TuneRequest(
        "default",
        "films",
        ScratchCollection.VECTOR,
        Metric.L2,
        dev.aerie.engine.Filter.ALL,
        Goal.recall(10, recall),
        new QuerySource.HeldOut(40, 1),
        List.of(IndexChoice.parse("HNSW,M=16"), IndexChoice.parse("IVF_FLAT,nlist=64")),
        sample,
        1000);
  }

  @Test
  void recommendsASettingThatMeetsTheGoal() {
    var experiment =
        service().run(request(0.95, 1000), TuneListener.NONE, new TuneControl(), Progress.NONE);
    var advice = experiment.recommendation().orElseThrow();
    assertTrue(advice.met());
    assertTrue(advice.best().run().recall().mean() >= 0.95);
    assertTrue(advice.reason().contains("meets recall@10 ≥ 0.95"), advice.reason());
    assertTrue(experiment.complete());
    assertEquals(460, experiment.rows());
    assertEquals(500, experiment.total());
  }

  @Test
  void saysWhatComesClosestWhereTheGoalIsImpossible() {
    var impossible =
        new TuneRequest(
            "default",
            "films",
            ScratchCollection.VECTOR,
            Metric.L2,
            dev.aerie.engine.Filter.ALL,
            new Goal(10, 0.9, java.util.OptionalDouble.of(1e-9), java.util.OptionalLong.empty()),
            new QuerySource.HeldOut(20, 1),
            List.of(IndexChoice.parse("HNSW")),
            1000,
            1000);
    var advice =
        service()
            .run(impossible, TuneListener.NONE, new TuneControl(), Progress.NONE)
            .recommendation()
            .orElseThrow();
    assertFalse(advice.met());
    assertTrue(advice.reason().startsWith("No setting"), advice.reason());
  }

  @Test
  void onlyReadsTheLiveCollection() {
    int before = live.calls().size();
    service().run(request(0.95, 100), TuneListener.NONE, new TuneControl(), Progress.NONE);
    assertFalse(
        live.calls().subList(before, live.calls().size()).stream().anyMatch(Request::writes));
  }

  @Test
  void triesOnASampleFirst() {
    var trials = new ArrayList<Trial>();
    var listener =
        new TuneListener() {
          @Override
          public void measured(Trial trial) {
            trials.add(trial);
          }
        };
    service().run(request(0.9, 100), listener, new TuneControl(), Progress.NONE);
    assertEquals(100, trials.getFirst().rows());
    assertEquals(460, trials.getLast().rows());
  }

  @Test
  void leavesNothingBehindWhenItIsCancelledAndGoesOnFromThere() {
    var seen = new ArrayList<Trial>();
    var listener =
        new TuneListener() {
          @Override
          public void measured(Trial trial) {
            seen.add(trial);
            if (trial.build().index().type().equals(IndexType.IVF_FLAT)) {
              throw new CancellationException();
            }
          }
        };
    var stopped = service().run(request(0.95, 1000), listener, new TuneControl(), Progress.NONE);
    assertFalse(stopped.complete());
    assertEquals(List.of(), scratch.call(new CollectionRequest.ListAll(DatabaseRequest.DEFAULT)));
    assertTrue(
        stopped.trials().stream()
            .allMatch(trial -> trial.build().index().type().equals(IndexType.HNSW)));

    seen.clear();
    var builds = new ArrayList<Trial>();
    var again =
        service()
            .run(
                request(0.95, 1000),
                stopped.trials(),
                new TuneListener() {
                  @Override
                  public void measured(Trial trial) {
                    builds.add(trial);
                  }
                },
                new TuneControl(),
                Progress.NONE);
    assertTrue(again.complete());
    assertTrue(
        builds.stream().allMatch(trial -> trial.build().index().type().equals(IndexType.IVF_FLAT)));
  }

  @Test
  void readsBackWhatItSaved() {
    var experiment =
        service().run(request(0.95, 1000), TuneListener.NONE, new TuneControl(), Progress.NONE);
    assertEquals(experiment, ExperimentFile.fromJson(ExperimentFile.toJson(experiment)));
    assertEquals(experiment.trials().size() + 1, ExperimentFile.toCsv(experiment).lines().count());
    assertTrue(ExperimentFile.toHtml(experiment).contains("default.films.vector"));
  }

  @Test
  void findsTheCachedTruthAgain() {
    service().run(request(0.9, 1000), TuneListener.NONE, new TuneControl(), Progress.NONE);
    var phases = new ArrayList<String>();
    var listening =
        new Progress() {
          @Override
          public void update(long done, long total) {}

          @Override
          public void phase(String name) {
            phases.add(name);
          }

          @Override
          public void check() {}
        };
    service().run(request(0.9, 1000), TuneListener.NONE, new TuneControl(), listening);
    assertFalse(phases.contains("Finding the exact neighbours"), phases.toString());
  }

  @Test
  void keepsAnIndexThatHoldsWhatItPromised() {
    var apply = new IndexApply(live, Workers.CALLER);
    var outcome = apply.apply(request(Map.of("ef", "400")), Progress.NONE);
    assertTrue(outcome.kept());
    assertEquals(IndexType.HNSW, current());
    apply.rollBack(request(Map.of()), outcome);
    assertEquals(IndexType.FLAT, current());
  }

  @Test
  void restoresTheOldIndexWhenTheNewOneFallsShort() {
    var outcome =
        new IndexApply(live, Workers.CALLER).apply(request(Map.of("ef", "1")), Progress.NONE);
    assertFalse(outcome.kept());
    assertEquals(IndexType.FLAT, current());
  }

  @Test
  void restoresTheOldIndexWhenItIsCancelled() {
    var cancelling =
        new Progress() {
          @Override
          public void update(long done, long total) {}

          @Override
          public void phase(String name) {
            if (name.startsWith("Verifying")) {
              throw new CancellationException();
            }
          }

          @Override
          public void check() {}
        };
    assertThrows(
        CancellationException.class,
        () -> new IndexApply(live, Workers.CALLER).apply(request(Map.of()), cancelling));
    assertEquals(IndexType.FLAT, current());
  }

  private IndexType current() {
    return live.call(new IndexRequest.Describe("default", "films", Optional.empty()))
        .getFirst()
        .spec()
        .type();
  }

  private static IndexApply.Request request(Map<String, String> search) {
    return new IndexApply.Request(
        "default",
        "films",
        ScratchCollection.VECTOR,
        Metric.L2,
        IndexChoice.parse("HNSW,M=16"),
        search,
        Points.of(new float[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0}, DIM),
        10,
        0.9);
  }
}
