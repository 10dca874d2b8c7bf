package dev.aerie.ui.health;

import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.ObserveRequest.HealthStatus;
import dev.aerie.engine.ObserveRequest.JobInfo;
import dev.aerie.engine.ObserveRequest.Node;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What an engine says of itself at one moment.
///
/// @param collections by falling number of rows
/// @param known collections there are, of which `collections` may be the largest only
/// @param missing why a part could not be read, by the part
record HealthReading(
    Instant at,
    EngineInfo engine,
    HealthStatus status,
    List<CollectionState> collections,
    int known,
    List<JobInfo> jobs,
    List<Node> nodes,
    Map<Part, String> missing) {
  /// What a reading is made of.
  enum Part {
    STATISTICS,
    SEGMENTS,
    JOBS,
    METRICS
  }

  HealthReading {
    collections = List.copyOf(collections);
    jobs = List.copyOf(jobs);
    nodes = List.copyOf(nodes);
    missing = Map.copyOf(missing);
  }

  long rows() {
    return collections.stream().mapToLong(CollectionState::rows).sum();
  }

  long rowsWithoutIndex() {
    return collections.stream().mapToLong(CollectionState::rowsWithoutIndex).sum();
  }

  long segments() {
    return collections.stream().mapToLong(state -> state.figures().segments()).sum();
  }

  /// Bytes on disk as far as collections tell them.
  long diskBytes() {
    return collections.stream().mapToLong(state -> Math.max(0, state.figures().diskBytes())).sum();
  }

  long runningJobs() {
    return jobs.stream().filter(job -> job.state() == JobInfo.State.RUNNING).count();
  }

  /// A figure of all nodes together; empty where none tells it.
  OptionalDouble figure(String name) {
    var told =
        nodes.stream()
            .filter(node -> node.figures().containsKey(name))
            .mapToDouble(node -> node.figures().getOrDefault(name, 0.0))
            .toArray();
    return told.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Arrays.stream(told).sum());
  }
}
