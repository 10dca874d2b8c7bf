package dev.aerie.engine;

/// A sparse vector: strictly rising unsigned 32-bit indices and their finite values. Immutable.
public final class SparseVector {
  private final int[] indices;
  private final float[] values;

  /// @param indices unsigned, strictly rising; owned by the vector from here on
  /// @param values finite, as many as indices; owned by the vector from here on
  /// @throws IllegalArgumentException if lengths differ, indices do not rise or a value is not
  /// finite
  public SparseVector(int[] indices, float[] values) {
    if (indices.length != values.length) {
      throw new IllegalArgumentException(
          "a sparse vector has %d indices and %d values; it needs as many of both"
              .formatted(indices.length, values.length));
    }
    for (int i = 0; i < indices.length; i++) {
      if (i > 0 && Integer.compareUnsigned(indices[i - 1], indices[i]) >= 0) {
        throw new IllegalArgumentException(
            "indices of a sparse vector must rise; %s follows %s"
                .formatted(
                    Integer.toUnsignedString(indices[i]),
                    Integer.toUnsignedString(indices[i - 1])));
      }
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "value %s at index %s of a sparse vector is not finite"
                .formatted(values[i], Integer.toUnsignedString(indices[i])));
      }
    }
    this.indices = indices;
    this.values = values;
  }

  public int size() {
    return indices.length;
  }

  /// The index of entry `i` as an unsigned number.
  public int index(int i) {
    return indices[i];
  }

  public float value(int i) {
    return values[i];
  }
}
