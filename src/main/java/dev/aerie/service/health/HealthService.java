package dev.aerie.service.health;

import dev.aerie.engine.Capability;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.ObserveRequest;
import dev.aerie.engine.PartitionRequest;
import dev.aerie.engine.Progress;
import dev.aerie.engine.Request;
import dev.aerie.service.health.HealthFacts.CollectionFacts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Looks at an engine and judges. Only reads; what it may not see or the engine does not tell is
/// listed with the reason and does not fail the look.
public final class HealthService {
  private final Engine engine;
  private final Clock clock;

  public HealthService(Engine engine, Clock clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /// Facts and findings as of now.
  public HealthReport check(Progress progress) {
    return judge(look(progress));
  }

  /// With figures metered and recalls probed meanwhile.
  public HealthReport check(
      Optional<Meter.Figures> figures, List<RecallProbe.Probe> probes, Progress progress) {
    return judge(look(progress).with(figures, probes));
  }

  /// What there is to see.
  public HealthFacts look(Progress progress) {
    var unknown = new TreeMap<String, String>();
    var names = new ArrayList<String>();
    ask(new DatabaseRequest.ListAll(), "databases", unknown)
        .ifPresentOrElse(
            databases -> databases.forEach(database -> names.add(database.name())),
            () -> names.add(DatabaseRequest.DEFAULT));
    var collections = new ArrayList<CollectionFacts>();
    for (var database : names) {
      var found =
          ask(new CollectionRequest.ListAll(database), "collections of " + database, unknown);
      for (var summary : found.orElse(List.of())) {
        collection(database, summary.name(), unknown).ifPresent(collections::add);
        progress.check();
      }
    }
    return new HealthFacts(
        clock.instant(),
        engine.info(),
        ask(new ObserveRequest.Health(), "health", unknown),
        collections,
        ask(new ObserveRequest.Metrics(), "nodes", unknown)
            .map(ObserveRequest.EngineMetrics::nodes)
            .orElse(List.of()),
        ask(new ObserveRequest.Jobs(), "jobs", unknown).orElse(List.of()),
        ask(new ObserveRequest.SlowQueries(), "slow queries", unknown).orElse(List.of()),
        Optional.empty(),
        List.of(),
        unknown);
  }

  private static HealthReport judge(HealthFacts facts) {
    return new HealthReport(facts, HealthRules.of(facts));
  }

  private Optional<CollectionFacts> collection(
      String database, String name, Map<String, String> unknown) {
    var info = ask(new CollectionRequest.Describe(database, name), name, unknown);
    return info.map(
        known ->
            new CollectionFacts(
                database,
                known,
                ask(
                    new CollectionRequest.Statistics(database, name),
                    "statistics of " + name,
                    unknown),
                ask(
                        new IndexRequest.Describe(database, name, Optional.empty()),
                        "indexes of " + name,
                        unknown)
                    .orElse(List.of()),
                ask(new MaintenanceRequest.Segments(database, name), "segments of " + name, unknown)
                    .orElse(List.of()),
                ask(new PartitionRequest.ListAll(database, name), "partitions of " + name, unknown)
                    .orElse(List.of())));
  }

  private <R> Optional<R> ask(Request<R> request, String what, Map<String, String> unknown) {
    Capability needed = request.needs();
    var why = engine.capabilities().whyNot(needed);
    if (why.isPresent()) {
      unknown.put(what, why.get());
      return Optional.empty();
    }
    try {
      return Optional.of(engine.call(request));
    } catch (EngineException e) {
      unknown.put(what, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
