package dev.aerie.dataset;

import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.Field;
import java.nio.file.Path;
import java.util.List;

/// Writes batches of rows to a file. For one thread. The file appears under its name only when the
/// writer is finished; closed before, it leaves nothing.
public interface RowWriter extends AutoCloseable {
  /// Adds rows.
  ///
  /// @param rows with a column for each field, in any order; absent ones are written as null
  /// @throws DataFileException if the file cannot be written: a full disk
  void write(ColumnBatch rows);

  /// Puts the file in its place, over one of the same name.
  void finish();

  @Override
  void close();

  /// @param file replaced if it is there
  /// @param fields the columns, in order
  static RowWriter csv(Path file, List<Field> fields, boolean guardFormulas) {
    return new CsvWriter(file, fields, guardFormulas);
  }

  /// Writes one JSON object a line; vectors as lists, JSON as itself.
  static RowWriter jsonLines(Path file, List<Field> fields) {
    return new JsonLinesWriter(file, fields);
  }

  /// Writes Parquet; vectors and arrays as lists, JSON as text.
  static RowWriter parquet(Path file, List<Field> fields) {
    return new ParquetWriter(file, fields);
  }
}
