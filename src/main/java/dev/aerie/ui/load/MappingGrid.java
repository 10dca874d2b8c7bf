package dev.aerie.ui.load;

import dev.aerie.engine.Field;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Messages;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;

/// One line a column of the file: whether it is loaded, as which field and type, and what is to be
/// said of it.
final class MappingGrid extends GridPane {
  private final LoadViewModel model;
  private final MappingViewModel mapping;
  private final Messages words;

  MappingGrid(LoadViewModel model) {
    this.model = model;
    this.mapping = model.mapping();
    this.words = model.messages();
    getStyleClass().add("mapping-grid");
    for (double width : new double[] {24, 170, 20, 130, 168, 240}) {
      var column = new ColumnConstraints();
      column.setPrefWidth(width);
      column.setMinWidth(width <= 24 ? width : 96);
      column.setHgrow(width > 24 ? Priority.SOMETIMES : Priority.NEVER);
      getColumnConstraints().add(column);
    }
    mapping.rows().addListener((ListChangeListener<MappingRow>) change -> show());
    mapping.intoNewProperty().subscribe(this::show);
    mapping.existingProperty().subscribe(this::show);
    show();
  }

  private void show() {
    getChildren().clear();
    add(head("map.column"), 1, 0);
    add(head("map.field"), 3, 0);
    add(head("map.type"), 4, 0);
    add(head("map.check"), 5, 0);
    int line = 1;
    for (var row : mapping.rows()) {
      var above = new Region();
      above.getStyleClass().add("line");
      add(above, 0, line++, 6, 1);
      addRow(
          line++,
          include(row),
          column(row),
          Icons.of("fth-arrow-right"),
          field(row),
          type(row),
          check(row));
    }
  }

  private Label head(String key) {
    var label = new Label(words.get(key));
    label.getStyleClass().add("column-caption");
    return label;
  }

  private Node include(MappingRow row) {
    var box = new CheckBox();
    box.setAccessibleText(words.get("map.include", row.column()));
    box.selectedProperty().bindBidirectional(row.includedProperty());
    return box;
  }

  private static Node column(MappingRow row) {
    var name = new Label(row.column());
    name.getStyleClass().add("strong");
    name.setMinWidth(0);
    var kind = new Label(row.kind());
    kind.getStyleClass().addAll("mono", "muted");
    var box = new HBox(name, kind);
    box.getStyleClass().add("group");
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  private Node field(MappingRow row) {
    var existing = mapping.existingProperty().get();
    if (mapping.intoNewProperty().get() || existing.isEmpty()) {
      var name = new TextField();
      name.textProperty().bindBidirectional(row.fieldProperty());
      name.disableProperty().bind(row.includedProperty().not());
      name.setAccessibleText(words.get("map.field") + " " + row.column());
      return name;
    }
    var box = new ComboBox<String>();
    var names = new ArrayList<String>();
    names.add("");
    existing.get().schema().fields().stream()
        .filter(field -> !field.autoId() && !field.functionOutput())
        .map(Field::name)
        .forEach(names::add);
    box.getItems().setAll(names);
    box.setPromptText(words.get("map.noField"));
    box.setValue(row.fieldProperty().get());
    box.valueProperty()
        .subscribe(
            chosen -> {
              var name = chosen == null ? "" : chosen;
              row.fieldProperty().set(name);
              row.includedProperty().set(!name.isEmpty());
            });
    box.setMaxWidth(Double.MAX_VALUE);
    box.setAccessibleText(words.get("map.field") + " " + row.column());
    return box;
  }

  private Node type(MappingRow row) {
    var existing = mapping.existingProperty().get();
    if (!mapping.intoNewProperty().get() && existing.isPresent()) {
      var text = new Label();
      text.getStyleClass().add("muted");
      text.textProperty()
          .bind(
              row.fieldProperty()
                  .map(name -> existing.get().schema().field(name).map(this::name).orElse("")));
      return text;
    }
    if (row.types().size() == 1) {
      var only = new Label(name(row.types().getFirst()));
      only.setMinWidth(0);
      return only;
    }
    var box = new ComboBox<Field>();
    box.getItems().setAll(List.copyOf(row.types()));
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(Field field) {
            return field == null ? "" : name(field);
          }

          @Override
          public Field fromString(String text) {
            throw new UnsupportedOperationException("the list is not edited");
          }
        });
    box.valueProperty().bindBidirectional(row.typeProperty());
    box.disableProperty().bind(row.includedProperty().not());
    box.setMaxWidth(Double.MAX_VALUE);
    box.setAccessibleText(words.get("map.type") + " " + row.column());
    return box;
  }

  private String name(Field field) {
    return field.nullable() ? words.get("map.null", field.typeName()) : field.typeName();
  }

  private Node check(MappingRow row) {
    var label = new Label();
    label.setMinWidth(0);
    label.textProperty().bind(row.checkProperty().map(Check::text));
    row.checkProperty()
        .subscribe(
            check -> {
              label.setTooltip(new Tooltip(check.text()));
              label.setGraphic(
                  check.fine()
                      ? Icons.of("fth-check-circle", "icon-success")
                      : Icons.of("fth-alert-triangle", "icon-warning"));
            });
    return label;
  }
}
