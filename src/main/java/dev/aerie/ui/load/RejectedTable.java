package dev.aerie.ui.load;

import dev.aerie.ui.fx.Cells;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Messages;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;

/// Rows that were left out, each with its reason.
final class RejectedTable {
  private RejectedTable() {}

  static void columns(TableView<LeftOut> table, Messages words) {
    table
        .getColumns()
        .setAll(
            List.of(
                Cells.<LeftOut>number(
                    words.get("dry.row"), 80, row -> Optional.of(Figures.count(row.row()))),
                Cells.<LeftOut>text(words.get("dry.column"), 128, row -> Optional.of(row.column())),
                Cells.<LeftOut>text(words.get("dry.reason"), 420, row -> Optional.of(row.reason())),
                Cells.<LeftOut>text(words.get("dry.text"), 420, row -> Optional.of(row.text()))));
  }

  static void show(TableView<LeftOut> table, List<LeftOut> rows, String none) {
    table.getItems().setAll(rows);
    var label = new Label(none);
    label.getStyleClass().add("muted");
    table.setPlaceholder(label);
  }
}
