package dev.aerie.service.tune;

import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.Progress;
import dev.aerie.layout.Points;
import dev.aerie.layout.Workers;
import dev.aerie.service.bench.BenchData;
import dev.aerie.service.bench.BuildResult;
import dev.aerie.service.bench.CollectionRows;
import dev.aerie.service.bench.IndexChoice;
import dev.aerie.service.bench.Reservoir;
import dev.aerie.service.bench.ScratchCollection;
import dev.aerie.service.bench.SearchGrid;
import dev.aerie.service.bench.SearchRun;
import dev.aerie.service.bench.SearchTarget;
import dev.aerie.service.bench.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/// Runs tuning experiments. One run at a time on a scratch engine; the live engine is only read.
public final class TuneService {
  private static final int FINALISTS = 3;
  private static final int COARSE_QUERIES = 200;
  private static final int TRUTH_K = 100;

  /// A candidate at less than this share of the fastest at the goal is not built on all rows.
  private static final double WORTH = 0.5;

  private final Engine live;
  private final Engine scratch;
  private final TruthCache cache;
  private final Workers workers;

  /// @param live read only
  /// @param scratch where indexes are built and dropped; may be the live engine's own, the
  ///     collections are others
  public TuneService(Engine live, Engine scratch, TruthCache cache, Workers workers) {
    this.live = live;
    this.scratch = scratch;
    this.cache = cache;
    this.workers = workers;
  }

  /// Runs an experiment to its end, or until it is cancelled: then it comes back as far as it got,
  /// incomplete. The scratch collection is dropped either way.
  public Experiment run(
      TuneRequest request, TuneListener listener, TuneControl control, Progress progress) {
    return run(request, List.of(), listener, control, progress);
  }

  /// Goes on with an experiment that was cancelled: trials it has are not measured again.
  ///
  /// @param known trials of a run with the same request on the same rows
  public Experiment run(
      TuneRequest request,
      List<Trial> known,
      TuneListener listener,
      TuneControl control,
      Progress progress) {
    var start = Instant.now();
    var trials = new ArrayList<>(known);
    var copy = copy(request, progress);
    boolean complete = true;
    try {
      new Run(request, copy, trials, listener, control, progress).go();
    } catch (CancellationException cancelled) {
      complete = false;
    }
    var finals = trials.stream().filter(Trial::finalist).toList();
    return new Experiment(
        UUID.randomUUID().toString(),
        start,
        Duration.between(start, Instant.now()).toMillis() / 1000.0,
        "%s.%s.%s".formatted(request.database(), request.collection(), request.field()),
        request.metric().name(),
        copy.base().count(),
        copy.total(),
        copy.queries().count(),
        request.goal(),
        trials,
        Recommendation.of(request.goal(), finals),
        complete);
  }

  /// Rows and queries taken from the live collection.
  private record Copy(Points base, Points queries, long total) {}

  /// Everything, or a uniform sample of it.
  private Copy copy(TuneRequest request, Progress progress) {
    progress.phase("Reading " + request.collection());
    var target =
        new SearchTarget(
            live, request.database(), request.collection(), request.field(), request.filter());
    var reservoir = new Reservoir(request.mostRows(), 42);
    var kept = new ArrayList<float[]>();
    long total =
        new CollectionRows(target)
            .stream(
                block -> {
                  for (int row = 0; row < block.points().count(); row++) {
                    int place = reservoir.next();
                    if (place == kept.size()) {
                      kept.add(block.points().row(row));
                    } else if (place >= 0) {
                      kept.set(place, block.points().row(row));
                    }
                  }
                },
                progress);
    return switch (request.queries()) {
      case QuerySource.Own(var queries) -> new Copy(points(kept), queries, total);
      case QuerySource.HeldOut(int count, long seed) -> {
        if (kept.size() < 2) {
          throw new IllegalArgumentException(
              "collection \"%s\" has %d rows with a vector; tuning needs at least 2"
                  .formatted(request.collection(), kept.size()));
        }
        var choice = new SplittableRandom(seed);
        int held = Math.min(count, Math.max(1, kept.size() / 5));
        // The first `held` of a shuffle: each row is equally likely to be a query.
        for (int i = 0; i < held; i++) {
          java.util.Collections.swap(kept, i, choice.nextInt(i, kept.size()));
        }
        yield new Copy(
            points(kept.subList(held, kept.size())), points(kept.subList(0, held)), total);
      }
    };
  }

