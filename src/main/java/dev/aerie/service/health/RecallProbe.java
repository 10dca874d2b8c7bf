package dev.aerie.service.health;

import dev.aerie.engine.Capability;
import dev.aerie.engine.Embedding;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.layout.Points;
import dev.aerie.layout.Workers;
import dev.aerie.service.bench.CollectionRows;
import dev.aerie.service.bench.CollectionTruth;
import dev.aerie.service.bench.Recall;
import dev.aerie.service.bench.Reservoir;
import dev.aerie.service.bench.SearchTarget;
import dev.aerie.service.bench.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// Measures the recall a live collection has now, on rows of its own taken as queries.
public final class RecallProbe {
  private final Engine engine;
  private final Workers workers;

  public RecallProbe(Engine engine, Workers workers) {
    this.engine = engine;
    this.workers = workers;
  }

  /// @param subject `database.collection`
  /// @param baseline what it was when it was last thought good
  public record Probe(String subject, int k, Recall recall, OptionalDouble baseline) {}

  /// @param params of the searches, as they are sent in earnest
  /// @param queries rows taken at random
  /// @throws IllegalArgumentException if the collection holds no vectors
  public Probe probe(
      SearchTarget place,
      Metric metric,
      Map<String, String> params,
      int queries,
      int k,
      long seed,
      OptionalDouble baseline,
      Progress progress) {
    var target =
        new SearchTarget(
            engine, place.database(), place.collection(), place.field(), place.filter());
    var sample = sample(target, queries, seed, progress);
    var embeddings = new ArrayList<Embedding>();
    for (int query = 0; query < sample.count(); query++) {
      embeddings.add(Embedding.of(sample.row(query)));
    }
    var truth = truth(target, sample, embeddings, metric, k, progress);
    var recalls = new double[embeddings.size()];
    progress.phase("Searching");
    for (int query = 0; query < recalls.length; query++) {
      var found = SearchTarget.keys(target.ask(embeddings.get(query), k, params, false));
      recalls[query] = truth.recall(query, found, k);
      progress.update(query + 1, recalls.length);
    }
    return new Probe(
        target.database() + "." + target.collection(), k, Recall.of(recalls), baseline);
  }

  /// The engine itself compares every row where it can; else its rows are streamed here.
  private Truth truth(
      SearchTarget target,
      Points sample,
      List<Embedding> embeddings,
      Metric metric,
      int k,
      Progress progress) {
    var exact = new CollectionTruth(target, workers);
    return engine.capabilities().has(Capability.SEARCH_EXACT)
        ? exact.askEngine(embeddings, k, progress)
        : exact.compute(sample, metric, k, Set.of(), progress);
  }

  private static Points sample(SearchTarget target, int queries, long seed, Progress progress) {
    var reservoir = new Reservoir(queries, seed);
    var kept = new ArrayList<float[]>();
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
    return new Points(values, kept.size(), dim);
  }
}
