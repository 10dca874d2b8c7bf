package dev.aerie.engine;

import java.util.List;
import java.util.OptionalLong;

/// What a search did, and how long each part took.
///
/// @param phases in order; their sum is about the whole
/// @param segments what ran in each
/// @param filter how the filter was carried out, in words and structure
/// @param matched rows the filter lets through, where it was counted
public record Explain(
    long nanos,
    List<Phase> phases,
    List<SegmentRun> segments,
    String filter,
    OptionalLong matched) {
  public Explain {
    phases = List.copyOf(phases);
    segments = List.copyOf(segments);
  }

  /// @param name for a person: "Filter to row set", "Walk the graphs"
  public record Phase(String name, long nanos) {}

  /// @param rows live rows of the segment
  /// @param matched rows the filter lets through
  /// @param visited vectors compared
  /// @param reason why this path, in a sentence
  /// @param steps the way through the index, where a trace was asked for
  public record SegmentRun(
      String segment,
      Path path,
      long rows,
      long matched,
      long visited,
      long nanos,
      String reason,
      List<Step> steps) {
    public SegmentRun {
      steps = List.copyOf(steps);
    }
  }

  /// How a segment was searched.
  public enum Path {
    EXACT,
    GRAPH,
    LISTS,
    /// Postings of a sparse or text field.
    POSTINGS
  }

  /// One step of a trace.
  public sealed interface Step {
    /// A node of a graph was looked at.
    ///
    /// @param id the row's key as text
    /// @param accepted whether it went into the candidates
    record Visit(int level, String id, float value, boolean accepted) implements Step {}

    /// An inverted list was scanned.
    record Probe(int list, float value, int rows, int kept) implements Step {}
  }
}
