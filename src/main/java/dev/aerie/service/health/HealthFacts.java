package dev.aerie.service.health;

import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.CollectionRequest.CollectionStatistics;
import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.MaintenanceRequest.SegmentInfo;
import dev.aerie.engine.ObserveRequest.HealthStatus;
import dev.aerie.engine.ObserveRequest.JobInfo;
import dev.aerie.engine.ObserveRequest.Node;
import dev.aerie.engine.ObserveRequest.SlowQuery;
import dev.aerie.engine.PartitionRequest.PartitionInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one look at an engine sees.
///
/// @param unknown what could not be seen, by name, each with the reason
/// @param latency of searches since the last look, where they were metered
/// @param recalls measured by the probe
public record HealthFacts(
    Instant at,
    EngineInfo engine,
    Optional<HealthStatus> status,
    List<CollectionFacts> collections,
    List<Node> nodes,
    List<JobInfo> jobs,
    List<SlowQuery> slowQueries,
    Optional<Meter.Figures> latency,
    List<RecallProbe.Probe> recalls,
    Map<String, String> unknown) {
  public HealthFacts {
    collections = List.copyOf(collections);
    nodes = List.copyOf(nodes);
    jobs = List.copyOf(jobs);
    slowQueries = List.copyOf(slowQueries);
    recalls = List.copyOf(recalls);
    unknown = Map.copyOf(unknown);
  }

  /// @param statistics empty where the engine does not tell
  public record CollectionFacts(
      String database,
      CollectionInfo info,
      Optional<CollectionStatistics> statistics,
      List<IndexInfo> indexes,
      List<SegmentInfo> segments,
      List<PartitionInfo> partitions) {
    public CollectionFacts {
      indexes = List.copyOf(indexes);
      segments = List.copyOf(segments);
      partitions = List.copyOf(partitions);
    }

    public String name() {
      return database + "." + info.name();
    }
  }

  /// The same with what was measured apart from the look.
  public HealthFacts with(Optional<Meter.Figures> figures, List<RecallProbe.Probe> probes) {
    return new HealthFacts(
        at, engine, status, collections, nodes, jobs, slowQueries, figures, probes, unknown);
  }
}
