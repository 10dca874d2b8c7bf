package dev.aerie.ui.explore;

import java.util.BitSet;
import java.util.function.IntPredicate;

/// Points of the plane sorted into square cells, for finding the nearest one and those in a shape.
final class PointGrid {
  private static final int PER_CELL = 8;

  private final float[] xs;
  private final float[] ys;
  private final double left;
  private final double low;
  private final double cell;
  private final int across;
  private final int up;
  private final int[] firsts;
  private final int[] order;

  /// @param xs and `ys` read only from here on
  PointGrid(float[] xs, float[] ys) {
    this.xs = xs;
    this.ys = ys;
    double minX = 0;
    double maxX = 0;
    double minY = 0;
    double maxY = 0;
    for (int i = 0; i < xs.length; i++) {
      minX = i == 0 ? xs[i] : Math.min(minX, xs[i]);
      maxX = i == 0 ? xs[i] : Math.max(maxX, xs[i]);
      minY = i == 0 ? ys[i] : Math.min(minY, ys[i]);
      maxY = i == 0 ? ys[i] : Math.max(maxY, ys[i]);
    }
    double width = Math.max(1e-9, maxX - minX);
    double height = Math.max(1e-9, maxY - minY);
    double cells = Math.max(1, xs.length / (double) PER_CELL);
    left = minX;
    low = minY;
    // A line of points must not make a grid as long as there are points wide.
    cell = Math.max(Math.sqrt(width * height / cells), Math.max(width, height) / 4096);
    across = (int) (width / cell) + 1;
    up = (int) (height / cell) + 1;
    firsts = new int[across * up + 1];
    order = new int[xs.length];
    for (int i = 0; i < xs.length; i++) {
      firsts[cellOf(xs[i], ys[i]) + 1]++;
    }
    for (int i = 1; i < firsts.length; i++) {
      firsts[i] += firsts[i - 1];
    }
    var next = firsts.clone();
    for (int i = 0; i < xs.length; i++) {
      order[next[cellOf(xs[i], ys[i])]++] = i;
    }
  }

  /// The nearest point within `reach` that is allowed, -1 without one.
  int nearest(double x, double y, double reach, IntPredicate allowed) {
    int best = -1;
    double bestSquare = reach * reach;
    int fromX = column(x - reach);
    int toX = column(x + reach);
    int toY = row(y + reach);
    for (int cellY = row(y - reach); cellY <= toY; cellY++) {
      for (int at = firsts[cellY * across + fromX]; at < firsts[cellY * across + toX + 1]; at++) {
        int point = order[at];
        double dx = xs[point] - x;
        double dy = ys[point] - y;
        double square = dx * dx + dy * dy;
        if (square <= bestSquare && allowed.test(point)) {
          best = point;
          bestSquare = square;
        }
      }
    }
    return best;
  }

  /// The points inside a polygon by the even-odd rule.
  BitSet inside(double[] polygonX, double[] polygonY, IntPredicate allowed) {
    var found = new BitSet(xs.length);
    for (int i = 0; i < xs.length; i++) {
      if (isInside(xs[i], ys[i], polygonX, polygonY) && allowed.test(i)) {
        found.set(i);
      }
    }
    return found;
  }

  private static boolean isInside(double x, double y, double[] px, double[] py) {
    boolean inside = false;
    for (int i = 0, j = px.length - 1; i < px.length; j = i++) {
      if (py[i] > y != py[j] > y
          && x < (px[j] - px[i]) * (y - py[i]) / (py[j] - py[i]) + px[i]) {
        inside = !inside;
      }
    }
    return inside;
  }

  private int cellOf(double x, double y) {
    return row(y) * across + column(x);
  }

  private int column(double x) {
    return Math.clamp((long) ((x - left) / cell), 0, across - 1);
  }

  private int row(double y) {
    return Math.clamp((long) ((y - low) / cell), 0, up - 1);
  }
}
