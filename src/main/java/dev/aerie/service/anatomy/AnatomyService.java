package dev.aerie.service.anatomy;

import dev.aerie.engine.Embedding;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.Explain;
import dev.aerie.engine.ObserveRequest;
import dev.aerie.engine.ObserveRequest.SegmentAnatomy;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.SearchRequest;
import dev.aerie.service.bench.SearchTarget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks into indexes.
public final class AnatomyService {
  private final Engine engine;

  public AnatomyService(Engine engine) {
    this.engine = engine;
  }

  /// @param raw as the engine told it, for nodes, neighbours and centroids
  /// @param figures one a segment, in the same order
  public record Anatomy(List<SegmentAnatomy> raw, List<IndexFigures> figures) {
    public Anatomy {
      raw = List.copyOf(raw);
      figures = List.copyOf(figures);
    }
  }

  /// @param maxNodes of each graph, with neighbours; 0 for figures alone
  /// @throws EngineException `UNSUPPORTED` where the engine cannot look into its indexes
  public Anatomy look(
      String database, String collection, String field, int maxNodes, Progress progress) {
    var raw =
        engine.call(new ObserveRequest.Anatomy(database, collection, field, maxNodes), progress);
    return new Anatomy(raw, raw.stream().map(IndexFigures::of).toList());
  }

  /// A search with its way through the index.
  ///
  /// @param keys found, nearest first
  /// @param missed exact neighbours that were not found, each with why
  public record TracedSearch(List<Object> keys, Optional<Explain> explain, List<Missed> missed) {
    public TracedSearch {
      keys = List.copyOf(keys);
      missed = List.copyOf(missed);
    }
  }

  /// @param rank among the exact neighbours, the nearest being 1
  /// @param why in a sentence
  public record Missed(Object key, int rank, String why) {}

  /// Traces a search and tells of each true neighbour it missed why: never looked at, or looked at
  /// and turned away.
  public TracedSearch trace(
      SearchTarget target, Embedding query, int k, Map<String, String> params) {
    var plan =
        SearchRequest.Plan.of(target.field(), query, k, Scope.of(target.filter())).with(params);
    var answer =
        engine.call(
            new SearchRequest.Search(target.database(), target.collection(), plan, true, true));
    var found = SearchTarget.keys(answer.hits().getFirst());
    var exact = SearchTarget.keys(target.ask(query, k, params, true));
    var visited = new HashSet<String>();
    var probed = new HashSet<Integer>();
    answer.explain().ifPresent(explain -> collect(explain, visited, probed));
    var missed = new ArrayList<Missed>();
    for (int rank = 0; rank < exact.size(); rank++) {
      var key = exact.get(rank);
      if (!found.contains(key)) {
        missed.add(new Missed(key, rank + 1, why(key, visited, probed)));
      }
    }
    return new TracedSearch(found, answer.explain(), missed);
  }

  private static void collect(Explain explain, Set<String> visited, Set<Integer> probed) {
    for (var run : explain.segments()) {
      for (var step : run.steps()) {
        switch (step) {
          case Explain.Step.Visit visit -> visited.add(visit.id());
          case Explain.Step.Probe probe -> probed.add(probe.list());
        }
      }
    }
  }

  private static String why(Object key, Set<String> visited, Set<Integer> probed) {
    if (visited.contains(String.valueOf(key))) {
      return "The walk looked at it, and nearer candidates had filled the list by then";
    }
    if (!visited.isEmpty()) {
      return "The walk never came to it: a wider one (ef) or a denser graph (M) would";
    }
    if (!probed.isEmpty()) {
      return "It lies in a list that was not probed, or its code ranked it too low:"
          + " a larger nprobe would find the former, a deeper re-rank the latter";
    }
    return "The engine did not tell the way of this search";
  }
}
