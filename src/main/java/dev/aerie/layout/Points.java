package dev.aerie.layout;

import java.util.Arrays;

/// Rows of floats in one array. The array is shared, not copied: whoever hands it over stops
/// writing to it.
public final class Points {
  private final float[] values;
  private final int count;
  private final int dim;

  /// @param values at least `count × dim`, row-major
  /// @throws IllegalArgumentException if the array is too short or `dim < 1`
  public Points(float[] values, int count, int dim) {
    if (dim < 1) {
      throw new IllegalArgumentException("dim must be at least 1; got " + dim);
    }
    if (count < 0 || (long) count * dim > values.length) {
      throw new IllegalArgumentException(
          "%d values cannot hold %d rows of %d".formatted(values.length, count, dim));
    }
    this.values = values;
    this.count = count;
    this.dim = dim;
  }

  /// All of an array.
  public static Points of(float[] values, int dim) {
    return new Points(values, dim < 1 ? 0 : values.length / dim, dim);
  }

  public int count() {
    return count;
  }

  public int dim() {
    return dim;
  }

  /// The array itself, row-major; read only.
  public float[] values() {
    return values;
  }

  public float get(int row, int component) {
    return values[row * dim + component];
  }

  /// A copy of one row.
  public float[] row(int row) {
    return Arrays.copyOfRange(values, row * dim, (row + 1) * dim);
  }

  /// The named rows in that order, copied.
  public Points select(int[] rows) {
    var chosen = new float[Math.multiplyExact(rows.length, dim)];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * dim, chosen, i * dim, dim);
    }
    return new Points(chosen, rows.length, dim);
  }

  /// The rows brought to length 1, copied; a row of zeros stays as it is.
  public Points normalised() {
    var unit = new float[count * dim];
    for (int row = 0; row < count; row++) {
      double square = 0;
      for (int at = row * dim; at < (row + 1) * dim; at++) {
        square += (double) values[at] * values[at];
      }
      float scale = square == 0 ? 0 : (float) (1 / Math.sqrt(square));
      for (int at = row * dim; at < (row + 1) * dim; at++) {
        unit[at] = values[at] * scale;
      }
    }
    return new Points(unit, count, dim);
  }
}
