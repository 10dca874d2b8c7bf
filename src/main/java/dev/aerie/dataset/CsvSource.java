package dev.aerie.dataset;

import dev.aerie.dataset.SourceRow.Header;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// CSV and TSV. The first line names the columns unless all its cells are numbers; the separator is
/// found in it. All values are texts; an empty cell without quotes is none.
///
/// A row whose quotes do not close, or with another number of cells than the first line, is broken
/// alone: reading goes on with the line after its first one.
final class CsvSource implements RowSource {
  private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?\\s*");

  private final Path file;
  private final FileFormat format;
  private final char separator;
  private final boolean named;
  private final List<String> columns;

  CsvSource(Path file, FileFormat format) {
    this.file = file;
    this.format = format;
    try (var lines = new TextFile(file)) {
      var first = Records.next(lines, format == FileFormat.TSV ? '\t' : 0);
      if (first == null) {
        throw new DataFileException(file, "holds no line with text");
      }
      this.separator = format == FileFormat.TSV ? '\t' : CsvText.separatorOf(first.text());
      var cells = CsvText.cells(first.text(), separator);
      this.named = !cells.stream().allMatch(cell -> cell != null && NUMBER.matcher(cell).matches());
      this.columns = named ? names(cells) : numbered(cells.size());
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public FileFormat format() {
    return format;
  }

  @Override
  public long bytes() {
    return FileFormat.size(file);
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public OptionalLong rows() {
    return OptionalLong.empty();
  }

  @Override
  public RowReader open(long skip) {
    var reader = new Reader();
    for (long row = 0; row < skip && reader.next().isPresent(); row++) {}
    return reader;
  }

  private static List<String> names(List<@Nullable String> cells) {
    var names = new ArrayList<String>();
    var seen = new HashSet<String>();
    for (int i = 0; i < cells.size(); i++) {
      var cell = cells.get(i);
      var name = cell == null || cell.isBlank() ? "column_" + i : cell.strip();
      while (!seen.add(name)) {
        name = name + "_" + i;
      }
      names.add(name);
    }
    return List.copyOf(names);
  }

  private static List<String> numbered(int count) {
    var names = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      names.add("column_" + i);
    }
    return List.copyOf(names);
  }

  /// Records of one or, where quotes hold line breaks, several lines.
  ///
  /// @param text without the last line end
  /// @param closed whether all its quotes are closed
  private record Records(String text, boolean closed) {
    private static final int MAX_LINES = 10_000;

    /// The next record that is not blank; null at the end. Quotes begin a cell only after a
    /// separator or at the line's start; with separator 0 any of the known ones counts.
    static @Nullable Records next(TextFile lines, char separator) {
      var line = lines.line();
      while (line != null && line.isBlank()) {
        line = lines.line();
      }
      if (line == null) {
        return null;
      }
      if (!isOpen(line, separator, false)) {
        return new Records(line, true);
      }
      var taken = new ArrayList<String>();
      var text = new StringBuilder(line);
      boolean open = true;
      while (open) {
        line = taken.size() == MAX_LINES ? null : lines.line();
        if (line == null) {
          return giveBack(lines, taken, text);
        }
        taken.add(line);
        text.append('\n').append(line);
        open = isOpen(line, separator, true);
      }
      return new Records(text.toString(), true);
    }

    /// The first line alone is the broken record; the others may be whole ones.
    private static Records giveBack(TextFile lines, List<String> taken, StringBuilder text) {
      taken.reversed().forEach(lines::giveBack);
      int end = text.indexOf("\n");
      return new Records(end < 0 ? text.toString() : text.substring(0, end), false);
    }

    /// Whether a quoted cell is still open at the end of a line.
    private static boolean isOpen(String line, char separator, boolean openBefore) {
      boolean open = openBefore;
      if (!open && line.indexOf('"') < 0) {
        return false;
      }
      boolean start = true;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (open) {
          if (c == '"') {
            if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
              i++;
            } else {
              open = false;
            }
          }
          start = false;
        } else if (c == '"' && start) {
          open = true;
        } else {
          start = separator == 0 ? c == ',' || c == ';' || c == '\t' || c == '|' : c == separator;
        }
      }
      return open;
    }
  }

  private final class Reader implements RowReader {
    private final TextFile lines = new TextFile(file);
    private final Header header = new Header(columns);
    private long row;

    Reader() {
      if (named) {
        Records.next(lines, separator);
      }
    }

    @Override
    public Optional<SourceRow> next() {
      var read = Records.next(lines, separator);
      if (read == null) {
        return Optional.empty();
      }
      row++;
      var record = read.text();
      if (!read.closed()) {
        return Optional.of(
            SourceRow.broken(row, header, "a quote is opened and never closed", record));
      }
      var cells = CsvText.cells(record, separator);
      if (cells.size() != columns.size()) {
        return Optional.of(
            SourceRow.broken(
                row,
                header,
                "the row has %d cells; the first line has %d"
                    .formatted(cells.size(), columns.size()),
                record));
      }
      return Optional.of(SourceRow.of(row, header, cells.toArray(new @Nullable Object[0]), record));
    }

    @Override
    public long bytesRead() {
      return lines.bytesRead();
    }

    @Override
    public void close() {
      lines.close();
    }
  }
}
