package dev.aerie.ui.load;

import dev.aerie.ui.fx.Chip;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;

/// Shows how a load ended and what is in.
public final class ReportController {
  private final LoadViewModel model;
  @FXML private Label heading;
  @FXML private Chip verdict;
  @FXML private Label message;
  @FXML private Label read;
  @FXML private Label written;
  @FXML private Label rejectedCount;
  @FXML private Label counts;
  @FXML private Label took;
  @FXML private Label files;
  @FXML private TableView<LeftOut> rejected;

  ReportController(LoadViewModel model) {
    this.model = model;
  }

  @FXML
  private void initialize() {
    rejected.setAccessibleText(model.messages().get("run.rejected"));
    RejectedTable.columns(rejected, model.messages());
    model.endingProperty().subscribe(report -> report.ifPresent(this::show));
  }

  private void show(Ending ending) {
    heading.setText(ending.collection());
    verdict.set(
        ending.outcome(),
        switch (ending.tone()) {
          case "success" -> "fth-check";
          case "warning" -> "fth-alert-triangle";
          default -> "fth-alert-octagon";
        },
        ending.tone());
    message.setText(ending.message());
    read.setText(ending.read());
    written.setText(ending.written());
    rejectedCount.setText(ending.rejected());
    counts.setText(ending.counts());
    took.setText(ending.took());
    files.setText(ending.files());
    RejectedTable.show(rejected, ending.leftOut(), model.messages().get("report.noRejected"));
  }
}
