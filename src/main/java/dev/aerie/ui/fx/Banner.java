package dev.aerie.ui.fx;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// A fact at the top of a view that stays until it is solved: what happened in bold, why, what can
/// be done, and the raw details on request. Takes no room while it has nothing to say.
public final class Banner extends VBox {
  private final Label fact = new Label();
  private final Label cause = new Label();
  private final HBox actions = new HBox();
  private final HBox row = new HBox();
  private final Messages words = Messages.of("fx");

  public Banner() {
    getStyleClass().add("banner");
    fact.getStyleClass().add("strong");
    fact.setWrapText(true);
    cause.setWrapText(true);
    cause.getStyleClass().add("muted");
    cause.managedProperty().bind(cause.textProperty().isNotEmpty());
    var texts = new VBox(fact, cause);
    HBox.setHgrow(texts, Priority.ALWAYS);
    texts.setMinWidth(0);
    actions.getStyleClass().add("group");
    actions.setAlignment(Pos.CENTER_RIGHT);
    actions.setMinWidth(USE_PREF_SIZE);
    row.getStyleClass().add("banner-row");
    row.getChildren().setAll(texts, actions);
    managedProperty().bind(visibleProperty());
    setVisible(false);
    getChildren().setAll(row);
  }

  /// Has nothing to say any more.
  public void clear() {
    setVisible(false);
  }

  /// Says what failed, with its details.
  public void show(Failure failure) {
    say("danger", "fth-alert-octagon", failure.message(), "", Optional.of(failure.details()));
  }

  /// Warns of something that needs a decision.
  public void warn(String what, String why) {
    say("warning", "fth-alert-triangle", what, why, Optional.empty());
  }

  /// Tells something worth knowing.
  public void inform(String what, String why) {
    say("accent", "fth-info", what, why, Optional.empty());
  }

  /// Adds a button to what is said now.
  public Banner with(String label, Runnable action) {
    var button = new Button(label);
    button.setMinWidth(USE_PREF_SIZE);
    button.setOnAction(event -> action.run());
    actions.getChildren().add(0, button);
    return this;
  }

  private void say(String tone, String icon, String what, String why, Optional<String> details) {
    getStyleClass().removeAll("danger", "warning", "accent");
    getStyleClass().add(tone);
    row.getChildren().removeIf(node -> node.getStyleClass().contains("banner-icon"));
    row.getChildren().addFirst(Icons.of(icon, "banner-icon"));
    fact.setText(what);
    cause.setText(why);
    actions.getChildren().clear();
    getChildren().setAll(row);
    details.ifPresent(this::offer);
    var close = Icons.button("fth-x", words.get("close"), this::clear);
    actions.getChildren().add(close);
    setVisible(true);
  }

  private void offer(String details) {
    var button = new Button(words.get("details"));
    button.getStyleClass().add("flat");
    button.setMinWidth(USE_PREF_SIZE);
    var text = new TextArea(details);
    text.setEditable(false);
    text.getStyleClass().add("code");
    text.setPrefRowCount(8);
    text.setAccessibleText(words.get("details"));
    button.setOnAction(
        event -> {
          if (!getChildren().remove(text)) {
            getChildren().add(text);
          }
        });
    actions.getChildren().add(button);
  }
}
