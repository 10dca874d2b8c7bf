package dev.aerie.ui.fx;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What a view shows instead of nothing: an icon, a bold line, a line that says why and what can be
/// done, and the buttons that do it. Stands at a third of the height.
public final class EmptyState extends VBox {
  private final Label title = new Label();
  private final Label text = new Label();
  private final HBox actions = new HBox();
  private final VBox block = new VBox();

  /// For FXML.
  public EmptyState() {
    this("fth-inbox", "", "");
  }

  public EmptyState(String icon, String heading, String explanation) {
    getStyleClass().add("empty-state");
    block.getStyleClass().add("empty-block");
    block.setAlignment(Pos.TOP_CENTER);
    title.getStyleClass().add("section");
    title.setText(heading);
    title.setWrapText(true);
    text.getStyleClass().add("muted");
    text.setText(explanation);
    text.setWrapText(true);
    actions.getStyleClass().add("group");
    actions.setAlignment(Pos.CENTER);
    actions.managedProperty().bind(actions.visibleProperty());
    actions.setVisible(false);
    block.getChildren().setAll(Icons.of(icon, "icon-24"), title, text, actions);
    var above = new Region();
    above.prefHeightProperty().bind(heightProperty().divide(3).subtract(40));
    setAlignment(Pos.TOP_CENTER);
    getChildren().setAll(above, block);
  }

  /// Adds a button; the first one of a view may be `accent`.
  public EmptyState with(String words, Runnable action, String... styles) {
    var button = new Button(words);
    button.getStyleClass().addAll(styles);
    button.setOnAction(event -> action.run());
    actions.getChildren().add(button);
    actions.setVisible(true);
    return this;
  }

  public void setIcon(String icon) {
    block.getChildren().set(0, Icons.of(icon, "icon-24"));
  }

  public String getIcon() {
    return "";
  }

  public void setTitle(String words) {
    title.setText(words);
  }

  public String getTitle() {
    return title.getText();
  }

  public void setText(String words) {
    text.setText(words);
  }

  public String getText() {
    return text.getText();
  }
}
