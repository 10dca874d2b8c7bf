package dev.aerie.ui.load;

import dev.aerie.engine.ColumnBatch;
import dev.aerie.service.load.DryRunReport;
import java.util.List;

/// What a dry run made of the first rows.
///
/// @param read rows of the file
/// @param rows converted
public record Trial(long read, ColumnBatch rows, List<LeftOut> leftOut) {
  public Trial {
    leftOut = List.copyOf(leftOut);
  }

  static Trial of(DryRunReport report) {
    return new Trial(report.rowsRead(), report.rows(), LeftOut.of(report.rejected()));
  }
}
