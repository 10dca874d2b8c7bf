package dev.aerie.service.tune;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.Embedding;
import dev.aerie.engine.Engine;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.layout.Points;
import dev.aerie.layout.Workers;
import dev.aerie.service.bench.CollectionTruth;
import dev.aerie.service.bench.IndexChoice;
import dev.aerie.service.bench.Measurement;
import dev.aerie.service.bench.SearchRun;
import dev.aerie.service.bench.SearchTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Puts a recommended index onto the live collection, verifies it there, and takes it back if it
/// does not hold what it promised.
public final class IndexApply {
  private final Engine engine;
  private final Workers workers;

  public IndexApply(Engine engine, Workers workers) {
    this.engine = engine;
    this.workers = workers;
  }

  /// What to put where.
  ///
  /// @param search parameters the searches will be sent with
  /// @param queries to verify with; they may be rows of the collection
  /// @param leastRecall below it the old index comes back
  public record Request(
      String database,
      String collection,
      String field,
      Metric metric,
      IndexChoice index,
      Map<String, String> search,
      Points queries,
      int k,
      double leastRecall) {
    public Request {
      search = Map.copyOf(search);
    }
  }

  /// What came of it.
  ///
  /// @param kept whether the new index stays; if not, the old one is back
  /// @param before the index that was there
  /// @param verified how the new index did on the live collection
  public record Outcome(boolean kept, Optional<IndexSpec> before, Measurement verified) {}

  /// Builds, verifies, and keeps or restores. A failure or cancellation on the way restores too and
  /// is thrown on.
  public Outcome apply(Request request, Progress progress) {
    var before = current(request);
    boolean kept = false;
    try {
      put(request, request.index().on(request.field(), request.metric()), before, progress);
      progress.phase("Verifying on %,d queries".formatted(request.queries().count()));
      var verified = verify(request, progress);
      kept = verified.recall().mean() >= request.leastRecall();
      return new Outcome(kept, before.map(IndexInfo::spec), verified);
    } finally {
      if (!kept) {
        restore(request, before.map(IndexInfo::spec));
      }
    }
  }

  /// Takes an index back that [#apply] has kept.
  public void rollBack(Request request, Outcome outcome) {
    restore(request, outcome.before());
  }

  private void restore(Request request, Optional<IndexSpec> before) {
    var now = current(request);
    if (before.isPresent()) {
      if (now.isEmpty() || !now.get().spec().equals(before.get())) {
        put(request, before.get(), now, Progress.NONE);
      }
    } else if (now.isPresent()) {
      drop(request, now.get());
    }
  }

  private Measurement verify(Request request, Progress progress) {
    var target =
        new SearchTarget(engine, request.database(), request.collection(), request.field());
    var truth =
        new CollectionTruth(target, workers)
            .compute(request.queries(), request.metric(), request.k(), Set.of(), progress);
    List<Embedding> queries =
        IntStream.range(0, request.queries().count())
            .mapToObj(query -> Embedding.of(request.queries().row(query)))
            .toList();
    return new SearchRun(target, queries, truth, workers)
        .measure(request.k(), request.search(), 1, progress);
  }

  private Optional<IndexInfo> current(Request request) {
    return engine
        .call(
            new IndexRequest.Describe(
                request.database(), request.collection(), Optional.of(request.field())))
        .stream()
        .findFirst();
  }

  private void put(
      Request request, IndexSpec index, Optional<IndexInfo> present, Progress progress) {
    // The embedded engine serves with the old index until the new one is there; a server has to
    // drop it first.
    if (present.isPresent() && !engine.info().product().equals("Aerie")) {
      drop(request, present.get());
    }
    progress.phase("Building " + index.type());
    engine.call(new IndexRequest.Create(request.database(), request.collection(), index), progress);
    engine.call(
        new IndexRequest.Await(request.database(), request.collection(), index.name()), progress);
    engine.call(new CollectionRequest.Load(request.database(), request.collection()), progress);
  }

  private void drop(Request request, IndexInfo index) {
    engine.call(new CollectionRequest.Release(request.database(), request.collection()));
    engine.call(new IndexRequest.Drop(request.database(), request.collection(), index.name()));
  }
}
