package dev.aerie.engine;

import java.util.Arrays;
import java.util.Optional;

/// FLOAT values.
public final class FloatColumn implements Column {
  private final String name;

  private final float[] values;
  private final Validity validity;

  /// @param values one a row; owned by the column from here on
  public FloatColumn(String name, float[] values, Validity validity) {
    Column.requireRows(name, values.length, validity);

    this.name = name;
    this.values = values;
    this.validity = validity;
  }

  /// A column of type FLOAT without nulls.
  public FloatColumn(String name, float... values) {
    this(name, values, Validity.all(values.length));
  }

  public float get(int row) {
    return values[row];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DataType type() {
    return DataType.FLOAT;
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
  public FloatColumn renamed(String newName) {
    return new FloatColumn(newName, values, validity);
  }

  @Override
  public FloatColumn slice(int from, int to) {
    return new FloatColumn(name, Arrays.copyOfRange(values, from, to), validity.slice(from, to));
  }

  @Override
  public long bytes() {
    return 4L * values.length;
  }
}