  private static Points points(List<float[]> rows) {
    int dim = rows.isEmpty() ? 1 : rows.getFirst().length;
    var values = new float[Math.multiplyExact(rows.size(), dim)];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, values, row * dim, dim);
    }
    return new Points(values, rows.size(), dim);
  }

  /// One run's state.
  private final class Run {
    private final TuneRequest request;
    private final Copy copy;
    private final List<Trial> trials;
    private final TuneListener listener;
    private final TuneControl control;
    private final Progress progress;

    Run(
        TuneRequest request,
        Copy copy,
        List<Trial> trials,
        TuneListener listener,
        TuneControl control,
        Progress progress) {
      this.request = request;
      this.copy = copy;
      this.trials = trials;
      this.listener = listener;
      this.control = control;
      this.progress = progress;
    }

    void go() {
      int rows = copy.base().count();
      var candidates =
          request.candidates().isEmpty()
              ? Candidates.of(scratch.capabilities(), rows)
              : request.candidates();
      int sampled = Math.min(rows, request.sampleRows());
      listener.planned(candidates, sampled, rows, copy.queries().count());
      var finalists = candidates;
      if (sampled < rows && candidates.size() > 1) {
        var sample = copy.base().select(IntStream.range(0, sampled).toArray());
        var queries =
            copy.queries()
                .select(
                    IntStream.range(0, Math.min(COARSE_QUERIES, copy.queries().count())).toArray());
        finalists = best(candidates, stage(sample, queries, candidates, false, rows));
      }
      stage(copy.base(), copy.queries(), finalists, true, rows);
    }

    /// Builds and sweeps each index on the given rows.
    private Map<IndexChoice, List<Trial>> stage(
        Points base, Points queries, List<IndexChoice> indexes, boolean last, int rows) {
      var truth = truth(base, queries);
      var found = new LinkedHashMap<IndexChoice, List<Trial>>();
      try (var collection =
          new ScratchCollection(scratch, "aerie_tune", request.metric(), base.dim())) {
        boolean filled = false;
        for (var index : indexes) {
          control.await(progress);
          var known = known(index, last);
          if (!known.isEmpty()) {
            found.put(index, known);
            continue;
          }
          if (!filled) {
            collection.fill(base, progress);
            filled = true;
          }
          long start = System.nanoTime();
          measure(collection, base, queries, truth, index, last)
              .ifPresent(measured -> found.put(index, measured));
          estimate(indexes, found.size(), System.nanoTime() - start, base.count(), last, rows);
        }
      }
      return found;
    }

    private List<Trial> known(IndexChoice index, boolean last) {
      return trials.stream()
          .filter(trial -> trial.finalist() == last && trial.build().index().equals(index))
          .toList();
    }

    private Optional<List<Trial>> measure(
        ScratchCollection collection,
        Points base,
        Points queries,
        Truth truth,
        IndexChoice index,
        boolean last) {
      try {
        var build = collection.build(index, progress);
        progress.phase("Searching " + index);
        var run = new SearchRun(collection.target(), embeddings(queries), truth, workers);
        var measured = new Sweep(run, build, base, last).go(index);
        // Taken over all at once, so that a cancelled run has every index whole or not at all.
        trials.addAll(measured);
        return Optional.of(measured);
      } catch (EngineException refused) {
        listener.failed(index, String.valueOf(refused.getMessage()));
        return Optional.empty();
      }
    }

    private Truth truth(Points base, Points queries) {
      int k = Math.min(base.count(), Math.max(TRUTH_K, request.goal().k()));
      long fingerprint = TruthCache.fingerprint(base, queries, request.metric().name(), k);
      return cache
          .find(fingerprint)
          .orElseGet(
              () -> {
                progress.phase("Finding the exact neighbours");
                var truth = BenchData.exact(base, queries, request.metric(), k, workers, progress);
                cache.put(fingerprint, truth);
                return truth;
              });
    }

    /// Those worth building on all rows: the fastest at the goal, and the smallest.
    private List<IndexChoice> best(
        List<IndexChoice> candidates, Map<IndexChoice, List<Trial>> coarse) {
      var goal = request.goal();
      var speed = new LinkedHashMap<IndexChoice, Double>();
      coarse.forEach(
          (index, measured) ->
              speed.put(index, Recommendation.qpsAt(goal.recall(), measured).orElse(0)));
      double fastest = speed.values().stream().mapToDouble(qps -> qps).max().orElse(0);
      if (fastest == 0) {
        return coarse.entrySet().stream()
            .sorted(
                Comparator.comparingDouble(
                    entry ->
                        -entry.getValue().stream()
                            .mapToDouble(trial -> trial.run().recall().mean())
                            .max()
                            .orElse(0)))
            .limit(FINALISTS)
            .map(Map.Entry::getKey)
            .toList();
      }
      var kept =
          new ArrayList<>(
              speed.entrySet().stream()
                  .filter(entry -> entry.getValue() >= WORTH * fastest)
                  .sorted(Map.Entry.<IndexChoice, Double>comparingByValue().reversed())
                  .limit(FINALISTS)
                  .map(Map.Entry::getKey)
                  .toList());
      smallest(coarse, goal).filter(index -> !kept.contains(index)).ifPresent(kept::add);
      for (var index : candidates) {
        if (coarse.containsKey(index) && !kept.contains(index)) {
          double qps = speed.getOrDefault(index, 0.0);
          listener.dropped(
              index,
              qps == 0
                  ? "it does not reach recall %s on the sample".formatted(goal.recall())
                  : "at recall %s it answers %.0f %% of the fastest's queries"
                      .formatted(goal.recall(), 100 * qps / fastest));
        }
      }
      return kept;
    }

    private static Optional<IndexChoice> smallest(Map<IndexChoice, List<Trial>> coarse, Goal goal) {
      return goal.memoryBytes().isEmpty()
          ? Optional.empty()
          : coarse.entrySet().stream()
              .filter(entry -> Recommendation.qpsAt(goal.recall(), entry.getValue()).isPresent())
              .min(
                  Comparator.comparingDouble(
                      entry -> entry.getValue().getFirst().build().bytesPerVector()))
              .map(Map.Entry::getKey);
    }

    /// The rest of this stage at the pace of its last index and, from the coarse stage, the
    /// finalists at that pace times the growth in rows.
    private void estimate(
        List<IndexChoice> indexes, int done, long nanos, int stageRows, boolean last, int rows) {
      double rest = (double) nanos * (indexes.size() - done);
      if (!last) {
        rest += (double) nanos * FINALISTS * rows / stageRows;
      }
      listener.estimated(Duration.ofMillis(Math.round(rest / 1e6)));
    }

    /// The search parameters of one built index.
    private final class Sweep {
      private final SearchRun run;
      private final BuildResult build;
      private final Points base;
      private final boolean last;
      private final List<Trial> measured = new ArrayList<>();

      Sweep(SearchRun run, BuildResult build, Points base, boolean last) {
        this.run = run;
        this.build = build;
        this.base = base;
        this.last = last;
      }

      /// Up the grid until the goal's recall is passed, then, on all rows, halving between the two
      /// values around it.
      List<Trial> go(IndexChoice index) {
        var goal = request.goal();
        Map<String, String> below = Map.of();
        int beyond = 0;
        for (var params : SearchGrid.of(index, base.count(), goal.k())) {
          double recall = measure(params).run().recall().mean();
          if (recall >= goal.recall()) {
            if (beyond == 0 && last && !below.isEmpty()) {
              halve(below, params);
            }
            beyond++;
          } else {
            below = params;
          }
          if (beyond > 2 || recall >= 0.9999) {
            break;
          }
        }
        return measured;
      }

      private void halve(Map<String, String> below, Map<String, String> above) {
        var name = above.keySet().iterator().next();
        int low = Integer.parseInt(below.getOrDefault(name, "0"));
        int high = Integer.parseInt(above.get(name));
        while (high - low > Math.max(1, low / 16)) {
          int middle = (low + high) >>> 1;
          var trial = measure(Map.of(name, Integer.toString(middle)));
          if (trial.run().recall().mean() >= request.goal().recall()) {
            high = middle;
          } else {
            low = middle;
          }
        }
      }

      private Trial measure(Map<String, String> params) {
        control.await(progress);
        var trial =
            new Trial(
                build,
                run.measure(request.goal().k(), params, 1, progress),
                base.count(),
                base.dim(),
                last);
        measured.add(trial);
        listener.measured(trial);
        return trial;
      }
    }
  }

  private static List<dev.aerie.engine.Embedding> embeddings(Points queries) {
    return IntStream.range(0, queries.count())
        .<dev.aerie.engine.Embedding>mapToObj(
            query -> dev.aerie.engine.Embedding.of(queries.row(query)))
        .toList();
  }
}
