package dev.aerie.ui.health;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionRequest.CollectionStatistics;
import dev.aerie.engine.CollectionRequest.CollectionSummary;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.ObserveRequest;
import dev.aerie.engine.ObserveRequest.EngineMetrics;
import dev.aerie.engine.ObserveRequest.HealthStatus;
import dev.aerie.engine.Progress;
import dev.aerie.engine.Request;
import dev.aerie.ui.health.HealthReading.Part;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes readings of an engine. Blocking; one reading at a time.
final class HealthReader {
  /// Collections that are looked into; the others are counted.
  static final int MOST_COLLECTIONS = 200;

  private final Engine engine;
  private final Clock clock;

  HealthReader(Engine engine, Clock clock) {
    this.engine = engine;
    this.clock = clock;
  }

  private record Named(String database, CollectionSummary summary) {
    long rows() {
      return summary.rows().orElse(0);
    }
  }

  /// @throws EngineException if not even the list of collections can be had
  HealthReading read(Progress progress) {
    var missing = new EnumMap<Part, String>(Part.class);
    var named = new ArrayList<Named>();
    for (var database : engine.call(new DatabaseRequest.ListAll(), progress)) {
      for (var summary : engine.call(new CollectionRequest.ListAll(database.name()), progress)) {
        named.add(new Named(database.name(), summary));
      }
    }
    named.sort(Comparator.comparingLong(Named::rows).reversed());
    var states = new ArrayList<CollectionState>();
    for (var one : named.subList(0, Math.min(named.size(), MOST_COLLECTIONS))) {
      progress.check();
      state(one, missing, progress).ifPresent(states::add);
    }
    states.sort(Comparator.comparingLong(CollectionState::rows).reversed());
    var health =
        ask(new ObserveRequest.Health(), new HealthStatus(true, List.of()), Part.METRICS, missing);
    var jobs = ask(new ObserveRequest.Jobs(), List.of(), Part.JOBS, missing);
    var metrics =
        ask(new ObserveRequest.Metrics(), new EngineMetrics(List.of(), ""), Part.METRICS, missing);
    return new HealthReading(
        clock.instant(),
        engine.info(),
        health,
        states,
        named.size(),
        jobs,
        metrics.nodes(),
        missing);
  }

  /// A collection as it stands; empty if it was dropped since it was listed.
  private Optional<CollectionState> state(Named one, Map<Part, String> missing, Progress progress) {
    var name = one.summary.name();
    try {
      var schema =
          engine.call(new CollectionRequest.Describe(one.database, name), progress).schema();
      var figures =
          ask(
              new CollectionRequest.Statistics(one.database, name),
              new CollectionStatistics(one.rows(), 0, 0, 0, -1),
              Part.STATISTICS,
              missing);
      var vectors = schema.vectors().stream().map(Field::name).toList();
      var indexes =
          engine
              .call(new IndexRequest.Describe(one.database, name, Optional.empty()), progress)
              .stream()
              .filter(index -> vectors.contains(index.spec().field()))
              .toList();
      var segments =
          ask(
              new MaintenanceRequest.Segments(one.database, name),
              List.<MaintenanceRequest.SegmentInfo>of(),
              Part.SEGMENTS,
              missing);
      return Optional.of(
          new CollectionState(one.database, name, figures, vectors, indexes, segments));
    } catch (EngineException e) {
      if (e.code() == ErrorCode.COLLECTION_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// The answer, or a stand-in and the reason where the engine has none.
  private <R> R ask(Request<R> request, R otherwise, Part part, Map<Part, String> missing) {
    var reason = engine.capabilities().whyNot(request.needs());
    if (reason.isPresent()) {
      missing.put(part, reason.get());
      return otherwise;
    }
    try {
      return engine.call(request);
    } catch (EngineException e) {
      if (e.code() == ErrorCode.COLLECTION_NOT_FOUND || e.code() == ErrorCode.UNAVAILABLE) {
        throw e;
      }
      missing.put(part, e.getMessage());
      return otherwise;
    }
  }
}
