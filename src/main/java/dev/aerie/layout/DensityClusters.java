package dev.aerie.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Clusters of a map as the hills of its density: points are counted on a grid, the counts blurred,
/// every cell given to the peak it climbs to, and a peak too little above the pass to a higher
/// neighbour joined with it. Costs one pass over the points, so a million are no matter.
///
/// @param cluster of each point, 0 for the largest, -1 for points in thin places
/// @param clusters by falling size
public record DensityClusters(List<Integer> cluster, List<Cluster> clusters) {
  private static final int GRID = 192;
  private static final int BLURS = 3;

  /// A peak must rise above the pass to a higher one by this share of its own height.
  private static final double PROMINENCE = 0.25;

  /// Cells below this share of the mean density of occupied cells belong to nobody.
  private static final double THIN = 0.1;

  public DensityClusters {
    cluster = List.copyOf(cluster);
    clusters = List.copyOf(clusters);
  }

  /// @param x and `y` of its densest place, in the map's own units
  /// @param rows its points
  public record Cluster(int number, double x, double y, int rows) {}

  /// @param map `count × 2`
  /// @param leastRows smaller hills are nobody's
  public static DensityClusters find(Points map, int leastRows) {
    var frame = Frame.around(map);
    var cells = new int[map.count()];
    var density = new double[GRID * GRID];
    for (int point = 0; point < map.count(); point++) {
      cells[point] = frame.cell(map.get(point, 0), map.get(point, 1));
      density[cells[point]]++;
    }
    int radius = Math.clamp(Math.round(GRID / Math.sqrt(map.count() + 1.0)), 1, 8);
    for (int i = 0; i < BLURS; i++) {
      density = blur(density, radius);
    }
    var hill = climb(density);
    var rows = new int[GRID * GRID];
    for (int cell : cells) {
      if (hill[cell] >= 0) {
        rows[hill[cell]]++;
      }
    }
    var peaks =
        IntStream.range(0, rows.length)
            .filter(peak -> rows[peak] >= Math.max(1, leastRows))
            .boxed()
            .sorted((a, b) -> Integer.compare(rows[b], rows[a]))
            .toList();
    var numbers = new int[rows.length];
    Arrays.fill(numbers, -1);
    var clusters = new ArrayList<Cluster>();
    for (int peak : peaks) {
      numbers[peak] = clusters.size();
      clusters.add(new Cluster(clusters.size(), frame.x(peak), frame.y(peak), rows[peak]));
    }
    var cluster =
        Arrays.stream(cells)
            .map(cell -> hill[cell] < 0 ? -1 : numbers[hill[cell]])
            .boxed()
            .toList();
    return new DensityClusters(cluster, clusters);
  }

  /// For each cell the peak it belongs to, -1 where it is thin.
  private static int[] climb(double[] density) {
    double sum = 0;
    int occupied = 0;
    for (double value : density) {
      if (value > 0) {
        sum += value;
        occupied++;
      }
    }
    double thin = occupied == 0 ? 0 : THIN * sum / occupied;
    var order =
        IntStream.range(0, density.length)
            .filter(cell -> density[cell] > thin)
            .boxed()
            .sorted((a, b) -> Double.compare(density[b], density[a]))
            .toList();
    var hill = new int[density.length];
    Arrays.fill(hill, -1);
    // From high to low: a cell joins the hill beside it, or begins one; where two meet, that is
    // their pass.
    for (int cell : order) {
      int best = -1;
      for (int neighbour : around(cell)) {
        int peak = hill[neighbour] < 0 ? -1 : root(hill, neighbour);
        if (peak < 0 || peak == best) {
          continue;
        }
        if (best < 0) {
          best = peak;
          continue;
        }
        int high = density[peak] > density[best] ? peak : best;
        int low = high == peak ? best : peak;
        if (density[low] - density[cell] < PROMINENCE * density[low]) {
          hill[low] = high;
        }
        best = high;
      }
      hill[cell] = best < 0 ? cell : best;
    }
    for (int cell : order) {
      hill[cell] = root(hill, cell);
    }
    return hill;
  }

  private static int root(int[] hill, int cell) {
    int at = cell;
    while (hill[at] != at) {
      at = hill[at];
    }
    return at;
  }

  private static List<Integer> around(int cell) {
    int x = cell % GRID;
    int y = cell / GRID;
    var cells = new ArrayList<Integer>(8);
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        boolean inside = x + dx >= 0 && x + dx < GRID && y + dy >= 0 && y + dy < GRID;
        if (inside && (dx != 0 || dy != 0)) {
          cells.add((y + dy) * GRID + x + dx);
        }
      }
    }
    return cells;
  }

  /// A box blur along both directions; three of them are nearly a Gaussian.
  private static double[] blur(double[] density, int radius) {
    var rows = new double[density.length];
    var both = new double[density.length];
    for (int y = 0; y < GRID; y++) {
      for (int x = 0; x < GRID; x++) {
        for (int d = Math.max(0, x - radius); d <= Math.min(GRID - 1, x + radius); d++) {
          rows[y * GRID + x] += density[y * GRID + d];
        }
      }
    }
    for (int y = 0; y < GRID; y++) {
      for (int d = Math.max(0, y - radius); d <= Math.min(GRID - 1, y + radius); d++) {
        for (int x = 0; x < GRID; x++) {
          both[y * GRID + x] += rows[d * GRID + x];
        }
      }
    }
    return both;
  }

  /// The square of the map that the grid covers, without the farthest one in a thousand on each
  /// side.
  private record Frame(double left, double top, double side) {
    static Frame around(Points map) {
      var xs = sorted(map, 0);
      var ys = sorted(map, 1);
      int cut = xs.length / 1000;
      if (xs.length == 0) {
        return new Frame(0, 0, 1);
      }
      double left = xs[cut];
      double top = ys[cut];
      double width = xs[xs.length - 1 - cut] - left;
      double height = ys[ys.length - 1 - cut] - top;
      double side = Math.max(1e-9, Math.max(width, height)) * 1.04;
      return new Frame(left - (side - width) / 2, top - (side - height) / 2, side);
    }

    int cell(double x, double y) {
      return place(y - top) * GRID + place(x - left);
    }

    double x(int cell) {
      return left + (cell % GRID + 0.5) * side / GRID;
    }

    double y(int cell) {
      int line = cell / GRID;
      return top + (line + 0.5) * side / GRID;
    }

    private int place(double offset) {
      return Math.clamp((int) Math.floor(offset / side * GRID), 0, GRID - 1);
    }

    private static float[] sorted(Points map, int axis) {
      var values = new float[map.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = map.get(i, axis);
      }
      Arrays.sort(values);
      return values;
    }
  }
}
