package dev.aerie.engine;

/// What a field holds, in Milvus' names.
public enum DataType {
  BOOL,
  INT8,
  INT16,
  INT32,
  INT64,
  FLOAT,
  DOUBLE,
  VARCHAR,
  ARRAY,
  JSON,
  /// Well-known text; newer Milvus.
  GEOMETRY,
  /// Text without a length limit; newer Milvus.
  TEXT,
  /// Microseconds since 1970 in UTC; newer Milvus.
  TIMESTAMPTZ,
  BINARY_VECTOR,
  FLOAT_VECTOR,
  FLOAT16_VECTOR,
  BFLOAT16_VECTOR,
  SPARSE_FLOAT_VECTOR,
  INT8_VECTOR,
  /// A type of a newer server that this Aerie does not know; the field's `typeName` says which.
  UNKNOWN;

  public boolean isVector() {
    return switch (this) {
      case BINARY_VECTOR,
          FLOAT_VECTOR,
          FLOAT16_VECTOR,
          BFLOAT16_VECTOR,
          SPARSE_FLOAT_VECTOR,
          INT8_VECTOR ->
          true;
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
          false;
    };
  }

  /// Vectors with a fixed dimension: all but the sparse ones.
  public boolean isDenseVector() {
    return isVector() && this != SPARSE_FLOAT_VECTOR;
  }

  public boolean isInteger() {
    return this == INT8 || this == INT16 || this == INT32 || this == INT64;
  }

  public boolean isNumeric() {
    return isInteger() || this == FLOAT || this == DOUBLE;
  }

  /// Bytes of one row of a dense vector of this type, or of a fixed-width scalar.
  ///
  /// @param dimension of a vector; not read for scalars
  /// @throws IllegalArgumentException for types without a fixed width
  public int rowBytes(int dimension) {
    return switch (this) {
      case BOOL, INT8 -> 1;
      case INT16 -> 2;
      case INT32, FLOAT -> 4;
      case INT64, DOUBLE, TIMESTAMPTZ -> 8;
      case FLOAT_VECTOR -> 4 * dimension;
      case FLOAT16_VECTOR, BFLOAT16_VECTOR -> 2 * dimension;
      case INT8_VECTOR -> dimension;
      case BINARY_VECTOR -> dimension / 8;
      case VARCHAR, ARRAY, JSON, GEOMETRY, TEXT, SPARSE_FLOAT_VECTOR, UNKNOWN ->
          throw new IllegalArgumentException(this + " has no fixed width");
    };
  }
}
