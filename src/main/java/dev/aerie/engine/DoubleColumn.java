package dev.aerie.engine;

import java.util.Arrays;
import java.util.Optional;

/// DOUBLE values.
public final class DoubleColumn implements Column {
  private final String name;

  private final double[] values;
  private final Validity validity;

  /// @param values one a row; owned by the column from here on
  public DoubleColumn(String name, double[] values, Validity validity) {
    Column.requireRows(name, values.length, validity);

    this.name = name;
    this.values = values;
    this.validity = validity;
  }

  /// A column of type DOUBLE without nulls.
  public DoubleColumn(String name, double... values) {
    this(name, values, Validity.all(values.length));
  }

  public double get(int row) {
    return values[row];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DataType type() {
    return DataType.DOUBLE;
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
  public DoubleColumn renamed(String newName) {
    return new DoubleColumn(newName, values, validity);
  }

  @Override
  public DoubleColumn slice(int from, int to) {
    return new DoubleColumn(name, Arrays.copyOfRange(values, from, to), validity.slice(from, to));
  }

  @Override
  public long bytes() {
    return 8L * values.length;
  }
}
