package dev.aerie.dataset;

import dev.aerie.engine.ColumnBatch;
import java.util.List;

/// A piece of a file, converted.
///
/// @param rows those that fit, in the file's order
/// @param sources the same rows as the file has them
/// @param errors those that did not fit
/// @param lastRow number of the last row that was read, good or bad
public record RowBatch(
    ColumnBatch rows, List<SourceRow> sources, List<RowError> errors, long lastRow) {
  public RowBatch {
    sources = List.copyOf(sources);
    errors = List.copyOf(errors);
  }
}
