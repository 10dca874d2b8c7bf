package dev.aerie.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Looking at an engine: its health, figures, jobs, and the inside of its indexes.
public sealed interface ObserveRequest<R> extends Request<R> {
  @Override
  default boolean writes() {
    return false;
  }

  record Health() implements ObserveRequest<HealthStatus> {
    @Override
    public Capability needs() {
      return Capability.STATISTICS;
    }
  }

  /// Figures of every node.
  record Metrics() implements ObserveRequest<EngineMetrics> {
    @Override
    public Capability needs() {
      return Capability.METRICS;
    }
  }

  /// Builds, merges, imports: running ones and those that ended lately.
  record Jobs() implements ObserveRequest<List<JobInfo>> {
    @Override
    public Capability needs() {
      return Capability.JOBS;
    }
  }

  record SlowQueries() implements ObserveRequest<List<SlowQuery>> {
    @Override
    public Capability needs() {
      return Capability.SLOW_QUERIES;
    }
  }

  /// A new hybrid timestamp: milliseconds << 18 | counter.
  record Timestamp() implements ObserveRequest<Long> {
    @Override
    public Capability needs() {
      return Capability.COLLECTIONS;
    }
  }

  /// What an analyzer makes of texts.
  ///
  /// @param analyzer Milvus' `analyzer_params` as JSON
  record AnalyzerPreview(List<String> texts, String analyzer)
      implements ObserveRequest<List<List<Token>>> {
    public AnalyzerPreview {
      texts = List.copyOf(texts);
    }

    @Override
    public Capability needs() {
      return Capability.ANALYZER_PREVIEW;
    }
  }

  /// The inside of the index on a vector field, segment by segment.
  ///
  /// @param maxNodes at most so many nodes with their neighbours for each graph, the entry's
  ///     surroundings first; 0 for the figures alone
  record Anatomy(String database, String collection, String field, int maxNodes)
      implements ObserveRequest<List<SegmentAnatomy>> {
    @Override
    public Capability needs() {
      return Capability.ANATOMY;
    }
  }

  record HealthStatus(boolean healthy, List<String> reasons) {
    public HealthStatus {
      reasons = List.copyOf(reasons);
    }
  }

  /// @param raw the server's own answer, for what this Aerie does not know
  record EngineMetrics(List<Node> nodes, String raw) {
    public EngineMetrics {
      nodes = List.copyOf(nodes);
    }
  }

  /// One process of an engine.
  ///
  /// @param figures by stable names: `memory.used`, `memory.total`, `heap.used`, `disk.used`,
  ///     `cpu.cores`, `cpu.usage` … in bytes, counts and shares
  /// @param properties everything else a server tells, as text
  record Node(
      long id,
      String name,
      String role,
      String address,
      String version,
      String state,
      Map<String, Double> figures,
      Map<String, String> properties) {
    public Node {
      figures = Map.copyOf(figures);
      properties = Map.copyOf(properties);
    }
  }

  /// @param kind "index build", "merge", "import", "backup"
  /// @param done and `total` in rows; total -1 where not known
  /// @param startedAt milliseconds since 1970
  record JobInfo(
      String id,
      String kind,
      String database,
      String collection,
      String detail,
      State state,
      long done,
      long total,
      long startedAt,
      Optional<String> failure) {
    /// What a job is doing.
    public enum State {
      WAITING,
      RUNNING,
      PAUSED,
      FINISHED,
      CANCELLED,
      FAILED
    }
  }

  /// @param at milliseconds since 1970
  /// @param request as the engine tells it, without vectors and literals
  record SlowQuery(
      long at, String database, String collection, String kind, long nanos, String request) {}

  /// @param start and `end` offsets in the text, in chars
  record Token(String text, int start, int end, int position) {}

  /// The inside of one segment's index on one field; `rows` are those with a vector.
  sealed interface SegmentAnatomy {
    String segment();

    long rows();

    /// No structure: rows are compared one by one.
    record Flat(String segment, long rows, String reason) implements SegmentAnatomy {}

    /// A navigable small-world graph.
    ///
    /// @param levelSizes nodes by level, the base level first
    /// @param degrees at the base level: how many nodes have 0, 1, 2 … neighbours
    /// @param unreachable nodes no walk from the entry arrives at
    record Graph(
        String segment,
        long rows,
        int m,
        int efConstruction,
        List<Integer> levelSizes,
        List<Integer> degrees,
        int unreachable,
        Optional<String> entryId,
        List<GraphNode> nodes)
        implements SegmentAnatomy {
      public Graph {
        levelSizes = List.copyOf(levelSizes);
        degrees = List.copyOf(degrees);
        nodes = List.copyOf(nodes);
      }
    }

    /// Inverted lists around centroids.
    ///
    /// @param sizes rows by list
    /// @param centroids `nlist × dimension`, row-major, as a column
    /// @param errors mean squared quantisation error by list; empty where rows are stored whole
    record Lists(
        String segment,
        long rows,
        String codes,
        List<Integer> sizes,
        FloatVectorColumn centroids,
        List<Double> errors)
        implements SegmentAnatomy {
      public Lists {
        sizes = List.copyOf(sizes);
        errors = List.copyOf(errors);
      }
    }
  }

  /// @param id the row's key as text
  /// @param list the inverted list, of an IVF index
  record GraphNode(String id, int level, List<String> neighbours, OptionalInt list) {
    public GraphNode {
      neighbours = List.copyOf(neighbours);
    }
  }
}
