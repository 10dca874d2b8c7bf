package dev.aerie.engine;

import java.util.Optional;

/// The values of one field for the rows of a batch. Immutable; a constructor takes ownership of the
/// arrays it is given, which nobody may write afterwards. A row without a value holds a placeholder
/// in the array (0, "", zeros) and a null in [#validity].
public sealed interface Column
    permits BoolColumn,
        IntColumn,
        LongColumn,
        FloatColumn,
        DoubleColumn,
        TextColumn,
        ArrayColumn,
        FloatVectorColumn,
        ByteVectorColumn,
        SparseVectorColumn {
  String name();

  DataType type();

  /// Rows.
  int size();

  Validity validity();

  /// The value as an object for display and for code that does not care for speed: Boolean, Integer
  /// (INT8…INT32), Long, Float, Double, String (VARCHAR, JSON, GEOMETRY, TEXT), `List<Object>`
  /// (ARRAY),
  /// `float[]` (a copy of the row), `byte[]` (a copy of the row), [SparseVector]. Empty where null.
  Optional<Object> value(int row);

  /// The same rows under another name.
  Column renamed(String name);

  /// Rows `from` (inclusive) to `to` (exclusive), copied.
  Column slice(int from, int to);

  /// About how many bytes the rows take, for batching by size.
  long bytes();

  default boolean isNull(int row) {
    return !validity().isValid(row);
  }

  /// Checks what every constructor promises.
  static void requireRows(String name, int size, Validity validity) {
    if (validity.size() != size) {
      throw new IllegalArgumentException(
          "column \"%s\" has %d rows and validity for %d".formatted(name, size, validity.size()));
    }
  }
}
