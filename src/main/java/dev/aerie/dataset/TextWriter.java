package dev.aerie.dataset;

import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.engine.SparseVector;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What the writers of text have in common.
abstract sealed class TextWriter implements RowWriter permits CsvWriter, JsonLinesWriter {
  private final PartFile file;
  private final List<Field> fields;
  private final BufferedWriter out;
  private boolean finished;

  TextWriter(Path path, List<Field> fields) {
    this.file = new PartFile(path);
    this.fields = List.copyOf(fields);
    try {
      this.out = Files.newBufferedWriter(file.part());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  final List<Field> fields() {
    return fields;
  }

  abstract void writeRow(List<Optional<Column>> columns, int row, BufferedWriter out)
      throws IOException;

  final void writeLine(String line) {
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public final void write(ColumnBatch rows) {
    var columns = new ArrayList<Optional<Column>>();
    for (var field : fields) {
      columns.add(rows.column(field.name()));
    }
    try {
      for (int row = 0; row < rows.size(); row++) {
        writeRow(columns, row, out);
        out.write('\n');
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public final void finish() {
    try {
      out.close();
      file.publish();
      finished = true;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public final void close() {
    if (!finished) {
      try (out) {
        file.discard();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  /// A value as JSON.
  static String json(Column column, int row) {
    return switch (column.value(row).orElse("")) {
      case String text -> column.type() == DataType.JSON ? text : Cell.quoted(text);
      case byte[] bytes -> '"' + Base64.getEncoder().encodeToString(bytes) + '"';
      case SparseVector sparse -> sparse(sparse);
      case Object value -> Cell.json(value);
    };
  }

  static String sparse(SparseVector vector) {
    var text = new StringBuilder("{");
    for (int i = 0; i < vector.size(); i++) {
      text.append(i == 0 ? "\"" : ",\"")
          .append(Integer.toUnsignedString(vector.index(i)))
          .append("\":")
          .append(vector.value(i));
    }
    return text.append('}').toString();
  }

  private DataFileException failed(IOException e) {
    return new DataFileException(file.file(), "cannot be written: " + e.getMessage(), e);
  }
}
