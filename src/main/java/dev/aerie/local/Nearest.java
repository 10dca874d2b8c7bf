package dev.aerie.local;

import dev.aerie.engine.Explain;
import dev.aerie.engine.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a search over all segments found.
///
/// @param hits nearest first
/// @param runs what each segment did
record Nearest(List<Hit> hits, List<Explain.SegmentRun> runs) {
  /// @param doc number in the whole reader
  record Hit(int doc, float value) {}

  Nearest {
    hits = List.copyOf(hits);
    runs = List.copyOf(runs);
  }

  /// The nearest `limit` of several segments' hits; of equally near ones those that came first.
  static Nearest merged(List<Hit> all, Metric metric, int limit, List<Explain.SegmentRun> runs) {
    var sorted = new ArrayList<>(all);
    sorted.sort(
        Comparator.<Hit>comparingDouble(hit -> metric.higherIsNearer() ? -hit.value : hit.value)
            .thenComparingInt(Hit::doc));
    return new Nearest(sorted.subList(0, Math.min(limit, sorted.size())), runs);
  }
}
