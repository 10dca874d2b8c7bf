package dev.aerie.ui.data;

/// How many rows there are, and how that is known.
public sealed interface RowCount {
  record Unknown() implements RowCount {}

  record Counting() implements RowCount {}

  /// From statistics.
  record About(long rows) implements RowCount {}

  /// Counted.
  ///
  /// @param filtered whether only those that match the filter
  record Exact(long rows, boolean filtered) implements RowCount {}
}
