package dev.aerie.ui.load;

import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.ViewFrame;
import java.util.Map;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// Binds the wizard's frame: the row of steps, the step that is shown, the buttons at its foot.
public final class LoadController {
  private final LoadViewModel model;
  private final Map<Step, Node> steps;
  private final Node target;
  @FXML private ViewFrame frame;
  @FXML private HBox stepper;
  @FXML private StackPane body;
  @FXML private ProgressBar bar;
  @FXML private Label doing;
  @FXML private Button cancelButton;
  @FXML private Button backButton;
  @FXML private Button nextButton;

  /// @param steps one node each
  /// @param target stands beside the step that maps
  LoadController(LoadViewModel model, Map<Step, Node> steps, Node target) {
    this.model = model;
    this.steps = Map.copyOf(steps);
    this.target = target;
  }

  @FXML
  private void initialize() {
    doing.managedProperty().bind(doing.visibleProperty());
    bar.managedProperty().bind(bar.visibleProperty());
    model.stepProperty().subscribe(step -> show());
    model.workingProperty().subscribe(working -> show());
    model.previewProperty().subscribe(profile -> show());
    model
        .failureProperty()
        .subscribe(
            failure -> failure.ifPresentOrElse(frame.banner()::show, () -> frame.banner().clear()));
  }

  private void show() {
    var step = model.stepProperty().get();
    body.getChildren().setAll(steps.get(step));
    frame.setInspector(step == Step.MAP ? target : null);
    showSteps(step);
    var words = model.messages();
    nextButton.setText(
        switch (step) {
          case FILE -> words.get("next.file");
          case MAP -> words.get("next.map");
          case OPTIONS -> words.get("next.options");
          case DRY_RUN ->
              words.get(
                  "next.dryRun",
                  model.previewProperty().get().map(FilePreview::rowCount).orElse(""));
          case LOAD -> words.get("next.load");
          case REPORT -> words.get("next.report");
        });
    var working = model.workingProperty().get();
    boolean waits = working.isPresent();
    nextButton.setDisable(waits && step != Step.LOAD);
    nextButton.setVisible(step != Step.FILE);
    nextButton.setManaged(step != Step.FILE);
    cancelButton.setVisible(waits);
    cancelButton.setManaged(waits);
    boolean back = step == Step.MAP || step == Step.OPTIONS || step == Step.DRY_RUN;
    backButton.setVisible(back);
    backButton.setManaged(back);
    backButton.setDisable(waits);
    showWork(step, working);
  }

  private void showWork(Step step, Optional<Job<?>> working) {
    boolean inFoot = working.isPresent() && step != Step.LOAD;
    bar.setVisible(inFoot);
    doing.setVisible(inFoot);
    bar.progressProperty().unbind();
    working
        .filter(job -> inFoot)
        .ifPresent(
            job -> {
              doing.setText(model.messages().get(step.key().replace("step.", "doing.")));
              bar.progressProperty().bind(job.doneProperty().map(done -> job.share()));
            });
  }

  private void showSteps(Step current) {
    stepper.getChildren().clear();
    for (var step : Step.values()) {
      boolean past = step.ordinal() < current.ordinal();
      var circle = new Label(past ? null : Integer.toString(step.ordinal() + 1));
      if (past) {
        circle.setGraphic(Icons.of("fth-check"));
      }
      circle
          .getStyleClass()
          .addAll("step-circle", past ? "past" : step == current ? "now" : "later");
      circle.setMinWidth(Region.USE_PREF_SIZE);
      var name = new Label(model.messages().get(step.key()));
      name.getStyleClass().addAll("step-name", step == current ? "strong" : "muted");
      name.setAccessibleText(
          model
              .messages()
              .get("step.accessible", Integer.toString(step.ordinal() + 1), name.getText()));
      if (step != Step.FILE) {
        var line = new Region();
        line.getStyleClass().add("step-line");
        stepper.getChildren().add(line);
      }
      stepper.getChildren().addAll(circle, name);
    }
  }

  @FXML
  private void onCancel() {
    model.cancel();
  }

  @FXML
  private void onBack() {
    model.back();
  }

  @FXML
  private void onNext() {
    model.next();
  }
}
