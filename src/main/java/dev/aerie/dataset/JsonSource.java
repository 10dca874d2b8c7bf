package dev.aerie.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.aerie.dataset.SourceRow.Header;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// JSON Lines (an object a line), and JSON with a list of objects: the file itself, or the first
/// list of objects in it, as in `{"rows": [ … ]}`.
///
/// A broken line is broken alone. In a JSON list the text after a syntax error means nothing any
/// more, so the file ends there with a [DataFileException] that says where.
final class JsonSource implements RowSource {
  private static final int SAMPLE = 1_000;

  private final Path file;
  private final FileFormat format;
  private final boolean lines;
  private final List<String> columns;

  JsonSource(Path file, FileFormat format) {
    this.file = file;
    this.format = format;
    this.lines = format == FileFormat.JSON_LINES ? !isList() : isLines();
    this.columns = firstColumns();
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
    var reader = lines ? new LineReader(columns) : new ListReader(columns);
    for (long row = 0; row < skip && reader.next().isPresent(); row++) {}
    return reader;
  }

  private List<String> firstColumns() {
    try (var reader = lines ? new LineReader(List.of()) : new ListReader(List.of())) {
      List<String> names = List.of();
      for (int row = 0; row < SAMPLE; row++) {
        var next = reader.next();
        if (next.isEmpty()) {
          break;
        }
        names = next.get().columns();
      }
      if (names.isEmpty()) {
        throw new DataFileException(
            file, "holds no JSON object among its first rows; a row is like {\"id\": 1}");
      }
      return names;
    }
  }

  /// Whether the first character of JSON is the start of a list.
  private boolean isList() {
    try (var stream = Files.newInputStream(file)) {
      int c = stream.read();
      while (Character.isWhitespace(c)) {
        c = stream.read();
      }
      return c == '[';
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /// Whether a second object follows a first one that holds no list of objects: lines under the
  /// wrong name.
  private boolean isLines() {
    if (isList()) {
      return false;
    }
    try (var text = new TextFile(file)) {
      var first = text.line();
      while (first != null && first.isBlank()) {
        first = text.line();
      }
      if (first == null || !first.strip().startsWith("{")) {
        return false;
      }
      try {
        return JsonRows.parse(first) instanceof JsonText && text.line() != null;
      } catch (IOException e) {
        return false;
      }
    }
  }

  private final class LineReader implements RowReader {
    private final TextFile text = new TextFile(file);
    private final Header header;
    private long row;

    LineReader(List<String> columns) {
      this.header = new Header(columns);
    }

    @Override
    public Optional<SourceRow> next() {
      var line = text.line();
      while (line != null && line.isBlank()) {
        line = text.line();
      }
      return line == null ? Optional.empty() : Optional.of(parse(++row, line));
    }

    private SourceRow parse(long number, String line) {
      try (var parser = JsonRows.factory().createParser(line)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          return SourceRow.broken(number, header, "the line is no JSON object", line);
        }
        var values = JsonRows.object(parser, header);
        if (parser.nextToken() != null) {
          return SourceRow.broken(number, header, "more text follows the JSON object", line);
        }
        return SourceRow.of(number, header, values, line);
      } catch (JsonProcessingException e) {
        return SourceRow.broken(number, header, syntax(e), line);
      } catch (IOException e) {
        return SourceRow.broken(number, header, "the line is not JSON: " + e.getMessage(), line);
      }
    }

    @Override
    public long bytesRead() {
      return text.bytesRead();
    }

    @Override
    public void close() {
      text.close();
    }
  }

  private final class ListReader implements RowReader {
    private final InputStream stream;
    private final JsonParser parser;
    private final Header header;
    private long row;

    ListReader(List<String> columns) {
      this.header = new Header(columns);
      try {
        this.stream = Files.newInputStream(file);
        this.parser = JsonRows.factory().createParser(stream);
        toList();
      } catch (IOException e) {
        throw broken(e);
      }
    }

    /// Goes to the first list of objects.
    private void toList() throws IOException {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_ARRAY) {
          return;
        }
      }
      throw new DataFileException(
          file, "holds no list of objects; it should be like [{\"id\": 1}, {\"id\": 2}]");
    }

    @Override
    public Optional<SourceRow> next() {
      try {
        var token = parser.nextToken();
        if (token == JsonToken.END_ARRAY) {
          return Optional.empty();
        }
        row++;
        if (token == JsonToken.START_OBJECT) {
          return Optional.of(SourceRow.of(row, header, JsonRows.object(parser, header)));
        }
        if (token == null) {
          throw new DataFileException(file, "ends within its list, after row " + (row - 1));
        }
        var text = parser.getText();
        parser.skipChildren();
        return Optional.of(SourceRow.broken(row, header, "the row is no JSON object", text));
      } catch (IOException e) {
        throw broken(e);
      }
    }

    private DataFileException broken(IOException e) {
      return new DataFileException(
          file,
          e instanceof JsonProcessingException syntax
              ? "is not JSON after row %d: %s".formatted(row, syntax(syntax))
              : "cannot be read: " + e.getMessage(),
          e);
    }

    @Override
    public long bytesRead() {
      return Math.max(0, parser.currentLocation().getByteOffset());
    }

    @Override
    public void close() {
      try {
        parser.close();
        stream.close();
      } catch (IOException e) {
        throw new DataFileException(file, "cannot be closed: " + e.getMessage(), e);
      }
    }
  }

  private static String syntax(JsonProcessingException e) {
    var where = e.getLocation();
    return "%s (line %d, column %d)"
        .formatted(e.getOriginalMessage(), where.getLineNr(), where.getColumnNr());
  }
}
