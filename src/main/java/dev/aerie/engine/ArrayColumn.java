package dev.aerie.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// ARRAY values: for each row a column of its elements.
public final class ArrayColumn implements Column {
  private final String name;
  private final DataType elementType;
  private final List<Column> rows;
  private final Validity validity;

  /// @param rows the elements of each row, of type `elementType` and without nulls; an empty column
  ///     where the row is null
  public ArrayColumn(String name, DataType elementType, List<Column> rows, Validity validity) {
    Column.requireRows(name, rows.size(), validity);
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).type() != elementType) {
        throw new IllegalArgumentException(
            "row %d of array column \"%s\" holds %s; its elements are %s"
                .formatted(row, name, rows.get(row).type(), elementType));
      }
    }
    this.name = name;
    this.elementType = elementType;
    this.rows = List.copyOf(rows);
    this.validity = validity;
  }

  public DataType elementType() {
    return elementType;
  }

  /// The elements of one row.
  public Column get(int row) {
    return rows.get(row);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DataType type() {
    return DataType.ARRAY;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public Validity validity() {
    return validity;
  }

  @Override
  public Optional<Object> value(int row) {
    if (isNull(row)) {
      return Optional.empty();
    }
    var elements = rows.get(row);
    var list = new ArrayList<Object>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      list.add(elements.value(i).orElseThrow());
    }
    return Optional.of(list);
  }

  @Override
  public ArrayColumn renamed(String newName) {
    return new ArrayColumn(newName, elementType, rows, validity);
  }

  @Override
  public ArrayColumn slice(int from, int to) {
    return new ArrayColumn(name, elementType, rows.subList(from, to), validity.slice(from, to));
  }

  @Override
  public long bytes() {
    return rows.stream().mapToLong(Column::bytes).sum() + 4L * rows.size();
  }
}
