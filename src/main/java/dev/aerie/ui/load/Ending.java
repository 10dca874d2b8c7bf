package dev.aerie.ui.load;

import dev.aerie.service.load.LoadReport;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Messages;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a load ended, in words.
///
/// @param tone `success`, `warning` or `danger`
/// @param files that were written, one a line
public record Ending(
    String database,
    String collection,
    String outcome,
    String tone,
    String message,
    String read,
    String written,
    String rejected,
    String counts,
    String took,
    String files,
    List<LeftOut> leftOut) {
  public Ending {
    leftOut = List.copyOf(leftOut);
  }

  static Ending of(LoadReport report, Messages words) {
    var tone =
        switch (report.outcome()) {
          case DONE -> "success";
          case CANCELLED, STOPPED -> "warning";
          case MISCOUNTED, FAILED -> "danger";
        };
    var files =
        Stream.of(report.rejectFile(), report.keysFile())
            .flatMap(Optional::stream)
            .map(String::valueOf)
            .toList();
    return new Ending(
        report.database(),
        report.collection(),
        words.get("report." + report.outcome()),
        tone,
        report.message(),
        Figures.count(report.rowsRead()),
        Figures.count(report.written()),
        Figures.count(report.rejectedRows()),
        words.get(
            "report.counts.value",
            Figures.count(report.countBefore()),
            Figures.count(report.countAfter())),
        Figures.time(report.took()),
        files.isEmpty() ? words.get("report.none") : String.join("\n", files),
        LeftOut.of(report.rejected()));
  }
}
