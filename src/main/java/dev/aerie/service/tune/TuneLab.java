package dev.aerie.service.tune;

import dev.aerie.engine.Engine;
import dev.aerie.engine.Progress;
import dev.aerie.layout.Points;
import dev.aerie.layout.Workers;
import dev.aerie.service.bench.CollectionRows;
import dev.aerie.service.bench.SearchTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The lab of one live engine: experiments, and what they recommend put to use. Asked by views,
/// which know no arrays of vectors.
public final class TuneLab {
  /// Rows a new index is verified with.
  public static final int VERIFY_QUERIES = 200;

  private final Engine live;
  private final TuneService service;
  private final IndexApply apply;

  /// @param live is read, and written by [#apply] only
  /// @param scratch builds and answers what is measured
  public TuneLab(Engine live, Engine scratch, TruthCache cache, Workers workers) {
    this.live = live;
    this.service = new TuneService(live, scratch, cache, workers);
    this.apply = new IndexApply(live, workers);
  }

  /// A change that has been made to a live collection, and how to take it back.
  public record Applied(IndexApply.Request request, IndexApply.Outcome outcome) {}

  /// [TuneService#run] with what is measured already.
  public Experiment run(
      TuneRequest request,
      List<Trial> known,
      TuneListener listener,
      TuneControl control,
      Progress progress) {
    return service.run(request, known, listener, control, progress);
  }

  /// Builds a trial's index on the live collection, verifies it on rows drawn from it, and keeps it
  /// unless its recall is below both the goal's and the lower end of what the trial promised.
  public Applied apply(TuneRequest asked, Trial trial, Progress progress) {
    var target =
        new SearchTarget(live, asked.database(), asked.collection(), asked.field(), asked.filter());
    var request =
        new IndexApply.Request(
            asked.database(),
            asked.collection(),
            asked.field(),
            asked.metric(),
            trial.build().index(),
            trial.run().params(),
            sample(target, progress),
            asked.goal().k(),
            Math.min(asked.goal().recall(), trial.run().recall().low()));
    return new Applied(request, apply.apply(request, progress));
  }

  /// Puts back the index that was there before.
  public void rollBack(Applied applied) {
    apply.rollBack(applied.request(), applied.outcome());
  }

  /// Rows drawn evenly while all are streamed by: Vitter's reservoir (Algorithm R, 1985).
  private static Points sample(SearchTarget target, Progress progress) {
    progress.phase("Drawing rows to verify with");
    var random = new SplittableRandom(42);
    var kept = new ArrayList<float[]>();
    var seen = new long[1];
    new CollectionRows(target)
        .stream(
            block -> {
              for (int row = 0; row < block.points().count(); row++) {
                long place = seen[0]++;
                if (place >= VERIFY_QUERIES) {
                  place = random.nextLong(place + 1);
                }
                if (place == kept.size()) {
                  kept.add(block.points().row(row));
                } else if (place < kept.size()) {
                  kept.set((int) place, block.points().row(row));
                }
              }
            },
            progress);
    if (kept.isEmpty()) {
      throw new IllegalArgumentException(
          "collection \"%s\" holds no vectors in \"%s\""
              .formatted(target.collection(), target.field()));
    }
    int dim = kept.getFirst().length;
    var values = new float[kept.size() * dim];
    for (int row = 0; row < kept.size(); row++) {
      System.arraycopy(kept.get(row), 0, values, row * dim, dim);
    }
    return Points.of(values, dim);
  }
}
