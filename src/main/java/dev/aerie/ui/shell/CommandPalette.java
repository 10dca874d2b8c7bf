package dev.aerie.ui.shell;

import dev.aerie.ui.fx.Command;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Messages;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One field over everything that can be opened or done: type, arrow, Enter. Esc leaves.
final class CommandPalette {
  private static final int MOST = 200;

  private final StackPane veil;
  private final TextField field = new TextField();
  private final ListView<Command> list = new ListView<>();
  private final Label nothing = new Label();
  private List<Command> all = List.of();
  private @Nullable Node focusBefore;

  CommandPalette(StackPane veil, Messages words) {
    this.veil = veil;
    field.setPromptText(words.get("palette.prompt"));
    field.setAccessibleText(words.get("palette.prompt"));
    nothing.setText(words.get("palette.nothing"));
    nothing.getStyleClass().add("muted");
    list.setPlaceholder(nothing);
    list.setAccessibleText(words.get("palette.list"));
    list.setFocusTraversable(false);
    list.setCellFactory(_ -> new CommandCell());
    list.setOnMouseClicked(_ -> take());
    VBox.setVgrow(list, Priority.ALWAYS);
    var box = new VBox(field, list);
    box.getStyleClass().add("palette");
    StackPane.setAlignment(box, Pos.TOP_CENTER);
    veil.getChildren().setAll(box);
    veil.setVisible(false);
    veil.setPickOnBounds(true);
    veil.setOnMousePressed(
        event -> {
          if (event.getTarget() == veil) {
            hide();
          }
        });
    field.textProperty().subscribe(this::filter);
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
  }

  /// Opens over what `commands` lists at this moment.
  void show(Supplier<List<Command>> commands) {
    var scene = veil.getScene();
    focusBefore = scene == null ? null : scene.getFocusOwner();
    all = commands.get();
    field.clear();
    filter("");
    veil.setVisible(true);
    field.requestFocus();
  }

  void hide() {
    veil.setVisible(false);
    if (focusBefore != null) {
      focusBefore.requestFocus();
    }
  }

  boolean isShowing() {
    return veil.isVisible();
  }

  private void key(KeyEvent event) {
    int at = list.getSelectionModel().getSelectedIndex();
    switch (event.getCode()) {
      case DOWN -> move(Math.min(at + 1, list.getItems().size() - 1));
      case UP -> move(Math.max(at - 1, 0));
      case ENTER -> take();
      case ESCAPE -> hide();
      default -> {
        return;
      }
    }
    if (event.getCode() != KeyCode.UNDEFINED) {
      event.consume();
    }
  }

  private void move(int to) {
    list.getSelectionModel().select(to);
    list.scrollTo(Math.max(0, to - 4));
  }

  private void take() {
    var chosen = list.getSelectionModel().getSelectedItem();
    hide();
    if (chosen != null) {
      chosen.action().run();
    }
  }

  private void filter(String text) {
    var wanted = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
    list.getItems()
        .setAll(
            all.stream()
                .filter(
                    command -> {
                      var words =
                          (command.title() + " " + command.group()).toLowerCase(Locale.ROOT);
                      for (var part : wanted) {
                        if (!words.contains(part)) {
                          return false;
                        }
                      }
                      return true;
                    })
                .limit(MOST)
                .toList());
    list.getSelectionModel().selectFirst();
  }

  private static final class CommandCell extends ListCell<Command> {
    private final Label title = new Label();
    private final Label group = new Label();
    private final Label keys = new Label();
    private final HBox row = new HBox();

    CommandCell() {
      group.getStyleClass().add("caption");
      keys.getStyleClass().add("key");
      keys.setMinWidth(USE_PREF_SIZE);
      HBox.setHgrow(group, Priority.ALWAYS);
      group.setMaxWidth(Double.MAX_VALUE);
      row.getStyleClass().add("group");
      row.setAlignment(Pos.CENTER_LEFT);
    }

    @Override
    protected void updateItem(Command item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
        return;
      }
      title.setText(item.title());
      group.setText(item.group());
      keys.setText(item.keys().orElse(""));
      keys.setVisible(item.keys().isPresent());
      row.getChildren().setAll(Icons.of(item.icon()), title, group, keys);
      setGraphic(row);
    }
  }
}
