package dev.aerie.ui.shell;

import dev.aerie.ui.fx.Failure;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Messages;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/// A task: name, phase, how far, how fast, how long yet, Cancel.
final class TaskCell extends ListCell<Job<?>> {
  private final Messages words;
  private final Label name = new Label();
  private final Label facts = new Label();
  private final ProgressBar bar = new ProgressBar();
  private final Button cancel = new Button();
  private final HBox row = new HBox();
  private final VBox middle;
  private Subscription watching = Subscription.EMPTY;

  TaskCell(Messages words) {
    this.words = words;
    name.getStyleClass().add("strong");
    facts.getStyleClass().add("caption");
    bar.setMaxWidth(Double.MAX_VALUE);
    bar.managedProperty().bind(bar.visibleProperty());
    middle = new VBox(name, bar, facts);
    middle.getStyleClass().add("tight");
    HBox.setHgrow(middle, Priority.ALWAYS);
    cancel.setText(words.get("task.cancel"));
    cancel.setMinWidth(USE_PREF_SIZE);
    row.getStyleClass().add("task-row");
  }

  @Override
  protected void updateItem(Job<?> item, boolean empty) {
    super.updateItem(item, empty);
    watching.unsubscribe();
    watching = Subscription.EMPTY;
    if (empty || item == null) {
      setGraphic(null);
      return;
    }
    name.setText(item.name());
    cancel.setOnAction(_ -> item.cancel());
    cancel.setAccessibleText(words.get("task.cancel") + ": " + item.name());
    watching =
        Subscription.combine(
            item.stateProperty().subscribe(_ -> show(item)),
            item.doneProperty().subscribe(_ -> show(item)),
            item.phaseProperty().subscribe(_ -> show(item)));
    setGraphic(row);
  }

  private void show(Job<?> job) {
    bar.setVisible(job.isRunning());
    bar.setProgress(job.share());
    cancel.setVisible(job.isRunning());
    cancel.setDisable(job.stateProperty().get() == Job.State.CANCELLING);
    facts.setText(
        switch (job.stateProperty().get()) {
          case RUNNING -> facts(job);
          case CANCELLING -> words.get("task.cancelling");
          case DONE -> words.get("task.done");
          case FAILED -> job.failure().map(cause -> Failure.of(cause).message()).orElse("");
          case CANCELLED -> words.get("task.cancelled", Figures.count(job.doneProperty().get()));
        });
    var icon =
        switch (job.stateProperty().get()) {
          case RUNNING, CANCELLING -> Icons.of("fth-play-circle", "icon-accent", "icon-16");
          case DONE -> Icons.of("fth-check-circle", "icon-success", "icon-16");
          case FAILED -> Icons.of("fth-alert-octagon", "icon-danger", "icon-16");
          case CANCELLED -> Icons.of("fth-slash", "icon-16");
        };
    row.getChildren().setAll(icon, middle, cancel);
  }

  private String facts(Job<?> job) {
    var text = new StringBuilder(job.phaseProperty().get());
    long done = job.doneProperty().get();
    long total = job.totalProperty().get();
    if (total > 0) {
      text.append(text.isEmpty() ? "" : " · ");
      text.append(words.get("task.of", Figures.count(done), Figures.count(total)));
    }
    double rate = job.rateProperty().get();
    if (rate > 0) {
      text.append(" · ").append(words.get("task.rate", Figures.count(Math.round(rate))));
    }
    job.timeLeft()
        .ifPresent(left -> text.append(" · ").append(words.get("task.left", Figures.time(left))));
    return text.toString();
  }
}
