package dev.aerie.ui.schema;

import dev.aerie.engine.DataType;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.Metric;
import dev.aerie.ui.fx.Cells;
import dev.aerie.ui.fx.EmptyState;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.ViewFrame;
import dev.aerie.ui.schema.SchemaForm.Preset;
import dev.aerie.ui.schema.SchemaViewModel.FieldRow;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Binds the schema.
public final class SchemaController {
  private final SchemaViewModel model;
  private final Messages words;
  private final ToggleGroup keys = new ToggleGroup();

  @FXML private ViewFrame frame;
  @FXML private Label facts;
  @FXML private Button newCollection;
  @FXML private Button drop;
  @FXML private BorderPane there;
  @FXML private BorderPane create;
  @FXML private TableView<FieldRow> fields;
  @FXML private VBox index;
  @FXML private Label indexTitle;
  @FXML private Label indexState;
  @FXML private ComboBox<IndexType> indexType;
  @FXML private Label indexHelp;
  @FXML private ComboBox<Metric> metric;
  @FXML private VBox metricBox;
  @FXML private VBox params;
  @FXML private Button build;
  @FXML private Button dropIndex;
  @FXML private VBox building;
  @FXML private ProgressBar buildBar;
  @FXML private Label buildText;
  @FXML private TextField name;
  @FXML private HBox presets;
  @FXML private VBox rows;
  @FXML private CheckBox dynamic;
  @FXML private Label mistake;
  @FXML private TextArea code;
  @FXML private Button back;

  SchemaController(SchemaViewModel model, Messages words) {
    this.model = model;
    this.words = words;
  }

  @FXML
  private void initialize() {
    facts.textProperty().bind(model.factsProperty());
    model
        .creatingProperty()
        .subscribe(
            creating -> {
              frame.setTitle(
                  creating
                      ? words.get("head.new")
                      : words.get("head", model.collection().orElse("")));
              show(create, creating);
              show(there, !creating);
              show(facts, !creating);
              show(newCollection, !creating);
              show(drop, !creating);
            });
    show(back, model.collection().isPresent());
    model
        .failureProperty()
        .subscribe(failure -> failure.ifPresentOrElse(frame.banner()::show, frame.banner()::clear));
    fillFields();
    fillIndex();
    fillForm();
  }

