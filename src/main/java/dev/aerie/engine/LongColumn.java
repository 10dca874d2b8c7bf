package dev.aerie.engine;

import java.util.Arrays;
import java.util.Optional;

/// INT64 values, or TIMESTAMPTZ in microseconds.
public final class LongColumn implements Column {
  private final String name;
  private final DataType type;
  private final long[] values;
  private final Validity validity;

  /// @param values one a row; owned by the column from here on
  public LongColumn(String name, DataType type, long[] values, Validity validity) {
    Column.requireRows(name, values.length, validity);
    if (!(type == DataType.INT64 || type == DataType.TIMESTAMPTZ)) {
      throw new IllegalArgumentException(
          "column \"%s\" cannot be of type %s".formatted(name, type));
    }
    this.type = type;
    this.name = name;
    this.values = values;
    this.validity = validity;
  }

  /// A column of type INT64 without nulls.
  public LongColumn(String name, long... values) {
    this(name, DataType.INT64, values, Validity.all(values.length));
  }

  public long get(int row) {
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
  public LongColumn renamed(String newName) {
    return new LongColumn(newName, type, values, validity);
  }

  @Override
  public LongColumn slice(int from, int to) {
    return new LongColumn(
        name, type, Arrays.copyOfRange(values, from, to), validity.slice(from, to));
  }

  @Override
  public long bytes() {
    return 8L * values.length;
  }
}
