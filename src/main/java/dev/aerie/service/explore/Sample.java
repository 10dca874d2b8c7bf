package dev.aerie.service.explore;

import dev.aerie.engine.Metric;
import dev.aerie.layout.Points;
import java.util.List;

/// Rows drawn from a collection.
///
/// @param keys Longs or Strings, row for row with the points
/// @param total rows they were drawn from
/// @param filter as text, empty for all rows
public record Sample(
    String database,
    String collection,
    String field,
    Metric metric,
    String filter,
    long seed,
    long total,
    List<Object> keys,
    Points points) {
  public Sample {
    keys = List.copyOf(keys);
    if (keys.size() != points.count()) {
      throw new IllegalArgumentException(
          "%d keys for %d rows".formatted(keys.size(), points.count()));
    }
  }

  public int size() {
    return keys.size();
  }
}
