package dev.aerie.engine;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/// FLOAT_VECTOR values, row-major.
public final class FloatVectorColumn implements Column {
  private final String name;
  private final int dimension;
  private final float[] values;
  private final Validity validity;

  /// @param values `rows × dimension`, row-major, zeros where a row is null; owned by the column
  ///     from here on
  public FloatVectorColumn(String name, int dimension, float[] values, Validity validity) {
    if (dimension < 1 || values.length % dimension != 0) {
      throw new IllegalArgumentException(
          "column \"%s\" holds %d values, which is no multiple of its dimension %d"
              .formatted(name, values.length, dimension));
    }
    Column.requireRows(name, values.length / dimension, validity);
    this.name = name;
    this.dimension = dimension;
    this.values = values;
    this.validity = validity;
  }

  /// A column without nulls.
  public FloatVectorColumn(String name, int dimension, float[] values) {
    this(name, dimension, values, Validity.all(values.length / Math.max(1, dimension)));
  }

  public int dimension() {
    return dimension;
  }

  public float get(int row, int component) {
    return values[row * dimension + component];
  }

  /// A copy of one row.
  public float[] row(int row) {
    return Arrays.copyOfRange(values, row * dimension, (row + 1) * dimension);
  }

  /// Copies one row to `into[at…at + dimension)`.
  public void copyRow(int row, float[] into, int at) {
    System.arraycopy(values, row * dimension, into, at, dimension);
  }

  /// All rows, row-major, without a copy.
  public FloatBuffer buffer() {
    return FloatBuffer.wrap(values).asReadOnlyBuffer();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DataType type() {
    return DataType.FLOAT_VECTOR;
  }

  @Override
  public int size() {
    return values.length / dimension;
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
  public FloatVectorColumn renamed(String newName) {
    return new FloatVectorColumn(newName, dimension, values, validity);
  }

  @Override
  public FloatVectorColumn slice(int from, int to) {
    return new FloatVectorColumn(
        name,
        dimension,
        Arrays.copyOfRange(values, from * dimension, to * dimension),
        validity.slice(from, to));
  }

  @Override
  public long bytes() {
    return 4L * values.length;
  }
}
