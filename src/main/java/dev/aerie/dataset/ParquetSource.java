package dev.aerie.dataset;

import dev.aerie.dataset.SourceRow.Header;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parquet, through DuckDB. Structures and lists of lists come as JSON, times as ISO text, blobs as
/// base64, decimals as Double.
final class ParquetSource implements RowSource {
  private static final Pattern PLAIN =
      Pattern.compile("BOOLEAN|U?TINYINT|U?SMALLINT|U?INTEGER|BIGINT|FLOAT|DOUBLE|VARCHAR");
  private static final Pattern LIST = Pattern.compile("(" + PLAIN.pattern() + ")\\[\\d*]");

  private final Path file;
  private final List<String> columns;
  private final List<Boolean> json;
  private final String select;
  private final long rows;

  ParquetSource(Path file) {
    this.file = file;
    var names = new ArrayList<String>();
    var structured = new ArrayList<Boolean>();
    var expressions = new ArrayList<String>();
    try (var duck = Duck.connect();
        var statement = duck.createStatement()) {
      try (var described = statement.executeQuery("DESCRIBE SELECT * FROM " + table())) {
        while (described.next()) {
          var name = described.getString(1);
          var type = described.getString(2);
          names.add(name);
          var expression = expression(Duck.name(name), type);
          structured.add(expression.startsWith("CAST(to_json"));
          expressions.add(expression);
        }
      }
      try (var counted = statement.executeQuery("SELECT count(*) FROM " + table())) {
        counted.next();
        this.rows = counted.getLong(1);
      }
    } catch (SQLException e) {
      throw new DataFileException(
          file, "is no Parquet file that can be read: " + Duck.reason(e), e);
    }
    this.columns = List.copyOf(names);
    this.json = List.copyOf(structured);
    this.select = "SELECT " + String.join(", ", expressions) + " FROM " + table();
  }

  private String table() {
    return "read_parquet(" + Duck.text(file.toAbsolutePath().toString()) + ")";
  }

  private static String expression(String name, String type) {
    if (PLAIN.matcher(type).matches() || LIST.matcher(type).matches()) {
      return name;
    }
    if (type.startsWith("DECIMAL") && !type.endsWith("]")) {
      return "CAST(" + name + " AS DOUBLE)";
    }
    if (type.equals("BLOB")) {
      return "to_base64(" + name + ")";
    }
    boolean structured =
        type.endsWith("]")
            || type.startsWith("STRUCT")
            || type.startsWith("MAP")
            || type.equals("JSON");
    return structured ? "CAST(to_json(" + name + ") AS VARCHAR)" : "CAST(" + name + " AS VARCHAR)";
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public FileFormat format() {
    return FileFormat.PARQUET;
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
    return OptionalLong.of(rows);
  }

  @Override
  public RowReader open(long skip) {
    try {
      return new Reader(skip);
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private DataFileException broken(SQLException e) {
    return new DataFileException(file, "cannot be read on: " + Duck.reason(e), e);
  }

  private final class Reader implements RowReader {
    private final Connection duck;
    private final Statement statement;
    private final ResultSet answer;
    private final Header header = new Header(columns);
    private long row;

    Reader(long skip) throws SQLException {
      this.row = skip;
      this.duck = Duck.connect();
      try {
        this.statement = duck.createStatement();
        this.answer = statement.executeQuery(skip == 0 ? select : select + " OFFSET " + skip);
      } catch (SQLException e) {
        duck.close();
        throw e;
      }
    }

    @Override
    public Optional<SourceRow> next() {
      try {
        if (!answer.next()) {
          return Optional.empty();
        }
        var values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = value(answer.getObject(i + 1), json.get(i));
        }
        return Optional.of(SourceRow.of(++row, header, values));
      } catch (SQLException e) {
        throw broken(e);
      }
    }

    @Override
    public long bytesRead() {
      return rows == 0 ? 0 : (long) ((double) bytes() * row / rows);
    }

    @Override
    public void close() {
      try (duck;
          statement) {
        answer.close();
      } catch (SQLException e) {
        throw broken(e);
      }
    }
  }

  private static @Nullable Object value(@Nullable Object value, boolean json) throws SQLException {
    return switch (value) {
      case null -> null;
      case String text -> json ? new JsonText(text) : text;
      case Float number -> number.doubleValue();
      case Double number -> number;
      case Boolean bool -> bool;
      case Number number -> number.longValue();
      case Array array -> list((@Nullable Object[]) array.getArray());
      default -> value.toString();
    };
  }

  private static @Nullable Object list(@Nullable Object[] elements) throws SQLException {
    if (elements.length > 0 && elements[0] instanceof Float) {
      var floats = new float[elements.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = elements[i] instanceof Float number ? number : Float.NaN;
      }
      return floats;
    }
    if (elements.length > 0 && elements[0] instanceof Double) {
      var doubles = new double[elements.length];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = elements[i] instanceof Double number ? number : Double.NaN;
      }
      return doubles;
    }
    var list = new ArrayList<Object>(elements.length);
    for (var element : elements) {
      var value = value(element, false);
      list.add(value == null ? new JsonText("null") : value);
    }
    return list;
  }
}
