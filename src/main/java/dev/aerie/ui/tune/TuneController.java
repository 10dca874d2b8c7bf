package dev.aerie.ui.tune;

import dev.aerie.engine.Field;
import dev.aerie.ui.fx.Cells;
import dev.aerie.ui.fx.ChartCanvas;
import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.EmptyState;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Palette;
import dev.aerie.ui.fx.ViewFrame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;
import javafx.util.StringConverter;

/// Binds the Tune screen to its view model.
final class TuneController {
  private final TuneViewModel model;
  private final Messages messages;
  private final Palette palette;
  private final Pareto pareto;
  private final ChartCanvas chart;

  @FXML private ViewFrame frame;
  @FXML private ComboBox<Field> field;
  @FXML private TextField k;
  @FXML private TextField recall;
  @FXML private TextField p95;
  @FXML private TextField memory;
  @FXML private TextField queries;
  @FXML private Label mistake;
  @FXML private Label verdict;
  @FXML private Label plan;
  @FXML private Label step;
  @FXML private Label left;
  @FXML private ProgressBar bar;
  @FXML private Button run;
  @FXML private Button stop;
  @FXML private Button pause;
  @FXML private Button save;
  @FXML private StackPane plot;
  @FXML private EmptyState waiting;
  @FXML private FlowPane legend;
  @FXML private ToggleButton best;
  @FXML private ToggleButton all;
  @FXML private TableView<Setup> table;
  @FXML private VBox results;
  @FXML private VBox advice;
  @FXML private Chip met;
  @FXML private Label pick;
  @FXML private GridPane figures;
  @FXML private Label reason;
  @FXML private Button apply;
  @FXML private Button rollBack;
  @FXML private VBox neighbours;
  @FXML private VBox notes;

  TuneController(TuneViewModel model, Messages messages, Palette palette) {
    this.model = model;
    this.messages = messages;
    this.palette = palette;
    this.pareto = new Pareto(messages);
    this.chart = new ChartCanvas(palette, pareto);
  }

  @FXML
  private void initialize() {
    frame.setTitle(messages.get("title", model.collection()));
    form();
    run();
    chart();
    columns();
    model
        .setups()
        .addListener((ListChangeListener<Setup>) change -> show(List.copyOf(model.setups())));
    model.selectedProperty().subscribe(this::point);
    model
        .notes()
        .addListener(
            (ListChangeListener<String>)
                change ->
                    notes.getChildren().setAll(model.notes().stream().map(this::note).toList()));
    model
        .failureProperty()
        .subscribe(failed -> failed.ifPresentOrElse(frame.banner()::show, frame.banner()::clear));
    best.selectedProperty().subscribe(unused -> show(List.copyOf(model.setups())));
    rollBack
        .visibleProperty()
        .bind(model.revocableProperty());
    rollBack.managedProperty().bind(rollBack.visibleProperty());
    show(List.of());
    advise();
    model.load();
  }

  @FXML
  private void onRun() {
    model.run();
  }

  @FXML
  private void onStop() {
    model.stop();
  }

  @FXML
  private void onPause() {
    model.togglePause();
  }

  @FXML
  private void onSave() {
    model.save();
  }

  @FXML
  private void onApply() {
    chosen().ifPresent(model::apply);
  }

  @FXML
  private void onRollBack() {
    model.rollBack();
  }

  @FXML
  private void onCopy() {
    chosen().ifPresent(model::copyCode);
  }

  private Optional<Setup> chosen() {
    return model.selectedProperty().get();
  }

