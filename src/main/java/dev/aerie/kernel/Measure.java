package dev.aerie.kernel;

/// What "near" means between two vectors, and the number a person is shown for it.
public enum Measure {
  /// Squared Euclidean distance: lower is nearer, never negative.
  L2(false),
  /// Inner product: higher is nearer, unbounded.
  IP(true),
  /// Cosine of the angle: higher is nearer, in [-1, 1]; 0 where a vector has no length.
  COSINE(true),
  /// Number of differing bits: lower is nearer.
  HAMMING(false),
  /// Share of the set bits that the two do not have in common: lower is nearer, in [0, 1].
  JACCARD(false);

  private final boolean higherIsNearer;

  Measure(boolean higherIsNearer) {
    this.higherIsNearer = higherIsNearer;
  }

  public boolean higherIsNearer() {
    return higherIsNearer;
  }

  /// The value as a distance, lower is nearer, so that one loop can rank all measures; its own
  /// inverse.
  public float toDistance(float value) {
    return higherIsNearer ? -value : value;
  }
}
