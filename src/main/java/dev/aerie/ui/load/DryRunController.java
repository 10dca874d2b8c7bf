package dev.aerie.ui.load;

import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.ui.fx.Cells;
import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.VectorSketch;
import java.util.List;
import java.util.stream.IntStream;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Shows what the first rows would be.
public final class DryRunController {
  private final LoadViewModel model;
  @FXML private Chip verdict;
  @FXML private Label facts;
  @FXML private TableView<Integer> rows;
  @FXML private TableView<LeftOut> rejected;

  DryRunController(LoadViewModel model) {
    this.model = model;
  }

  @FXML
  private void initialize() {
    rows.setAccessibleText(model.messages().get("dry"));
    rejected.setAccessibleText(model.messages().get("dry.reason"));
    RejectedTable.columns(rejected, model.messages());
    model.trialProperty().subscribe(report -> report.ifPresent(this::show));
  }

  private void show(Trial report) {
    var words = model.messages();
    if (report.leftOut().isEmpty()) {
      verdict.set(words.get("dry.fine"), "fth-check", "success");
    } else {
      verdict.set(
          words.get("dry.bad", Figures.count(report.leftOut().size())),
          "fth-alert-triangle",
          "warning");
    }
    facts.setText(words.get("dry.facts", Figures.count(report.read())));
    RejectedTable.show(rejected, report.leftOut(), words.get("dry.none"));
    rows.getColumns()
        .setAll(report.rows().columns().stream().map(DryRunController::column).toList());
    rows.getItems().setAll(numbers(report.rows()));
  }

  private static List<Integer> numbers(ColumnBatch batch) {
    return IntStream.range(0, batch.size()).boxed().toList();
  }

  private static TableColumn<Integer, ?> column(Column column) {
    if (column.type() == DataType.FLOAT_VECTOR) {
      return Cells.<Integer>vector(column.name(), row -> VectorSketch.of(column, row));
    }
    return column.type().isNumeric()
        ? Cells.<Integer>number(column.name(), 112, row -> Cells.shown(column.value(row)))
        : Cells.<Integer>text(column.name(), 200, row -> Cells.shown(column.value(row)));
  }
}
