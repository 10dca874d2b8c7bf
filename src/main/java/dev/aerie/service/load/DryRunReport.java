package dev.aerie.service.load;

import dev.aerie.engine.ColumnBatch;
import java.util.List;

/// What the first rows of a load would be.
///
/// @param rows converted, without embedded vectors
/// @param rejected those that would be left out
public record DryRunReport(long rowsRead, ColumnBatch rows, List<RejectedRow> rejected) {
  public DryRunReport {
    rejected = List.copyOf(rejected);
  }
}
