package dev.aerie.dataset;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The text of CSV as RFC 4180 has it: cells in quotes where they hold a separator, a quote or a
/// line break; quotes doubled within.
final class CsvText {
  private CsvText() {}

  /// A cell as it is written.
  static String quoted(String cell, char separator) {
    boolean plain =
        cell.indexOf(separator) < 0
            && cell.indexOf('"') < 0
            && cell.indexOf('\n') < 0
            && cell.indexOf('\r') < 0
            && !cell.isEmpty();
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /// The separator that divides a first line into the most cells.
  static char separatorOf(String firstLine) {
    char best = ',';
    int most = 0;
    for (char candidate : new char[] {',', ';', '\t', '|'}) {
      int cells = cells(firstLine, candidate).size();
      if (cells > most) {
        most = cells;
        best = candidate;
      }
    }
    return best;
  }

  /// The cells of one complete record; null for an empty cell without quotes.
  static List<@Nullable String> cells(String record, char separator) {
    var cells = new ArrayList<@Nullable String>();
    var cell = new StringBuilder();
    boolean quoted = false;
    int at = 0;
    while (true) {
      if (at < record.length() && record.charAt(at) == '"' && cell.isEmpty() && !quoted) {
        quoted = true;
        at = unquote(record, at + 1, cell);
      } else if (at == record.length() || record.charAt(at) == separator) {
        cells.add(cell.isEmpty() && !quoted ? null : cell.toString());
        cell.setLength(0);
        quoted = false;
        if (at == record.length()) {
          return cells;
        }
        at++;
      } else {
        cell.append(record.charAt(at++));
      }
    }
  }

  /// Reads up to the closing quote.
  ///
  /// @return where the cell goes on
  private static int unquote(String record, int from, StringBuilder into) {
    int at = from;
    while (at < record.length()) {
      char c = record.charAt(at++);
      if (c != '"') {
        into.append(c);
      } else if (at < record.length() && record.charAt(at) == '"') {
        into.append('"');
        at++;
      } else {
        return at;
      }
    }
    return at;
  }
}
