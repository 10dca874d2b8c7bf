package dev.aerie.ui.search;

import dev.aerie.ui.fx.VectorSketch;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A row that was found, or that only the exact search found.
///
/// @param rank from 1; empty for a row that was missed
/// @param id Long or String
/// @param value the metric's own
/// @param share of the bar, 0…1
/// @param title and `text` the two most telling text fields
/// @param exactRank from 1, where the exact search ran and found it
/// @param values all fields in the schema's order, as text
public record Hit(
    OptionalInt rank,
    Object id,
    float value,
    double share,
    String title,
    String text,
    OptionalInt exactRank,
    Optional<VectorSketch> sketch,
    Map<String, Optional<String>> values) {
  public Hit {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// Whether only the exact search found it.
  public boolean missed() {
    return rank.isEmpty();
  }

  Hit at(OptionalInt newRank, OptionalInt newExactRank, double newShare) {
    return new Hit(newRank, id, value, newShare, title, text, newExactRank, sketch, values);
  }
}
