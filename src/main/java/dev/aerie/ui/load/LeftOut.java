package dev.aerie.ui.load;

import dev.aerie.service.load.RejectedRow;
import java.util.List;

/// A row that was left out, for a table.
///
/// @param row its number in the file, from 1
public record LeftOut(long row, String column, String reason, String text) {
  static List<LeftOut> of(List<RejectedRow> rows) {
    return rows.stream()
        .map(row -> new LeftOut(row.row(), row.column(), row.reason(), row.text()))
        .toList();
  }
}
