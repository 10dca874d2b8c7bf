package dev.aerie.engine;

import java.util.List;

/// How two vectors are compared, with Milvus' values: `L2` is the squared distance, `COSINE` the
/// similarity in [-1, 1], `JACCARD` one minus the similarity.
public enum Metric {
  L2(false),
  IP(true),
  COSINE(true),
  HAMMING(false),
  JACCARD(false),
  BM25(true),
  /// Metrics of a server that the embedded engine does not compute.
  SUBSTRUCTURE(false),
  SUPERSTRUCTURE(false),
  MHJACCARD(false),
  MAX_SIM(true);

  private final boolean higherIsNearer;

  Metric(boolean higherIsNearer) {
    this.higherIsNearer = higherIsNearer;
  }

  /// Whether a larger value means nearer (a score) or farther (a distance).
  public boolean higherIsNearer() {
    return higherIsNearer;
  }

  /// Negative if `a` is nearer than `b`.
  public int compare(float a, float b) {
    return higherIsNearer ? Float.compare(b, a) : Float.compare(a, b);
  }

  /// The metrics a vector type knows, its default first.
  public static List<Metric> of(DataType type) {
    return switch (type) {
      case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR -> List.of(COSINE, L2, IP);
      case BINARY_VECTOR -> List.of(HAMMING, JACCARD);
      case SPARSE_FLOAT_VECTOR -> List.of(IP, BM25);
      case BOOL,
          INT8,
          INT16,
          INT32,
          INT64,
          FLOAT,
          DOUBLE,
          VARCHAR,
          ARRAY,
          JSON,
          GEOMETRY,
          TEXT,
          TIMESTAMPTZ,
          UNKNOWN ->
          List.of();
    };
  }
}
