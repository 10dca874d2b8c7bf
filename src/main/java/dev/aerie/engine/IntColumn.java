package dev.aerie.engine;

import java.util.Arrays;
import java.util.Optional;

/// INT8, INT16 or INT32 values, as they travel on the wire.
public final class IntColumn implements Column {
  private final String name;
  private final DataType type;
  private final int[] values;
  private final Validity validity;

  /// @param values one a row; owned by the column from here on
  public IntColumn(String name, DataType type, int[] values, Validity validity) {
    Column.requireRows(name, values.length, validity);
    if (!(type == DataType.INT8 || type == DataType.INT16 || type == DataType.INT32)) {
      throw new IllegalArgumentException(
          "column \"%s\" cannot be of type %s".formatted(name, type));
    }
    this.type = type;
    this.name = name;
    this.values = values;
    this.validity = validity;
  }

  /// A column of type INT32 without nulls.
  public IntColumn(String name, int... values) {
    this(name, DataType.INT32, values, Validity.all(values.length));
  }

  public int get(int row) {
    return values[row];
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
    return values.length;
  }

  @Override
  public Validity validity() {
    return validity;
  }

  @Override
  public Optional<Object> value(int row) {
    return isNull(row) ? Optional.empty() : Optional.of(values[row]);
  }

  @Override
  public IntColumn renamed(String newName) {
    return new IntColumn(newName, type, values, validity);
  }

  @Override
  public IntColumn slice(int from, int to) {
    return new IntColumn(
        name, type, Arrays.copyOfRange(values, from, to), validity.slice(from, to));
  }

  @Override
  public long bytes() {
    return 4L * values.length;
  }
}
