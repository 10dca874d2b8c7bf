package dev.aerie.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Rows, column by column. Immutable.
///
/// @param columns of different names and the same number of rows
/// @param size rows
public record ColumnBatch(List<Column> columns, int size) {
  public ColumnBatch {
    columns = List.copyOf(columns);
    var names = new HashSet<String>();
    for (var column : columns) {
      if (column.size() != size) {
        throw new IllegalArgumentException(
            "column \"%s\" has %d rows in a batch of %d"
                .formatted(column.name(), column.size(), size));
      }
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            "a batch has two columns named \"%s\"".formatted(column.name()));
      }
    }
  }

  /// A batch of as many rows as its columns have.
  public static ColumnBatch of(Column... columns) {
    return of(List.of(columns));
  }

  /// A batch of as many rows as its columns have, 0 without columns.
  public static ColumnBatch of(List<? extends Column> columns) {
    return new ColumnBatch(List.copyOf(columns), columns.isEmpty() ? 0 : columns.get(0).size());
  }

  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /// Rows `from` (inclusive) to `to` (exclusive), copied.
  public ColumnBatch slice(int from, int to) {
    return new ColumnBatch(
        columns.stream().<Column>map(column -> column.slice(from, to)).toList(), to - from);
  }

  /// The same rows with one column more, or with that column in the place of one of its name.
  public ColumnBatch with(Column added) {
    var all = new ArrayList<>(columns);
    all.removeIf(column -> column.name().equals(added.name()));
    all.add(added);
    return new ColumnBatch(all, columns.isEmpty() ? added.size() : size);
  }

  /// About how many bytes the rows take.
  public long bytes() {
    return columns.stream().mapToLong(Column::bytes).sum();
  }
}
