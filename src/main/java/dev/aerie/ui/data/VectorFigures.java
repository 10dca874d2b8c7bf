package dev.aerie.ui.data;

/// What a vector looks like in figures.
///
/// @param norm Euclidean length
public record VectorFigures(int dimension, double norm, double mean, float min, float max) {
  public static VectorFigures of(float[] vector) {
    double squares = 0;
    double sum = 0;
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float component : vector) {
      squares += (double) component * component;
      sum += component;
      min = Math.min(min, component);
      max = Math.max(max, component);
    }
    return new VectorFigures(vector.length, Math.sqrt(squares), sum / vector.length, min, max);
  }
}
