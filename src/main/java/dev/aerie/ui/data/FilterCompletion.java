package dev.aerie.ui.data;

import dev.aerie.expr.Completion.Suggestion;
import java.util.List;
import java.util.function.IntFunction;
import javafx.geometry.Side;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Offers what could be typed next below a filter field: as one types, and on Ctrl+Space.
final class FilterCompletion {
  private static final int MOST = 10;

  private final TextField field;
  private final IntFunction<List<Suggestion>> source;
  private final ContextMenu menu = new ContextMenu();

  /// @param source what fits at a caret
  FilterCompletion(TextField field, IntFunction<List<Suggestion>> source) {
    this.field = field;
    this.source = source;
    menu.setAutoHide(true);
    field.addEventHandler(
        KeyEvent.KEY_TYPED,
        event -> {
          if (!event.getCharacter().isBlank() && event.getCharacter().charAt(0) > ' ') {
            offer();
          } else {
            menu.hide();
          }
        });
    field.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.SPACE && event.isControlDown()) {
            offer();
            event.consume();
          }
        });
    field.focusedProperty().subscribe(focused -> menu.hide());
  }

  private void offer() {
    var fitting = source.apply(field.getCaretPosition());
    if (fitting.isEmpty()) {
      menu.hide();
      return;
    }
    menu.getItems().setAll(fitting.stream().limit(MOST).map(this::item).toList());
    menu.show(field, Side.BOTTOM, 0, 0);
  }

  private MenuItem item(Suggestion suggestion) {
    var detail = new Label(suggestion.detail());
    detail.getStyleClass().add("muted");
    var item = new MenuItem(suggestion.text(), detail);
    item.setMnemonicParsing(false);
    item.setOnAction(
        event -> {
          field.replaceText(suggestion.from(), field.getCaretPosition(), suggestion.text());
          field.positionCaret(suggestion.from() + suggestion.text().length());
        });
    return item;
  }
}
