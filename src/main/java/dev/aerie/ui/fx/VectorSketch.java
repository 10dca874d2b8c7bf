package dev.aerie.ui.fx;

import dev.aerie.engine.Column;
import dev.aerie.engine.FloatVectorColumn;
import java.util.Optional;

/// A vector at a glance: the mean of each of 22 runs of components, and the length.
///
/// @param buckets means, scaled so that the largest magnitude is 1
/// @param norm Euclidean length
public record VectorSketch(float[] buckets, double norm) {
  public static final int BUCKETS = 22;

  /// @param vector at least one component
  public static VectorSketch of(float[] vector, int wanted) {
    int count = Math.min(wanted, vector.length);
    var buckets = new float[count];
    double squares = 0;
    float largest = 0;
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * vector.length / count);
      int to = (int) ((long) (i + 1) * vector.length / count);
      float sum = 0;
      for (int j = from; j < to; j++) {
        sum += vector[j];
        squares += (double) vector[j] * vector[j];
      }
      buckets[i] = sum / (to - from);
      largest = Math.max(largest, Math.abs(buckets[i]));
    }
    if (largest > 0) {
      for (int i = 0; i < count; i++) {
        buckets[i] /= largest;
      }
    }
    return new VectorSketch(buckets, Math.sqrt(squares));
  }

  /// The sketch of one row, where it holds a float vector.
  public static Optional<VectorSketch> of(Column column, int row) {
    return column instanceof FloatVectorColumn floats && !floats.isNull(row)
        ? Optional.of(of(floats.row(row), BUCKETS))
        : Optional.empty();
  }
}
