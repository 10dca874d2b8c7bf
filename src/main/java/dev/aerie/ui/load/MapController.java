package dev.aerie.ui.load;

import dev.aerie.ui.fx.Cells;
import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.VectorSketch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;

/// Shows what a file holds and binds its columns to fields.
public final class MapController {
  private final LoadViewModel model;
  @FXML private Label fileName;
  @FXML private Label fileFacts;
  @FXML private Chip vectorChip;
  @FXML private Label previewFacts;
  @FXML private TableView<List<String>> preview;
  @FXML private Label warnings;
  @FXML private Chip mappedChip;
  @FXML private ScrollPane mappingScroll;

  MapController(LoadViewModel model) {
    this.model = model;
  }

  @FXML
  private void initialize() {
    preview.setAccessibleText(model.messages().get("preview"));
    warnings.managedProperty().bind(warnings.visibleProperty());
    mappingScroll.setContent(new MappingGrid(model));
    model.previewProperty().subscribe(found -> found.ifPresent(this::show));
    model.mapping().rows().addListener((ListChangeListener<MappingRow>) change -> follow());
    follow();
  }

  private void follow() {
    model.mapping().rows().forEach(row -> row.checkProperty().subscribe(this::showMapped));
    showMapped();
  }

  private void showMapped() {
    var mapping = model.mapping();
    boolean fine = mapping.rows().stream().allMatch(row -> row.checkProperty().get().fine());
    mappedChip.set(
        model
            .messages()
            .get(
                "map.mapped",
                Long.toString(mapping.mapped()),
                Integer.toString(mapping.rows().size())),
        fine ? "fth-check" : "fth-alert-triangle",
        fine ? "success" : "warning");
  }

  private void show(FilePreview file) {
    fileName.setText(file.name());
    fileFacts.setText(file.facts());
    if (file.hasVector()) {
      vectorChip.set(file.vector(), "fth-check", "accent");
    } else {
      vectorChip.set(file.vector(), "fth-info", "");
    }
    previewFacts.setText(file.previewFacts());
    warnings.setText(String.join("\n", file.warnings()));
    warnings.setVisible(!file.warnings().isEmpty());
    preview.getColumns().setAll(columns(file));
    preview.getItems().setAll(file.rows());
  }

  private static List<TableColumn<List<String>, ?>> columns(FilePreview file) {
    var all = new ArrayList<TableColumn<List<String>, ?>>();
    for (int i = 0; i < file.columns().size(); i++) {
      int index = i;
      var found = file.columns().get(i);
      TableColumn<List<String>, ?> column =
          switch (found.look()) {
            case NUMBER -> Cells.<List<String>>number("", 104, row -> cell(row, index));
            case VECTOR -> Cells.<List<String>>vector("", row -> sketch(row, index));
            case TEXT -> Cells.<List<String>>text("", 168, row -> cell(row, index));
          };
      var name = new Label(found.name());
      var kind = new Label(found.kind());
      kind.getStyleClass().add("kind");
      var head = new VBox(name, kind);
      head.getStyleClass().add("two-line-head");
      if (found.look() == FilePreview.Look.NUMBER) {
        head.getStyleClass().add("right");
      }
      column.setGraphic(head);
      column.setSortable(false);
      all.add(column);
    }
    return all;
  }

  private static Optional<String> cell(List<String> row, int index) {
    return index < row.size() && !row.get(index).isEmpty()
        ? Optional.of(row.get(index))
        : Optional.empty();
  }

  /// The sketch of a vector that is written as numbers in brackets; of any other form there is no
  /// picture.
  private static Optional<VectorSketch> sketch(List<String> row, int index) {
    var text = cell(row, index).orElse("");
    if (!text.startsWith("[") || !text.endsWith("]")) {
      return Optional.empty();
    }
    var parts = text.substring(1, text.length() - 1).split(",", -1);
    var vector = new float[parts.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        vector[i] = Float.parseFloat(parts[i].strip());
      }
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    return Optional.of(VectorSketch.of(vector, VectorSketch.BUCKETS));
  }

  @FXML
  private void onChange() {
    model.chooseFile();
  }

  @FXML
  private void onReset() {
    model.resetMapping();
  }
}
