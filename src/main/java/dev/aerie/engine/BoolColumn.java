package dev.aerie.engine;

import java.util.Arrays;
import java.util.Optional;

/// BOOL values.
public final class BoolColumn implements Column {
  private final String name;

  private final boolean[] values;
  private final Validity validity;

  /// @param values one a row; owned by the column from here on
  public BoolColumn(String name, boolean[] values, Validity validity) {
    Column.requireRows(name, values.length, validity);

    this.name = name;
    this.values = values;
    this.validity = validity;
  }

  /// A column of type BOOL without nulls.
  public BoolColumn(String name, boolean... values) {
    this(name, values, Validity.all(values.length));
  }

  public boolean get(int row) {
    return values[row];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DataType type() {
    return DataType.BOOL;
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
  public BoolColumn renamed(String newName) {
    return new BoolColumn(newName, values, validity);
  }

  @Override
  public BoolColumn slice(int from, int to) {
    return new BoolColumn(name, Arrays.copyOfRange(values, from, to), validity.slice(from, to));
  }

  @Override
  public long bytes() {
    return values.length;
  }
}
