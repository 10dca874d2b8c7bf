package dev.aerie.ui.load;

import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;

/// Shows where a load stands.
public final class RunController {
  private final LoadViewModel model;
  @FXML private Label heading;
  @FXML private ProgressBar bar;
  @FXML private Label read;
  @FXML private Label written;
  @FXML private Label rejected;
  @FXML private Label rate;
  @FXML private Label left;
  @FXML private Label notice;

  RunController(LoadViewModel model) {
    this.model = model;
  }

  @FXML
  private void initialize() {
    bar.setAccessibleText(model.messages().get("step.load"));
    notice.managedProperty().bind(notice.textProperty().isNotEmpty());
    model.stepProperty().subscribe(step -> show(model.runProperty().get()));
    model.runProperty().subscribe(this::show);
  }

  private void show(Optional<RunFigures> told) {
    var words = model.messages();
    var file = model.previewProperty().get().map(FilePreview::name).orElse("");
    heading.setText(words.get("run.heading", file, model.collection()));
    if (told.isEmpty()) {
      bar.setProgress(ProgressBar.INDETERMINATE_PROGRESS);
      return;
    }
    var status = told.get();
    bar.setProgress(status.share());
    read.setText(status.read());
    written.setText(status.written());
    rejected.setText(status.rejected());
    rate.setText(status.rate());
    left.setText(status.left());
    notice.setText(status.notice());
  }
}
