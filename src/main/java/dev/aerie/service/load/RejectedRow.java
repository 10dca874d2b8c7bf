package dev.aerie.service.load;

import dev.aerie.dataset.RowError;

/// A row that was left out.
///
/// @param row its number in the file, from 1
/// @param column where it failed, "" for the whole row
/// @param text the row as it stands in the file
public record RejectedRow(long row, String column, String reason, String text) {
  static RejectedRow of(RowError error) {
    return new RejectedRow(error.row(), error.column().orElse(""), error.reason(), error.text());
  }
}