  private void fillFields() {
    fields.setItems(model.fields());
    fields.setPlaceholder(new EmptyState("fth-columns", words.get("reading"), ""));
    fields
        .getColumns()
        .add(Cells.text(words.get("column.field"), 180, row -> Optional.of(row.field().name())));
    fields
        .getColumns()
        .add(Cells.text(words.get("column.type"), 190, row -> Optional.of(row.type())));
    fields
        .getColumns()
        .add(Cells.text(words.get("column.traits"), 170, row -> Optional.of(row.traits())));
    fields
        .getColumns()
        .add(
            Cells.text(
                words.get("column.index"),
                200,
                row -> Optional.of(row.index().map(this::shown).orElse("–"))));
    fields.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    fields
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            row -> {
              if (row != null) {
                model.selectedProperty().set(row);
              }
            });
    model.selectedProperty().subscribe(row -> fields.getSelectionModel().select(row));
  }

  private String shown(IndexInfo info) {
    var spec = info.spec();
    var metricWord = spec.metric().map(one -> ", " + one).orElse("");
    return spec.type() + metricWord + " · " + words.get("state." + info.state().name());
  }

  private void fillIndex() {
    indexType.setItems(model.indexTypes());
    indexType.valueProperty().bindBidirectional(model.indexTypeProperty());
    metric.setItems(model.metrics());
    metric.valueProperty().bindBidirectional(model.metricProperty());
    model
        .indexTypeProperty()
        .subscribe(
            type ->
                indexHelp.setText(
                    type == null ? words.get("index.none") : words.about("about", type.name())));
    model.metrics().subscribe(() -> show(metricBox, !model.metrics().isEmpty()));
    show(metricBox, !model.metrics().isEmpty());
    model.buildParams().subscribe(this::fillParams);
    fillParams();
    model
        .selectedProperty()
        .subscribe(
            row -> {
              show(index, row != null);
              indexTitle.setText(row == null ? "" : words.get("index.on", row.field().name()));
              indexState.setText(
                  row == null
                      ? ""
                      : row.index()
                          .map(
                              info ->
                                  words.get(
                                      "index.covers",
                                      Figures.count(info.indexedRows()),
                                      Figures.count(info.totalRows())))
                          .orElse(words.get("index.missing")));
              show(dropIndex, row != null && row.index().isPresent());
              build.setText(
                  words.get(
                      row != null && row.index().isPresent() ? "index.rebuild" : "index.create"));
            });
    build
        .disableProperty()
        .bind(model.indexTypeProperty().isNull().or(model.buildTextProperty().isNotEmpty()));
    model
        .buildShareProperty()
        .subscribe(
            share -> {
              show(building, !Double.isNaN(share.doubleValue()));
              buildBar.setProgress(Double.isNaN(share.doubleValue()) ? 0 : share.doubleValue());
            });
    buildText.textProperty().bind(model.buildTextProperty());
  }

  private void fillParams() {
    params
        .getChildren()
        .setAll(
            model.buildParams().stream()
                .map(
                    param -> {
                      var label = new Label(param.name());
                      label.getStyleClass().add("field-label");
                      var input = new TextField();
                      input.getStyleClass().add("code");
                      input.textProperty().bindBidirectional(param.value());
                      input.setPromptText(words.get("engineChooses"));
                      input.setAccessibleText(param.name());
                      label.setLabelFor(input);
                      var help = new Label(words.about("param", param.name()));
                      help.getStyleClass().add("caption");
                      help.setWrapText(true);
                      var box = new VBox(label, input, help);
                      box.getStyleClass().add("form-item");
                      return (Node) box;
                    })
                .toList());
  }

  private void fillForm() {
    var form = model.form();
    name.textProperty().bindBidirectional(form.nameProperty());
    dynamic.selectedProperty().bindBidirectional(form.dynamicProperty());
    code.textProperty().bind(form.codeProperty());
    mistake.textProperty().bind(form.mistakeProperty());
    for (var preset : Preset.values()) {
      var button = new Button(words.get("preset." + preset.name()));
      button.setOnAction(_ -> form.use(preset));
      presets.getChildren().add(button);
    }
    form.fields().subscribe(this::fillRows);
    fillRows();
  }

  private void fillRows() {
    rows.getChildren().setAll(model.form().fields().stream().map(this::row).toList());
  }

  private Node row(FieldForm field) {
    var fieldName = new TextField();
    fieldName.textProperty().bindBidirectional(field.name());
    fieldName.setAccessibleText(words.get("column.field"));
    fieldName.setPrefColumnCount(14);
    var type = new ComboBox<DataType>();
    type.getItems().setAll(model.fieldTypes());
    type.valueProperty().bindBidirectional(field.type());
    type.setAccessibleText(words.get("column.type"));
    type.setPrefWidth(190);
    var size = new TextField();
    size.textProperty().bindBidirectional(field.size());
    size.setPrefColumnCount(6);
    size.getStyleClass().add("code");
    size.setAccessibleText(words.get("column.size"));
    field
        .type()
        .subscribe(
            now -> {
              size.setVisible(FieldForm.hasSize(now));
              size.setPromptText(
                  words.get(
                      now.isVector()
                          ? "size.vector"
                          : now == DataType.ARRAY ? "size.list" : "size.text"));
            });
    var key = new RadioButton(words.get("key"));
    key.setToggleGroup(keys);
    key.setSelected(field.key().get());
    key.setOnAction(_ -> model.form().makeKey(field));
    field.key().subscribe(now -> key.setSelected(now));
    var auto = new CheckBox(words.get("autoId"));
    auto.selectedProperty().bindBidirectional(field.autoId());
    auto.visibleProperty().bind(field.key());
    auto.managedProperty().bind(field.key());
    var nullable = new CheckBox(words.get("nullable"));
    nullable.selectedProperty().bindBidirectional(field.nullable());
    nullable.visibleProperty().bind(field.key().not());
    nullable.managedProperty().bind(field.key().not());
    for (var control : new Region[] {key, auto, nullable}) {
      control.setMinWidth(Region.USE_PREF_SIZE);
    }
    var remove =
        Icons.button(
            "fth-x",
            words.get("field.remove", field.name().get()),
            () -> model.form().remove(field));
    var row = new HBox(fieldName, type, size, key, auto, nullable, remove);
    row.getStyleClass().add("group");
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private static void show(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  @FXML
  private void onNew() {
    model.describeNew();
  }

  @FXML
  private void onBack() {
    model.backToCollection();
  }

  @FXML
  private void onDrop() {
    model.dropCollection();
  }

  @FXML
  private void onBuild() {
    model.createIndex();
  }

  @FXML
  private void onStop() {
    model.stopWaiting();
  }

  @FXML
  private void onDropIndex() {
    model.dropIndex();
  }

  @FXML
  private void onAdd() {
    model.form().addField();
  }

  @FXML
  private void onCopyCode() {
    model.copyCode();
  }

  @FXML
  private void onCreate() {
    model.create();
    if (!model.form().mistakeProperty().get().isEmpty()) {
      name.requestFocus();
    }
  }
}
