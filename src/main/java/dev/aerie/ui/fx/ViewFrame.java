package dev.aerie.ui.fx;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The parts every view has, for use in FXML: a head with title, facts and actions; a banner; then
/// side by side the content and an inspector; a foot. The inspector hides first where the window is
/// narrow, and Space shows or hides it.
public final class ViewFrame extends BorderPane {
  private static final double NARROW = 900;

  private final Label title = new Label();
  private final HBox facts = new HBox();
  private final HBox actions = new HBox();
  private final Banner banner = new Banner();
  private final BorderPane body = new BorderPane();
  private final SidePane side = new SidePane(SidePane.Edge.LEFT, 320, 260, 480);
  private final ObjectProperty<@Nullable Node> content = new SimpleObjectProperty<>();
  private boolean wanted = true;

  public ViewFrame() {
    getStyleClass().add("view-frame");
    title.getStyleClass().add("page-title");
    title.setMinWidth(0);
    facts.getStyleClass().add("group");
    facts.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(facts, Priority.ALWAYS);
    facts.setMinWidth(0);
    actions.getStyleClass().add("group");
    actions.setAlignment(Pos.CENTER_RIGHT);
    actions.setMinWidth(USE_PREF_SIZE);
    var head = new HBox(title, facts, actions);
    head.getStyleClass().add("view-head");
    head.setAlignment(Pos.CENTER_LEFT);
    setTop(new VBox(head, banner));
    content.subscribe(node -> body.setCenter(node));
    setCenter(body);
    side.getStyleClass().add("inspector");
    widthProperty().subscribe(this::place);
    addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.SPACE && !event.isConsumed() && side.hasContent()) {
            toggleInspector();
            event.consume();
          }
        });
  }

  public StringProperty titleProperty() {
    return title.textProperty();
  }

  public String getTitle() {
    return title.getText();
  }

  public void setTitle(String words) {
    title.setText(words);
  }

  /// Beside the title: chips and captions.
  public ObservableList<Node> getFacts() {
    return facts.getChildren();
  }

  /// At the right of the head: buttons.
  public ObservableList<Node> getActions() {
    return actions.getChildren();
  }

  public Banner banner() {
    return banner;
  }

  public ObjectProperty<@Nullable Node> contentProperty() {
    return content;
  }

  public @Nullable Node getContent() {
    return content.get();
  }

  public void setContent(@Nullable Node node) {
    content.set(node);
  }

  /// At the left, at a width of its own: a form.
  public @Nullable Node getSide() {
    return body.getLeft();
  }

  public void setSide(@Nullable Node node) {
    body.setLeft(node);
  }

  public @Nullable Node getInspector() {
    return side.getContent();
  }

  public void setInspector(@Nullable Node node) {
    side.setContent(node);
    place();
  }

  /// Below everything: a wizard's or an editor's buttons.
  public @Nullable Node getFoot() {
    return getBottom();
  }

  public void setFoot(@Nullable Node node) {
    if (node != null) {
      node.getStyleClass().add("view-foot");
    }
    setBottom(node);
  }

  public void toggleInspector() {
    wanted = body.getRight() == null;
    body.setRight(wanted && side.hasContent() ? side : null);
  }

  private void place() {
    boolean room = getWidth() == 0 || getWidth() >= NARROW;
    body.setRight(wanted && room && side.hasContent() ? side : null);
  }
}
