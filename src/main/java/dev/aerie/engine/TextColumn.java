package dev.aerie.engine;

import java.util.Arrays;
import java.util.Optional;

/// VARCHAR, TEXT, GEOMETRY (well-known text) or JSON values. JSON is its text, so that integers
/// beyond 2^53 and the order of keys survive.
public final class TextColumn implements Column {
  private final String name;
  private final DataType type;
  private final String[] values;
  private final Validity validity;

  /// @param values one a row, "" where null; owned by the column from here on
  public TextColumn(String name, DataType type, String[] values, Validity validity) {
    Column.requireRows(name, values.length, validity);
    if (type != DataType.VARCHAR
        && type != DataType.JSON
        && type != DataType.TEXT
        && type != DataType.GEOMETRY) {
      throw new IllegalArgumentException(
          "column \"%s\" cannot be of type %s".formatted(name, type));
    }
    this.name = name;
    this.type = type;
    this.values = values;
    this.validity = validity;
  }

  /// A VARCHAR column without nulls.
  public TextColumn(String name, String... values) {
    this(name, DataType.VARCHAR, values, Validity.all(values.length));
  }

  public String get(int row) {
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
  public TextColumn renamed(String newName) {
    return new TextColumn(newName, type, values, validity);
  }

  @Override
  public TextColumn slice(int from, int to) {
    return new TextColumn(
        name, type, Arrays.copyOfRange(values, from, to), validity.slice(from, to));
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (var value : values) {
      bytes += value.length() + 4L;
    }
    return bytes;
  }
}
