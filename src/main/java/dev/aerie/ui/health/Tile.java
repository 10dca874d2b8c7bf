package dev.aerie.ui.health;

import java.util.List;

/// One figure with its trend.
///
/// @param unit after the figure, empty where the title says it
/// @param note beside the trend: a share, "none failed"; also why there is no figure
/// @param tone `danger`, `warning` or empty
/// @param trend values of the readings so far, the oldest first
record Tile(
    String title, String figure, String unit, String note, String tone, List<Double> trend) {
  Tile {
    trend = List.copyOf(trend);
  }
}
