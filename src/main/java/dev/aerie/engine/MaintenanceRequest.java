package dev.aerie.engine;

import java.util.List;
import java.util.Map;

/// Keeping a collection in shape.
public sealed interface MaintenanceRequest<R> extends Request<R> {
  @Override
  default boolean writes() {
    return true;
  }

  /// Seals what is growing and waits until it is on disk.
  record Flush(String database, List<String> collections) implements MaintenanceRequest<Done> {
    public Flush {
      collections = List.copyOf(collections);
    }

    @Override
    public Capability needs() {
      return Capability.FLUSH;
    }
  }

  /// Starts merging segments and dropping deleted rows.
  record Compact(String database, String collection, boolean clustering)
      implements MaintenanceRequest<Long> {
    @Override
    public Capability needs() {
      return Capability.COMPACT;
    }
  }

  /// @param job what [Compact] answered
  record CompactionState(long job) implements MaintenanceRequest<CompactionStatus> {
    @Override
    public Capability needs() {
      return Capability.COMPACT;
    }

    @Override
    public boolean writes() {
      return false;
    }
  }

  record Segments(String database, String collection)
      implements MaintenanceRequest<List<SegmentInfo>> {
    @Override
    public Capability needs() {
      return Capability.SEGMENTS;
    }

    @Override
    public boolean writes() {
      return false;
    }
  }

  record CompactionStatus(
      boolean finished, int executing, int completed, int failed, List<CompactionPlan> plans) {
    public CompactionStatus {
      plans = List.copyOf(plans);
    }
  }

  /// @param sources segments that are merged
  /// @param target what they become, 0 while that is not known
  record CompactionPlan(List<Long> sources, long target) {
    public CompactionPlan {
      sources = List.copyOf(sources);
    }
  }

  /// @param state growing, sealed, flushed, in the server's words
  /// @param level in the server's words, empty where it has none
  /// @param index type of each indexed vector field, by field: "HNSW;M=16;efConstruction=200"
  /// @param bytes on disk or in memory, -1 where the server does not say
  /// @param nodes that serve it
  record SegmentInfo(
      String id,
      String collection,
      String partition,
      String state,
      String level,
      long rows,
      long deletedRows,
      long bytes,
      Map<String, String> index,
      List<Long> nodes) {
    public SegmentInfo {
      index = Map.copyOf(index);
      nodes = List.copyOf(nodes);
    }
  }
}
