package dev.aerie.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One row as the file has it. Broken where the file could not be understood there; it then has a
/// reason and a text, and no values.
///
/// A value is a Boolean, Long, Double, String, [JsonText], `long[]`, `double[]` or `float[]` (lists
/// of numbers), or a `List<Object>` of these.
public final class SourceRow {
  private final long number;
  private final Header header;
  private final @Nullable Object[] values;
  private final @Nullable String problem;
  private final @Nullable String text;

  private SourceRow(
      long number,
      Header header,
      @Nullable Object[] values,
      @Nullable String problem,
      @Nullable String text) {
    this.number = number;
    this.header = header;
    this.values = values;
    this.problem = problem;
    this.text = text;
  }

  /// @param number from 1
  /// @param values in the header's order, null where there is none; may be shorter than the header
  static SourceRow of(long number, Header header, @Nullable Object[] values) {
    return new SourceRow(number, header, values, null, null);
  }

  /// [#of(long, Header, Object[])] with the row's own text at hand.
  static SourceRow of(long number, Header header, @Nullable Object[] values, String text) {
    return new SourceRow(number, header, values, null, text);
  }

  static SourceRow broken(long number, Header header, String problem, String text) {
    return new SourceRow(number, header, new @Nullable Object[0], problem, text);
  }

  /// The row's number, from 1; the line that names the columns is not counted.
  public long number() {
    return number;
  }

  /// Why the row could not be understood.
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /// The columns known so far, this row's included.
  public List<String> columns() {
    return header.names();
  }

  /// What stands in a column; empty where nothing does or there is no such column.
  public Optional<Object> value(String column) {
    int index = header.index(column);
    return index < 0 || index >= values.length
        ? Optional.empty()
        : Optional.ofNullable(values[index]);
  }

  /// About how many bytes its values take in a batch.
  public long bytes() {
    long bytes = 0;
    for (var value : values) {
      bytes +=
          switch (value) {
            case null -> 1;
            case String string -> string.length();
            case JsonText(String json) -> json.length();
            case float[] floats -> 4L * floats.length;
            case double[] doubles -> 4L * doubles.length;
            case long[] longs -> 8L * longs.length;
            case List<?> list -> 16L * list.size();
            default -> 8;
          };
    }
    return bytes;
  }

  /// The row with one value more.
  SourceRow with(String column, Optional<Object> value) {
    if (problem != null) {
      return this;
    }
    int index = header.indexOrAdd(column);
    var more = Arrays.copyOf(values, Math.max(values.length, index + 1));
    more[index] = value.orElse(null);
    return new SourceRow(number, header, more, null, text);
  }

  /// The row as text: the file's own where that is text, else its values as a CSV line.
  public String text() {
    if (text != null) {
      return text;
    }
    var cells = new ArrayList<String>(values.length);
    for (var value : values) {
      cells.add(value == null ? "" : CsvText.quoted(Cell.text(value), ','));
    }
    return String.join(",", cells);
  }

  /// The names of columns, which a JSON reader adds to as it meets them.
  static final class Header {
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> indexes = new HashMap<>();

    Header(List<String> names) {
      names.forEach(this::indexOrAdd);
    }

    int index(String name) {
      return indexes.getOrDefault(name, -1);
    }

    int indexOrAdd(String name) {
      int known = index(name);
      if (known >= 0) {
        return known;
      }
      names.add(name);
      indexes.put(name, names.size() - 1);
      return names.size() - 1;
    }

    int size() {
      return names.size();
    }

    List<String> names() {
      return List.copyOf(names);
    }
  }
}
