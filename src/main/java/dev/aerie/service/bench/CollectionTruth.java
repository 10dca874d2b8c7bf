package dev.aerie.service.bench;

import dev.aerie.engine.Embedding;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.layout.ExactNeighbours;
import dev.aerie.layout.Points;
import dev.aerie.layout.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Exact answers over a live collection, in one pass over its rows with all cores; the rows are
/// never all in memory.
public final class CollectionTruth {
  private final SearchTarget target;
  private final Workers workers;

  public CollectionTruth(SearchTarget target, Workers workers) {
    this.target = target;
    this.workers = workers;
  }

  /// The exact `k` nearest rows of each query among those the target's filter lets through.
  ///
  /// @param held keys that do not count, such as those of the queries themselves
  public Truth compute(Points queries, Metric metric, int k, Set<Object> held, Progress progress) {
    var search = new ExactNeighbours(queries, metric, k);
    var keys = new ArrayList<Object>();
    progress.phase("Comparing %,d queries with every row".formatted(queries.count()));
    new CollectionRows(target)
        .stream(
            block -> {
              var kept = held.isEmpty() ? block : without(block, held);
              keys.addAll(kept.keys());
              search.accept(kept.points(), workers, Progress.NONE);
            },
            progress);
    var neighbours = search.finish();
    var answers = new ArrayList<Truth.Answer>();
    for (int query = 0; query < queries.count(); query++) {
      var ids = new ArrayList<Object>();
      var values = new ArrayList<Double>();
      for (int rank = 0; rank < k && neighbours.row(query, rank) >= 0; rank++) {
        ids.add(keys.get(Math.toIntExact(neighbours.row(query, rank))));
        values.add(neighbours.value(query, rank));
      }
      answers.add(new Truth.Answer(ids, values));
    }
    return new Truth(k, answers);
  }

  /// The truth an engine tells of itself by comparing with every row, for vectors that are not
  /// numbers: binary and sparse ones.
  public Truth askEngine(List<? extends Embedding> queries, int k, Progress progress) {
    var answers = new ArrayList<Truth.Answer>();
    for (var query : queries) {
      var hits = target.ask(query, k, java.util.Map.of(), true);
      var values = new ArrayList<Double>();
      for (int i = 0; i < hits.size(); i++) {
        values.add((double) hits.values().get(i));
      }
      answers.add(new Truth.Answer(SearchTarget.keys(hits), values));
      progress.update(answers.size(), queries.size());
    }
    return new Truth(k, answers);
  }

  private static CollectionRows.Block without(CollectionRows.Block block, Set<Object> held) {
    var kept = new ArrayList<Object>();
    var rows = new int[block.keys().size()];
    for (int row = 0; row < rows.length; row++) {
      if (!held.contains(block.keys().get(row))) {
        rows[kept.size()] = row;
        kept.add(block.keys().get(row));
      }
    }
    return new CollectionRows.Block(
        kept, block.points().select(java.util.Arrays.copyOf(rows, kept.size())));
  }
}
