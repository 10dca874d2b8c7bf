package dev.aerie.dataset;

import dev.aerie.engine.Column;
import dev.aerie.engine.Field;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// CSV with a first line of names; null is an empty cell, an empty text is `""`.
///
/// With the guard on, a text that a spreadsheet would take for a formula gets an apostrophe in
/// front (OWASP, "CSV Injection"); such a file does not read back the same.
final class CsvWriter extends TextWriter {
  private final boolean guardFormulas;

  CsvWriter(Path file, List<Field> fields, boolean guardFormulas) {
    super(file, fields);
    this.guardFormulas = guardFormulas;
    writeLine(
        fields.stream()
            .map(field -> CsvText.quoted(guarded(field.name()), ','))
            .collect(Collectors.joining(",")));
  }

  @Override
  void writeRow(List<Optional<Column>> columns, int row, BufferedWriter out) throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      var column = columns.get(i);
      if (column.isPresent() && !column.get().isNull(row)) {
        out.write(CsvText.quoted(cell(column.get(), row), ','));
      }
    }
  }

  private String cell(Column column, int row) {
    return switch (column.type()) {
      case VARCHAR, TEXT, GEOMETRY, UNKNOWN ->
          guarded(String.valueOf(column.value(row).orElse("")));
      case BINARY_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR -> {
        var quoted = json(column, row);
        yield quoted.substring(1, quoted.length() - 1);
      }
      case BOOL,
          INT8,
          INT16,
          INT32,
          INT64,
          FLOAT,
          DOUBLE,
          ARRAY,
          JSON,
          TIMESTAMPTZ,
          FLOAT_VECTOR,
          SPARSE_FLOAT_VECTOR ->
          json(column, row);
    };
  }

  private String guarded(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return guardFormulas && formula ? "'" + text : text;
  }
}
