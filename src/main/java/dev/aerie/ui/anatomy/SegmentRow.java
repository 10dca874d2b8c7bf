package dev.aerie.ui.anatomy;

import java.util.List;

/// A segment's index as it is shown.
///
/// @param kind "graph", "lists", "no index"
/// @param figures names and values, in the order they are read
/// @param histogram what the bars count; empty where there are none
/// @param base what stands below the bars
/// @param bars heights, left to right
/// @param last the value below the last bar; the first one is 0
record SegmentRow(
    String segment,
    String kind,
    long rows,
    String summary,
    List<Figure> figures,
    String histogram,
    String base,
    List<Integer> bars,
    long last) {
  SegmentRow {
    figures = List.copyOf(figures);
    bars = List.copyOf(bars);
  }

  /// @param bad whether somebody should look at it
  record Figure(String name, String value, boolean bad) {}
}
