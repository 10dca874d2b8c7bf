package dev.aerie.service.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The search-time parameters worth trying for an index, cheapest first.
public final class SearchGrid {
  private static final List<Integer> EF =
      List.of(10, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024);
  private static final double[] NPROBE_SHARES = {
    0.002, 0.004, 0.008, 0.012, 0.016, 0.024, 0.032, 0.048, 0.064, 0.096, 0.128, 0.192, 0.256, 0.4,
    0.6, 1
  };

  private SearchGrid() {}

  /// @param rows of the collection, for the number of lists an engine chooses by itself
  /// @param k neighbours wanted; no graph is searched narrower
  public static List<Map<String, String>> of(IndexChoice index, long rows, int k) {
    var name = index.type().name();
    if (name.startsWith("HNSW") || name.equals("AUTOINDEX")) {
      var grid = new ArrayList<Map<String, String>>();
      var widths = new TreeSet<>(EF);
      widths.add(k);
      widths.tailSet(k).forEach(ef -> grid.add(Map.of("ef", Integer.toString(ef))));
      return grid;
    }
    if (name.contains("IVF")) {
      int nlist =
          index.params().containsKey("nlist")
              ? Integer.parseInt(index.params().get("nlist"))
              : defaultLists(rows);
      var probes = new TreeSet<Integer>();
      for (double share : NPROBE_SHARES) {
        probes.add(Math.clamp(Math.round(share * nlist), 1, nlist));
      }
      return probes.stream().map(n -> Map.of("nprobe", Integer.toString(n))).toList();
    }
    return List.of(Map.of());
  }

  /// About the lists an engine makes for so many rows where nobody says how many.
  static int defaultLists(long rows) {
    return (int) Math.max(1, Math.min(rows / 170.0, 4 * Math.sqrt((double) rows)));
  }
}
