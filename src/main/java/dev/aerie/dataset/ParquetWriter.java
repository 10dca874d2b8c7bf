package dev.aerie.dataset;

import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.engine.SparseVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Parquet through a DuckDB table in a file beside the target, so that rows never pile up in
/// memory; it takes about the room of the rows until the file is finished.
final class ParquetWriter implements RowWriter {
  private final PartFile file;
  private final List<Field> fields;
  private final Path scratch;
  private final Connection duck;
  private final DuckDBAppender appender;
  private boolean finished;

  ParquetWriter(Path path, List<Field> fields) {
    this.file = new PartFile(path);
    this.fields = List.copyOf(fields);
    this.scratch = path.resolveSibling(path.getFileName() + ".rows");
    try {
      Files.deleteIfExists(scratch);
      this.duck = Duck.connect(scratch);
      var columns = new ArrayList<String>();
      for (var field : fields) {
        columns.add(Duck.name(field.name()) + " " + type(field));
      }
      try (var statement = duck.createStatement()) {
        statement.execute("CREATE TABLE rows (" + String.join(", ", columns) + ")");
      }
      this.appender = duck.unwrap(DuckDBConnection.class).createAppender("main", "rows");
    } catch (SQLException | IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void write(ColumnBatch rows) {
    var columns = new ArrayList<Optional<Column>>();
    for (var field : fields) {
      columns.add(rows.column(field.name()));
    }
    try {
      for (int row = 0; row < rows.size(); row++) {
        appender.beginRow();
        for (var column : columns) {
          if (column.isEmpty() || column.get().isNull(row)) {
            appender.appendNull();
          } else {
            append(column.get(), row);
          }
        }
        appender.endRow();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void finish() {
    try {
      appender.close();
      try (var statement = duck.createStatement()) {
        statement.execute(
            "COPY rows TO %s (FORMAT parquet, COMPRESSION zstd)"
                .formatted(Duck.text(file.part().toAbsolutePath().toString())));
      }
      file.publish();
      finished = true;
    } catch (SQLException | IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      if (!finished) {
        appender.close();
      }
      duck.close();
      Files.deleteIfExists(scratch);
      Files.deleteIfExists(scratch.resolveSibling(scratch.getFileName() + ".wal"));
      if (!finished) {
        file.discard();
      }
    } catch (SQLException | IOException e) {
      throw failed(e);
    }
  }

  private void append(Column column, int row) throws SQLException {
    var value = column.value(row).orElseThrow();
    switch (value) {
      case Boolean bool -> appender.append(bool.booleanValue());
      case Integer number -> appender.append(number.intValue());
      case Long number -> appender.append(number.longValue());
      case Float number -> appender.append(number.floatValue());
      case Double number -> appender.append(number.doubleValue());
      case String text -> appender.append(text);
      case float[] floats -> appender.append(floats);
      case byte[] bytes -> appender.append(bytes);
      case SparseVector sparse -> appender.append(TextWriter.sparse(sparse));
      case List<?> list -> appender.append(list);
      default -> appender.append(value.toString());
    }
  }

  private static String type(Field field) {
    return switch (field.type()) {
      case ARRAY -> scalar(field.elementType().orElseThrow()) + "[]";
      case FLOAT_VECTOR -> "FLOAT[]";
      case BINARY_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR -> "BLOB";
      case BOOL,
          INT8,
          INT16,
          INT32,
          INT64,
          FLOAT,
          DOUBLE,
          VARCHAR,
          JSON,
          GEOMETRY,
          TEXT,
          TIMESTAMPTZ,
          SPARSE_FLOAT_VECTOR,
          UNKNOWN ->
          scalar(field.type());
    };
  }

  private static String scalar(DataType type) {
    return switch (type) {
      case BOOL -> "BOOLEAN";
      case INT8, INT16, INT32 -> "INTEGER";
      case INT64, TIMESTAMPTZ -> "BIGINT";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case VARCHAR,
          JSON,
          GEOMETRY,
          TEXT,
          ARRAY,
          BINARY_VECTOR,
          FLOAT_VECTOR,
          FLOAT16_VECTOR,
          BFLOAT16_VECTOR,
          SPARSE_FLOAT_VECTOR,
          INT8_VECTOR,
          UNKNOWN ->
          "VARCHAR";
    };
  }

  private DataFileException failed(Exception e) {
    var reason = e instanceof SQLException sql ? Duck.reason(sql) : e.getMessage();
    return new DataFileException(file.file(), "cannot be written: " + reason, e);
  }
}
