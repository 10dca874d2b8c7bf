package dev.aerie.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// BINARY_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR (little endian) or INT8_VECTOR values, row-major,
/// in the bytes of the wire.
public final class ByteVectorColumn implements Column {
  private final String name;
  private final DataType type;
  private final int dimension;
  private final int rowBytes;
  private final byte[] values;
  private final Validity validity;

  /// @param dimension in components: bits of a binary vector
  /// @param values `rows × type.rowBytes(dimension)`, zeros where a row is null; owned by the
  /// column
  ///     from here on
  public ByteVectorColumn(
      String name, DataType type, int dimension, byte[] values, Validity validity) {
    if (!type.isDenseVector() || type == DataType.FLOAT_VECTOR) {
      throw new IllegalArgumentException(
          "column \"%s\" cannot be of type %s".formatted(name, type));
    }
    this.rowBytes = type.rowBytes(dimension);
    if (rowBytes < 1 || values.length % rowBytes != 0) {
      throw new IllegalArgumentException(
          "column \"%s\" holds %d bytes, which is no multiple of its row's %d"
              .formatted(name, values.length, rowBytes));
    }
    Column.requireRows(name, values.length / rowBytes, validity);
    this.name = name;
    this.type = type;
    this.dimension = dimension;
    this.values = values;
    this.validity = validity;
  }

  public int dimension() {
    return dimension;
  }

  public int rowBytes() {
    return rowBytes;
  }

  /// A copy of one row.
  public byte[] row(int row) {
    return Arrays.copyOfRange(values, row * rowBytes, (row + 1) * rowBytes);
  }

  /// All rows without a copy.
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(values).asReadOnlyBuffer();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public int size() {
    return values.length / rowBytes;
  }

  @Override
  public Validity validity() {
    return validity;
  }

  @Override
  public Optional<Object> value(int row) {
    return isNull(row) ? Optional.empty() : Optional.of(row(row));
  }

  @Override
  public ByteVectorColumn renamed(String newName) {
    return new ByteVectorColumn(newName, type, dimension, values, validity);
  }

  @Override
  public ByteVectorColumn slice(int from, int to) {
    return new ByteVectorColumn(
        name,
        type,
        dimension,
        Arrays.copyOfRange(values, from * rowBytes, to * rowBytes),
        validity.slice(from, to));
  }

  @Override
  public long bytes() {
    return values.length;
  }
}
