package dev.aerie.ui.connect;

import dev.aerie.engine.Connector.Step.Outcome;
import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Messages;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The steps of a connection test below each other: how each ended, what was seen, how long it
/// took.
final class StepList extends VBox {
  private final ConnectViewModel model;
  private final Messages words;

  StepList(ConnectViewModel model) {
    this.model = model;
    this.words = model.messages();
    getStyleClass().add("form-body");
    model.steps().addListener((ListChangeListener<TestStep>) change -> show());
    model.testingProperty().subscribe(testing -> show());
  }

  private void show() {
    getChildren().clear();
    var title = new Label(words.get("test"));
    title.getStyleClass().add("section");
    title.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(title, Priority.ALWAYS);
    var head = new HBox(title);
    head.setAlignment(Pos.CENTER_LEFT);
    long passed = model.steps().stream().filter(StepList::isPassed).count();
    if (!model.steps().isEmpty()) {
      boolean all = passed == model.steps().size();
      head.getChildren()
          .add(
              new Chip(
                  words.get(
                      "test.passed", Long.toString(passed), Integer.toString(model.steps().size())),
                  all ? "fth-check" : "fth-alert-triangle",
                  all ? "success" : "warning"));
    }
    var verdict = new Label(verdict());
    verdict.getStyleClass().add("caption");
    verdict.setWrapText(true);
    getChildren().addAll(head, verdict);
    model.steps().forEach(step -> getChildren().add(line(step)));
  }

  private String verdict() {
    if (model.testingProperty().get()) {
      return words.get("test.running");
    }
    if (model.steps().isEmpty()) {
      return words.get("test.none");
    }
    if (model.steps().stream().anyMatch(step -> step.outcome() == Outcome.FAILED)) {
      return words.get("test.cannot");
    }
    return words.get(
        model.steps().stream().allMatch(StepList::isPassed) ? "test.can" : "test.attention");
  }

  private static boolean isPassed(TestStep step) {
    return step.outcome() == Outcome.PASSED;
  }

  private Node line(TestStep step) {
    var icon =
        switch (step.outcome()) {
          case PASSED -> Icons.of("fth-check-circle", "icon-20", "icon-success");
          case WARNED -> Icons.of("fth-alert-triangle", "icon-20", "icon-warning");
          case FAILED -> Icons.of("fth-x-circle", "icon-20", "icon-danger");
          case SKIPPED -> Icons.of("fth-minus-circle", "icon-20");
        };
    var name = new Label(step.name());
    name.getStyleClass().add("strong");
    name.setAccessibleText(step.name() + ": " + words.get("outcome." + step.outcome()));
    name.setMinWidth(0);
    name.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(name, Priority.ALWAYS);
    var took = new Label(step.outcome() == Outcome.SKIPPED ? "–" : Figures.millis(step.millis()));
    took.getStyleClass().addAll("mono", "muted");
    took.setMinWidth(USE_PREF_SIZE);
    var finding = new Label(step.finding());
    finding.getStyleClass().add("caption");
    finding.setWrapText(true);
    var texts = new VBox(new HBox(name, took), finding);
    if (!step.details().isEmpty()) {
      var copy = new Hyperlink(words.get("test.copy"));
      copy.setOnAction(event -> model.copy(step.details()));
      texts.getChildren().add(copy);
    }
    texts.setMinWidth(0);
    HBox.setHgrow(texts, Priority.ALWAYS);
    var line = new HBox(icon, texts);
    line.getStyleClass().add("group");
    return line;
  }
}