  private void form() {
    field.setItems(model.fields());
    field.valueProperty().bindBidirectional(model.fieldProperty());
    field.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(Field one) {
            return one == null ? "" : one.name();
          }

          @Override
          public Field fromString(String text) {
            return field.getValue();
          }
        });
    k.textProperty().bindBidirectional(model.kProperty());
    recall.textProperty().bindBidirectional(model.recallProperty());
    p95.textProperty().bindBidirectional(model.p95Property());
    memory.textProperty().bindBidirectional(model.memoryProperty());
    queries.textProperty().bindBidirectional(model.queriesProperty());
    mistake.textProperty().bind(model.mistakeProperty());
    appearsWithText(mistake);
    verdict.textProperty().bind(model.verdictProperty());
    appearsWithText(verdict);
    for (var one : List.of(k, queries, field)) {
      one.disableProperty().bind(model.runningProperty());
    }
  }

  private void run() {
    plan.textProperty().bind(model.planProperty());
    appearsWithText(plan);
    step.textProperty().bind(model.stepProperty());
    appearsWithText(step);
    left.textProperty().bind(model.factsProperty());
    left.visibleProperty().bind(model.runningProperty());
    left.managedProperty().bind(model.runningProperty());
    bar.visibleProperty().bind(model.runningProperty());
    bar.managedProperty().bind(model.runningProperty());
    stop.visibleProperty().bind(model.runningProperty());
    stop.managedProperty().bind(model.runningProperty());
    pause.visibleProperty().bind(model.runningProperty());
    pause.managedProperty().bind(model.runningProperty());
    pause
        .textProperty()
        .bind(
            Bindings.when(model.pausedProperty())
                .then(messages.get("resume"))
                .otherwise(messages.get("pause")));
    run.visibleProperty().bind(model.runningProperty().not());
    run.managedProperty().bind(model.runningProperty().not());
    apply.disableProperty().bind(model.applyingProperty().or(model.runningProperty()));
    save.disableProperty().bind(Bindings.isEmpty(model.setups()));
  }

  private static void appearsWithText(Label label) {
    label.visibleProperty().bind(label.textProperty().isNotEmpty());
    label.managedProperty().bind(label.visibleProperty());
  }

  private void chart() {
    var tip = new Tooltip();
    Tooltip.install(chart, tip);
    chart.setOnMouseMoved(
        event -> tip.setText(pareto.at(event.getX(), event.getY()).map(this::told).orElse("")));
    chart.setOnMouseClicked(
        event ->
            pareto
                .at(event.getX(), event.getY())
                .ifPresent(setup -> model.selectedProperty().set(Optional.of(setup))));
    chart.setAccessibleText(messages.get("chart.accessible"));
    plot.getChildren().addFirst(chart);
  }

  private String told(Setup setup) {
    return messages.get(
        "chart.tip",
        setup.fullName(), setup.recallText(), Figures.millis(setup.p95()), setup.rate());
  }

  private void columns() {
    var index = new TableColumn<Setup, Setup>(messages.get("column.index"));
    index.setPrefWidth(146);
    index.setCellValueFactory(features -> new ReadOnlyObjectWrapper<>(features.getValue()));
    index.setCellFactory(unused -> new IndexCell(palette, messages));
    table
        .getColumns()
        .setAll(
            List.of(
                index,
                Cells.<Setup>text(
                    messages.get("column.settings"), 144, at -> Optional.of(at.settings())),
                Cells.<Setup>number(
                    messages.get("column.recall"), 118, at -> Optional.of(at.recallText())),
                Cells.<Setup>number(
                    messages.get("column.p95"),
                    70,
                    at -> Optional.of(String.format(Locale.ROOT, "%.2f", at.p95()))),
                Cells.<Setup>number(
                    messages.get("column.qps"),
                    70,
                    at -> Optional.of(at.rate())),
                Cells.<Setup>number(
                    messages.get("column.memory"), 60, at -> Optional.of(at.megabytes()))));
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            setup -> {
              if (setup != null) {
                model.selectedProperty().set(Optional.of(setup));
              }
            });
  }

  private void show(List<Setup> setups) {
    waiting.setVisible(setups.isEmpty());
    chart.setVisible(!setups.isEmpty());
    results.setVisible(!setups.isEmpty());
    results.setManaged(!setups.isEmpty());
    best.setText(messages.get("best", Integer.toString(model.frontier().size())));
    all.setText(messages.get("all", Integer.toString(setups.size())));
    var shown = best.isSelected() ? model.frontier() : setups;
    var rows = new SortedList<>(FXCollections.observableArrayList(shown));
    rows.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(rows);
    legend(setups);
    point(model.selectedProperty().get());
  }

  private void legend(List<Setup> setups) {
    var series = new LinkedHashMap<Integer, Setup>();
    setups.forEach(setup -> series.putIfAbsent(setup.series(), setup));
    legend
        .getChildren()
        .setAll(
            series.values().stream()
                .map(
                    setup -> {
                      var label =
                          new Label(
                              setup.indexName(), mark(setup, palette));
                      label.getStyleClass().add("caption");
                      label.setMinWidth(Region.USE_PREF_SIZE);
                      return label;
                    })
                .toList());
  }

  /// The mark of a setup as the chart draws it.
  static Shape mark(Setup setup, Palette palette) {
    var shape =
        switch (setup.kind() % 4) {
          case 0 -> new Circle(4);
          case 1 -> new Rectangle(8, 8);
          case 2 -> new Polygon(0, 8, 4.5, 0, 9, 8);
          default -> new Polygon(5, 0, 10, 5, 5, 10, 0, 5);
        };
    shape.setFill(palette.category(setup.series()));
    return shape;
  }

  private void point(Optional<Setup> setup) {
    pareto.show(model.setups(), model.goal(), setup);
    chart.repaint();
    setup.ifPresent(one -> table.getSelectionModel().select(one));
    advise();
  }

  private void advise() {
    var setup = chosen();
    advice.setVisible(setup.isPresent());
    advice.setManaged(setup.isPresent());
    setup.ifPresent(this::advise);
    neighbours.getChildren().clear();
    model.cheaper().ifPresent(other -> neighbours.getChildren().add(card("cheaper", other)));
    model.better().ifPresent(other -> neighbours.getChildren().add(card("better", other)));
  }

  private void advise(Setup setup) {
    pick.setText(setup.indexName());
    met.set(
        messages.get(setup.meets() ? "met" : "missed"),
        setup.meets() ? "fth-check" : "fth-x",
        setup.meets() ? "success" : "warning");
    figures.getChildren().clear();
    line(messages.get("figure.search"), setup.search().isEmpty() ? "–" : setup.search());
    line(messages.get("figure.recall", Integer.toString(setup.k())), setup.recallText());
    line(messages.get("figure.p95"), Figures.millis(setup.p95()));
    line(messages.get("figure.qps"), setup.rate());
    line(messages.get("figure.memory"), setup.megabytes() + " MB");
    boolean built = model.isBuilt(setup);
    line(
        messages.get("figure.build"),
        built
            ? messages.get("figure.built")
            : String.format(Locale.ROOT, "%.1f s", setup.buildSeconds()));
    reason.setText(model.reason(setup));
    reason.setManaged(!reason.getText().isEmpty());
    reason.setVisible(!reason.getText().isEmpty());
  }

  private void line(String name, String value) {
    int row = figures.getRowCount();
    var label = new Label(name);
    label.getStyleClass().add("muted");
    var figure = new Label(value);
    figure.getStyleClass().addAll("mono", "strong");
    figure.setMinWidth(Region.USE_PREF_SIZE);
    GridPane.setHalignment(figure, HPos.RIGHT);
    figures.addRow(row, label, figure);
  }

  private VBox card(String key, Setup other) {
    var title = new Label(messages.get(key));
    title.getStyleClass().add("strong");
    var text =
        new Label(
            messages.get(
                key + ".text",
                other.type() + " " + other.settings(),
                other.recallText(),
                Figures.millis(other.p95()),
                other.megabytes()));
    text.setWrapText(true);
    text.getStyleClass().add("caption");
    var show = new Button(messages.get("show"));
    show.getStyleClass().add("link");
    show.setOnAction(event -> model.selectedProperty().set(Optional.of(other)));
    var card = new VBox(title, text, show);
    card.getStyleClass().add("card-box");
    return card;
  }

  private Label note(String text) {
    var label = new Label(text, Icons.of("fth-minus-circle", "icon-12"));
    label.setWrapText(true);
    label.getStyleClass().add("caption");
    return label;
  }

  /// Whether it meets the goal, its mark and type, and whether it is the pick.
  private static final class IndexCell extends TableCell<Setup, Setup> {
    private final Palette palette;
    private final Messages messages;

    IndexCell(Palette palette, Messages messages) {
      this.palette = palette;
      this.messages = messages;
    }

    private static Label name(Setup setup) {
      var name = new Label(setup.type());
      name.setMinWidth(Region.USE_PREF_SIZE);
      return name;
    }

    @Override
    protected void updateItem(Setup setup, boolean empty) {
      super.updateItem(setup, empty);
      setText(null);
      setGraphic(null);
      if (empty || setup == null) {
        return;
      }
      var box =
          new HBox(
              Icons.of(
                  setup.meets() ? "fth-check" : "fth-x",
                  setup.meets() ? "icon-success" : "icon-subtle"),
              mark(setup, palette),
              name(setup));
      box.getStyleClass().addAll("group", "centred");
      if (setup.recommended()) {
        box.getChildren().add(new Chip(messages.get("pick"), "", "accent"));
      }
      setGraphic(box);
      setAccessibleText(setup.type() + " " + messages.get(setup.meets() ? "met" : "missed"));
    }
  }
}
