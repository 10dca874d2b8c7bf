package dev.aerie.layout;

import dev.aerie.engine.Metric;

/// The `k` nearest rows of each of `count` rows or queries, nearest first.
public final class Neighbours {
  private final int k;
  private final Metric metric;
  private final long[] rows;
  private final double[] values;

  /// @param rows `count × k`, -1 where there were fewer than `k`; owned by this object from here on
  /// @param values `count × k`, the metric's own values; owned by this object from here on
  public Neighbours(int k, Metric metric, long[] rows, double[] values) {
    if (k < 1 || rows.length % k != 0 || rows.length != values.length) {
      throw new IllegalArgumentException(
          "%d rows and %d values are not k=%d for each query"
              .formatted(rows.length, values.length, k));
    }
    this.k = k;
    this.metric = metric;
    this.rows = rows;
    this.values = values;
  }

  public int k() {
    return k;
  }

  public Metric metric() {
    return metric;
  }

  public int count() {
    return rows.length / k;
  }

  /// The row at `rank` (0 is the nearest), -1 where there is none.
  public long row(int of, int rank) {
    return rows[of * k + rank];
  }

  /// Its value: a squared distance, an inner product, a cosine.
  public double value(int of, int rank) {
    return values[of * k + rank];
  }

  /// The value as something that grows with distance and starts at 0 for equal rows of unit
  /// length: the distance itself for L2, `1 - value` for scores.
  public double distance(int of, int rank) {
    double value = value(of, rank);
    return metric == Metric.L2 ? Math.sqrt(Math.max(0, value)) : Math.max(0, 1 - value);
  }

  /// The same without each row itself, `k - 1` for each; where a row is not among its own
  /// neighbours the farthest goes instead.
  ///
  /// @throws IllegalStateException if `k` is 1
  public Neighbours withoutSelf() {
    if (k == 1) {
      throw new IllegalStateException("without itself a row has no neighbour left at k = 1");
    }
    int fewer = k - 1;
    int count = count();
    var keptRows = new long[count * fewer];
    var keptValues = new double[count * fewer];
    for (int row = 0; row < count; row++) {
      int to = row * fewer;
      boolean dropped = false;
      for (int rank = 0; rank < k && to < (row + 1) * fewer; rank++) {
        if (!dropped && rows[row * k + rank] == row) {
          dropped = true;
          continue;
        }
        keptRows[to] = rows[row * k + rank];
        keptValues[to++] = values[row * k + rank];
      }
    }
    return new Neighbours(fewer, metric, keptRows, keptValues);
  }
}
