package dev.aerie.ui.shell;

import dev.aerie.engine.Place;
import dev.aerie.service.settings.Environment;
import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Messages;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// A row of the tree: icon, name, and at the right the environment or the number of rows.
final class TreeEntryCell extends TreeCell<TreeEntry> {
  private static final double DISCLOSURE = 30;
  private static final double INDENT = 16;

  private final Messages words;
  private final Label name = new Label();
  private final Label badge = new Label();
  private final HBox row = new HBox();

  TreeEntryCell(Messages words) {
    this.words = words;
    name.setMinWidth(0);
    HBox.setHgrow(name, Priority.ALWAYS);
    name.setMaxWidth(Double.MAX_VALUE);
    badge.setMinWidth(USE_PREF_SIZE);
    row.getStyleClass().add("tree-row");
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(TreeEntry item, boolean empty) {
    super.updateItem(item, empty);
    for (var environment : Environment.values()) {
      getStyleClass().remove(Chip.style(environment));
      badge.getStyleClass().remove(Chip.style(environment));
    }
    badge.getStyleClass().removeAll("badge", "env");
    name.getStyleClass().remove("strong");
    row.prefWidthProperty().unbind();
    if (empty || item == null) {
      setGraphic(null);
      setAccessibleText(null);
      return;
    }
    badge.getStyleClass().add("badge");
    name.setText(item.name());
    var icon =
        switch (item) {
          case TreeEntry.OfConnection(var connection) -> connection(connection);
          case TreeEntry.OfDatabase _ -> {
            badge.setText("");
            yield "fth-database";
          }
          case TreeEntry.OfCollection collection -> {
            badge.setText(
                collection.rows().isPresent()
                    ? Figures.compact(collection.rows().getAsLong())
                    : "");
            yield "fth-layers";
          }
          case TreeEntry.Root _ -> "fth-circle";
        };
    row.getChildren().setAll(Icons.of(icon), name, badge);
    int level = getTreeView().getTreeItemLevel(getTreeItem()) - 1;
    row.prefWidthProperty()
        .bind(getTreeView().widthProperty().subtract(DISCLOSURE + INDENT * level + 4));
    setGraphic(row);
    setAccessibleText(item.name() + " " + badge.getText());
  }

  private String connection(Connection connection) {
    var environment = connection.profile().environment();
    getStyleClass().add(Chip.style(environment));
    badge.getStyleClass().addAll("env", Chip.style(environment));
    badge.setText(words.get("env." + environment.name()));
    name.getStyleClass().add("strong");
    return connection.profile().place() instanceof Place.Folder ? "fth-hard-drive" : "fth-server";
  }
}
