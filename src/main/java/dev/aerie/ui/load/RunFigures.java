package dev.aerie.ui.load;

import dev.aerie.service.load.LoadStatus;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Messages;

/// Where a load stands, in words.
///
/// @param share of the file's bytes, 0…1
/// @param notice a retry, or empty
public record RunFigures(
    double share,
    String read,
    String written,
    String rejected,
    String rate,
    String left,
    String notice) {
  static RunFigures of(LoadStatus status, Messages words) {
    return new RunFigures(
        Math.clamp((double) status.bytesRead() / Math.max(1, status.fileBytes()), 0, 1),
        Figures.count(status.rowsRead()),
        Figures.count(status.written()),
        Figures.count(status.rejected()),
        words.get("run.rate.value", Figures.count(Math.round(status.rowsPerSecond()))),
        status.remaining().map(Figures::time).orElse("–"),
        status.notice().orElse(""));
  }
}
