package dev.aerie.ui.data;

import dev.aerie.engine.Field;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Sparkline;
import dev.aerie.ui.fx.VectorSketch;
import java.util.List;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Separator;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;

/// One row in full: every value whole, each vector with its figures, and the rows nearest to it.
final class RowInspector extends VBox {
  private static final int BARS = 92;

  private final DataViewModel model;
  private final Messages words;
  private final VBox near = new VBox();

  RowInspector(DataViewModel model) {
    this.model = model;
    this.words = model.messages();
    getStyleClass().add("inspector-body");
    near.getStyleClass().add("inspector-list");
    model.nearest().addListener((ListChangeListener<DataViewModel.Near>) change -> showNear());
    model.selectedProperty().subscribe(this::show);
  }

  private void show() {
    getChildren().clear();
    var row = model.selectedProperty().get();
    var contents = model.contentsProperty().get();
    if (row.isEmpty() || contents.isEmpty()) {
      var hint = new Label(words.get("row.none"));
      hint.getStyleClass().add("muted");
      hint.setWrapText(true);
      getChildren().add(hint);
      return;
    }
    getChildren().addAll(head(row.get()), buttons(), values(row.get(), contents.get().fields()));
    for (var field : contents.get().info().schema().vectors()) {
      row.get()
          .value(field.name())
          .ifPresent(
              value -> {
                if (value instanceof float[] vector) {
                  getChildren().addAll(new Separator(), vector(field, vector));
                }
              });
    }
    getChildren().add(near);
    showNear();
  }

  private Node head(DataRow row) {
    var title = new Label(words.get("row"));
    title.getStyleClass().add("section");
    var id = new Label(String.valueOf(row.id()));
    id.getStyleClass().addAll("mono", "muted");
    HBox.setHgrow(id, Priority.ALWAYS);
    id.setMaxWidth(Double.MAX_VALUE);
    var copy = Icons.button("fth-copy", words.get("row.copy"), () -> model.copy(model.asJson(row)));
    var head = new HBox(title, id, copy);
    head.getStyleClass().add("group");
    head.setAlignment(Pos.CENTER_LEFT);
    return head;
  }

  private Node buttons() {
    var similar = new Button(words.get("row.similar"), Icons.of("fth-search"));
    similar.setOnAction(event -> model.findSimilar());
    similar.setDisable(!model.canSearch());
    similar.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(similar, Priority.ALWAYS);
    var bar = new HBox(similar);
    bar.getStyleClass().add("group");
    return bar;
  }

  private Node values(DataRow row, List<Field> fields) {
    var grid = new GridPane();
    grid.getStyleClass().add("facts");
    var names = new ColumnConstraints();
    names.setMinWidth(72);
    names.setMaxWidth(120);
    var texts = new ColumnConstraints();
    texts.setHgrow(Priority.ALWAYS);
    texts.setMinWidth(0);
    grid.getColumnConstraints().setAll(names, texts);
    int line = 0;
    for (var field : fields) {
      if (field.type().isVector() && row.value(field.name()).orElse("") instanceof float[]) {
        continue;
      }
      var name = new Label(field.name());
      name.getStyleClass().add("muted");
      var value = row.value(field.name()).map(ValueText::full);
      var text = new Label(value.orElse("null"));
      text.setWrapText(true);
      text.setMinHeight(USE_PREF_SIZE);
      if (value.isEmpty()) {
        text.getStyleClass().add("null");
      } else if (field.type().isNumeric()) {
        text.getStyleClass().add("mono");
      }
      var constraints = new RowConstraints();
      constraints.setValignment(VPos.TOP);
      grid.getRowConstraints().add(constraints);
      grid.addRow(line++, name, text);
    }
    return grid;
  }

  private Node vector(Field field, float[] vector) {
    var name = new Label(field.name());
    name.getStyleClass().add("section");
    var shape = new Label(words.get("vector.facts", Integer.toString(vector.length), "float32"));
    shape.getStyleClass().add("muted");
    HBox.setHgrow(shape, Priority.ALWAYS);
    shape.setMaxWidth(Double.MAX_VALUE);
    var copy =
        Icons.button(
            "fth-copy", words.get("vector.copy"), () -> model.copy(ValueText.full(vector)));
    var head = new HBox(name, shape, copy);
    head.getStyleClass().add("group");
    head.setAlignment(Pos.CENTER_LEFT);
    var sketch = new Sparkline(276, 56);
    sketch.show(VectorSketch.of(vector, BARS).buckets());
    var figures = VectorFigures.of(vector);
    var tiles =
        new HBox(
            figure("vector.norm", figures.norm()),
            figure("vector.mean", figures.mean()),
            figure("vector.min", figures.min()),
            figure("vector.max", figures.max()));
    tiles.getStyleClass().add("group");
    var block = new VBox(head, sketch, tiles);
    block.getStyleClass().add("inspector-section");
    return block;
  }

  private Node figure(String key, double value) {
    var name = new Label(words.get(key));
    name.getStyleClass().add("caption");
    var text = new Label(String.format(Locale.ROOT, "%.3f", value));
    text.getStyleClass().add("mono");
    var box = new VBox(name, text);
    HBox.setHgrow(box, Priority.ALWAYS);
    box.setMaxWidth(Double.MAX_VALUE);
    return box;
  }

  private void showNear() {
    near.getChildren().clear();
    if (model.nearest().isEmpty()) {
      return;
    }
    var title = new Label(words.get("nearest"));
    title.getStyleClass().add("section");
    near.getChildren().addAll(new Separator(), title);
    for (var one : model.nearest()) {
      var name = new Label(one.label());
      name.setMinWidth(0);
      name.setMaxWidth(Double.MAX_VALUE);
      HBox.setHgrow(name, Priority.ALWAYS);
      var value = new Label(Figures.value(one.value()));
      value.getStyleClass().add("mono");
      value.setMinWidth(USE_PREF_SIZE);
      var line = new HBox(name);
      if (one.share() > 0) {
        var bar = new ProgressBar(one.share());
        bar.setPrefWidth(52);
        bar.setMinWidth(52);
        bar.setFocusTraversable(false);
        bar.setAccessibleText(Figures.value(one.value()));
        line.getChildren().add(bar);
      }
      line.getChildren().add(value);
      line.getStyleClass().add("group");
      line.setAlignment(Pos.CENTER_LEFT);
      near.getChildren().add(line);
    }
  }
}
