package dev.aerie.ui.shell;

import dev.aerie.service.settings.Environment;
import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Messages;
import java.util.HashMap;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

/// The row of tabs above the views. Middle click closes, arrow keys move, Delete closes.
final class TabStrip {
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

  private final Tabs tabs;
  private final Messages words;
  private final HBox strip;
  private final StackPane content;
  private final Map<OpenTab, HBox> heads = new HashMap<>();

  TabStrip(Tabs tabs, Messages words, HBox strip, StackPane content) {
    this.tabs = tabs;
    this.words = words;
    this.strip = strip;
    this.content = content;
  }

  /// Shows the tabs, now and as they change.
  void begin() {
    tabs.open()
        .addListener(
            (ListChangeListener<OpenTab>)
                _ -> {
                  heads.keySet().retainAll(tabs.open());
                  strip
                      .getChildren()
                      .setAll(
                          tabs.open().stream()
                              .map(tab -> heads.computeIfAbsent(tab, this::head))
                              .toList());
                });
    tabs.frontProperty().subscribe(_ -> show());
  }

  private void show() {
    heads.forEach(
        (tab, head) ->
            head.pseudoClassStateChanged(SELECTED, tab.equals(tabs.frontProperty().get())));
    tabs.front()
        .ifPresentOrElse(
            tab -> {
              heads.computeIfPresent(
                  tab,
                  (_, head) -> {
                    colour(tab, head);
                    return head;
                  });
              content.getChildren().setAll(tab.pane());
            },
            () -> content.getChildren().clear());
  }

  private void colour(OpenTab tab, HBox head) {
    for (var environment : Environment.values()) {
      head.getStyleClass().remove(Chip.style(environment));
    }
    tab.place()
        .connection()
        .ifPresent(
            connection -> head.getStyleClass().add(Chip.style(connection.profile().environment())));
  }

  private HBox head(OpenTab tab) {
    var title = new Label();
    title.textProperty().bind(tab.titleProperty());
    title.setMinWidth(HBox.USE_PREF_SIZE);
    var close = Icons.button("fth-x", words.get("tab.close"), () -> tabs.close(tab));
    close.getStyleClass().add("close");
    close.setFocusTraversable(false);
    var head = new HBox(Icons.of(tab.kind().icon()), title, close);
    head.getStyleClass().add("strip-tab");
    head.setAccessibleRole(AccessibleRole.TAB_ITEM);
    head.accessibleTextProperty().bind(tab.titleProperty());
    head.setFocusTraversable(true);
    head.pseudoClassStateChanged(SELECTED, tab.equals(tabs.frontProperty().get()));
    head.setOnMousePressed(
        event -> {
          if (event.getButton() == MouseButton.MIDDLE) {
            tabs.close(tab);
          } else if (event.getButton() == MouseButton.PRIMARY) {
            tabs.show(tab);
          }
        });
    head.setOnKeyPressed(
        event -> {
          switch (event.getCode()) {
            case ENTER, SPACE -> tabs.show(tab);
            case LEFT -> tabs.step(-1);
            case RIGHT -> tabs.step(1);
            case DELETE -> tabs.close(tab);
            default -> {
              return;
            }
          }
          event.consume();
        });
    var keep = new MenuItem(words.get("tab.keep"));
    keep.setOnAction(
        _ -> {
          tab.setPinned(!tab.isPinned());
          keep.setText(words.get(tab.isPinned() ? "tab.follow" : "tab.keep"));
        });
    var others = new MenuItem(words.get("tab.closeOthers"));
    others.setOnAction(_ -> tabs.closeOthers(tab));
    var menu = new ContextMenu(keep, others);
    head.setOnContextMenuRequested(
        event -> menu.show(head, event.getScreenX(), event.getScreenY()));
    colour(tab, head);
    return head;
  }
}
