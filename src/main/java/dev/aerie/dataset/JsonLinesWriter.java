package dev.aerie.dataset;

import dev.aerie.engine.Column;
import dev.aerie.engine.Field;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One JSON object a line; vectors in bytes as base64, sparse ones as `{"index": value}`.
final class JsonLinesWriter extends TextWriter {
  private final List<String> names;

  JsonLinesWriter(Path file, List<Field> fields) {
    super(file, fields);
    this.names = fields.stream().map(field -> Cell.quoted(field.name()) + ":").toList();
  }

  @Override
  void writeRow(List<Optional<Column>> columns, int row, BufferedWriter out) throws IOException {
    out.write('{');
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(names.get(i));
      var column = columns.get(i);
      out.write(column.isPresent() && !column.get().isNull(row) ? json(column.get(), row) : "null");
    }
    out.write('}');
  }
}
