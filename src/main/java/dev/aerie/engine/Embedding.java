package dev.aerie.engine;

import java.util.Arrays;

/// A query vector. Immutable.
public sealed interface Embedding {
  /// A float vector.
  static Embedding of(float... components) {
    return new Dense(components.clone());
  }

  /// Components of a FLOAT_VECTOR; finite.
  final class Dense implements Embedding {
    private final float[] components;

    private Dense(float[] components) {
      for (int i = 0; i < components.length; i++) {
        if (!Float.isFinite(components[i])) {
          throw new IllegalArgumentException(
              "component %d of the query vector is %s".formatted(i, components[i]));
        }
      }
      this.components = components;
    }

    public int dimension() {
      return components.length;
    }

    public float get(int component) {
      return components[component];
    }

    /// A copy.
    public float[] toArray() {
      return components.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Dense dense && Arrays.equals(components, dense.components);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(components);
    }

    @Override
    public String toString() {
      return "Dense[" + components.length + "]";
    }
  }

  /// A BINARY_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR or INT8_VECTOR in the bytes of the wire.
  final class Packed implements Embedding {
    private final DataType type;
    private final byte[] bytes;

    public Packed(DataType type, byte[] bytes) {
      if (!type.isDenseVector() || type == DataType.FLOAT_VECTOR) {
        throw new IllegalArgumentException(type + " is not a vector of packed bytes");
      }
      this.type = type;
      this.bytes = bytes.clone();
    }

    public DataType type() {
      return type;
    }

    /// A copy.
    public byte[] toArray() {
      return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Packed packed
          && type == packed.type
          && Arrays.equals(bytes, packed.bytes);
    }

    @Override
    public int hashCode() {
      return 31 * type.hashCode() + Arrays.hashCode(bytes);
    }
  }

  /// A SPARSE_FLOAT_VECTOR.
  record Sparse(SparseVector vector) implements Embedding {}

  /// Text for a field a function fills: BM25.
  record Text(String text) implements Embedding {}
}
