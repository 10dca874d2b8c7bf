package dev.aerie.ui.explore;

import dev.aerie.ui.explore.ExploreViewModel.MapRow;
import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.EmptyState;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Jobs;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Palette;
import dev.aerie.ui.fx.ViewFrame;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.util.StringConverter;

/// Binds the Explore screen to its view model.
final class ExploreController {
  private static final List<Integer> SIZES = List.of(2_000, 10_000, 20_000, 50_000, 100_000);

  private static final Insets PANEL_MARGIN = new Insets(12);

  private final ExploreViewModel model;
  private final Messages messages;
  private final MapView map;

  @FXML private ViewFrame frame;
  @FXML private Chip facts;
  @FXML private ToggleButton pan;
  @FXML private ToggleButton lasso;
  @FXML private ComboBox<String> colour;
  @FXML private ComboBox<String> projection;
  @FXML private ComboBox<Integer> most;
  @FXML private CheckBox labels;
  @FXML private StackPane room;
  @FXML private EmptyState waiting;
  @FXML private VBox legend;
  @FXML private VBox legendRows;
  @FXML private Label legendTitle;
  @FXML private VBox card;
  @FXML private Label cardTitle;
  @FXML private Label cardText;
  @FXML private VBox zoom;
  @FXML private Label state;
  @FXML private HBox working;
  @FXML private ProgressBar bar;
  @FXML private Label step;
  @FXML private Chip count;
  @FXML private VBox shares;
  @FXML private Button filter;
  @FXML private Button similar;
  @FXML private Button clear;
  @FXML private ListView<MapRow> list;
  @FXML private Label listFact;

  ExploreController(ExploreViewModel model, Jobs jobs, Messages messages, Palette palette) {
    this.model = model;
    this.messages = messages;
    this.map = new MapView(jobs, palette, messages);
  }

  @FXML
  private void initialize() {
    frame.setTitle(messages.get("title", model.collection()));
    facts.textProperty().bind(model.factsProperty());
    facts.visibleProperty().bind(model.factsProperty().isNotEmpty());
    bar();
    map();
    selection();
    state.textProperty().bind(model.stateProperty());
    step.textProperty().bind(model.stepProperty());
    working.visibleProperty().bind(model.stepProperty().isNotEmpty());
    working.managedProperty().bind(working.visibleProperty());
    model
        .failureProperty()
        .subscribe(
            failed -> failed.ifPresentOrElse(frame.banner()::show, frame.banner()::clear));
    model.load();
  }

  @FXML
  private void onDuplicates() {
    model.markDuplicates();
  }

  @FXML
  private void onOutliers() {
    model.markOutliers();
  }

  @FXML
  private void onIn() {
    map.zoom(1.5);
  }

  @FXML
  private void onOut() {
    map.zoom(1 / 1.5);
  }

  @FXML
  private void onFit() {
    map.fit();
  }

  @FXML
  private void onShowAll() {
    model.showAll();
  }

  @FXML
  private void onStop() {
    model.stop();
  }

  @FXML
  private void onFilter() {
    model.filterToMarked();
  }

  @FXML
  private void onSimilar() {
    if (model.pinnedProperty().get() >= 0) {
      model.findSimilar(model.pinnedProperty().get());
    }
  }

  @FXML
  private void onClear() {
    model.clear();
  }

  @FXML
  private void onUndo() {
    model.undo();
  }

  private void bar() {
    colour.setItems(model.colourFields());
    colour.valueProperty().bindBidirectional(model.colourFieldProperty());
    projection.getItems().setAll(model.projections());
    projection.valueProperty().bindBidirectional(model.projectionProperty());
    most.getItems().setAll(SIZES);
    most.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(Integer rows) {
            return rows == null ? "" : messages.get("sample.rows", Figures.count(rows));
          }

          @Override
          public Integer fromString(String text) {
            return most.getValue();
          }
        });
    most.setValue(model.mostProperty().get());
    most.valueProperty().subscribe(rows -> model.mostProperty().set(rows));
    lasso.selectedProperty().subscribe(map::setLassoing);
    pan.setOnAction(event -> pan.setSelected(true));
    lasso.setOnAction(event -> lasso.setSelected(true));
    labels.selectedProperty().subscribe(map::setLabelled);
  }

  private void map() {
    room.getChildren().addFirst(map);
    StackPane.setMargin(legend, PANEL_MARGIN);
    StackPane.setMargin(zoom, PANEL_MARGIN);
    map.follow(model.sheetProperty());
    map.onMark(model::mark);
    map.onPin(model::pin);
    map.onHover(this::hover);
    map.onClear(model::clear);
    model
        .sheetProperty()
        .subscribe(
            sheet -> {
              waiting.setVisible(sheet.isEmpty());
              legend.setVisible(sheet.isPresent());
              zoom.setVisible(sheet.isPresent());
            });
    model.groupsProperty().subscribe(this::legend);
    model.hiddenProperty().subscribe(this::legend);
    model.markedProperty().subscribe(this::mark);
    model.pinnedProperty().subscribe(this::mark);
    legend.layoutBoundsProperty().subscribe(this::keepClear);
    room.layoutBoundsProperty().subscribe(this::keepClear);
  }

  private void keepClear() {
    map.keepClear(List.of(legend.getBoundsInParent(), zoom.getBoundsInParent()));
  }

  private void mark() {
    map.mark(model.markedProperty().get(), model.pinnedProperty().get());
  }

  private void hover(int row) {
    int shown = row >= 0 ? row : model.pinnedProperty().get();
    card.setVisible(shown >= 0);
    if (shown < 0) {
      return;
    }
    var at = model.row(shown);
    cardTitle.setText(at.title());
    cardText.setText(at.text());
    map.placeOf(shown)
        .ifPresent(
            place -> {
              double x = Math.min(place[0] + 16, Math.max(0, room.getWidth() - 260));
              double y = Math.min(place[1] + 16, Math.max(0, room.getHeight() - 110));
              card.setTranslateX(Math.round(x));
              card.setTranslateY(Math.round(y));
            });
  }

  private void legend() {
    map.colour(model.groupsProperty().get(), model.hiddenProperty().get());
    legendTitle.textProperty().bind(model.colourFieldProperty());
    var groups = model.groupsProperty().get().groups();
    legendRows.getChildren().clear();
    for (int i = 0; i < groups.size(); i++) {
      legendRows.getChildren().add(legendRow(groups.get(i), i));
    }
    shares();
  }

  private Button legendRow(Groups.Group group, int number) {
    boolean hidden = model.hiddenProperty().get().get(number);
    var name = new Label(group.name());
    name.setMinWidth(0);
    name.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(name, Priority.ALWAYS);
    var rows = new Label(Figures.count(group.rows()));
    rows.getStyleClass().addAll("mono", "muted");
    rows.setMinWidth(Region.USE_PREF_SIZE);
    var line =
        new HBox(
            new Circle(4, map.colour(number)),
            name,
            rows,
            Icons.of(hidden ? "fth-eye-off" : "fth-eye", "icon-12"));
    line.getStyleClass().addAll("group", "centred");
    line.setPrefWidth(196);
    var button = new Button(null, line);
    button.getStyleClass().addAll("flat", "legend-row");
    button.setOpacity(hidden ? 0.5 : 1);
    button.setAccessibleText(
        messages.get(hidden ? "legend.show" : "legend.hide", group.name()));
    button.setOnAction(event -> model.toggle(number));
    return button;
  }

  private void selection() {
    list.setItems(model.listed());
    list.setCellFactory(unused -> new RowCell());
    list.setPlaceholder(
        new EmptyState("fth-crosshair", messages.get("list.none"), messages.get("list.none.text")));
    list.getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            row -> {
              if (row != null) {
                hover(row.row());
              }
            });
    list.setOnKeyPressed(
        event -> {
          var row = list.getSelectionModel().getSelectedItem();
          if (event.getCode() == KeyCode.ENTER && row != null) {
            model.pin(row.row());
          }
        });
    model.listed().subscribe(this::shares);
    filter
        .disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> model.markedProperty().get().isEmpty(), model.markedProperty()));
    similar.disableProperty().bind(model.pinnedProperty().lessThan(0));
    clear
        .disableProperty()
        .bind(filter.disableProperty().and(similar.disableProperty()));
  }

  private void shares() {
    int marked = model.markedProperty().get().cardinality();
    count.setText(messages.get("rows", Figures.count(marked)));
    listFact.setText(
        messages.get("list.fact", Figures.count(model.listed().size()), Figures.count(marked)));
    shares.getChildren().clear();
    var groups = model.groupsProperty().get().groups();
    for (var entry : model.markedByGroup().stream().limit(5).toList()) {
      var name = new Label(groups.get(entry.getKey()).name());
      name.setMinWidth(0);
      name.setPrefWidth(110);
      var share = new ProgressBar(entry.getValue() / (double) Math.max(1, marked));
      share.setMaxWidth(Double.MAX_VALUE);
      HBox.setHgrow(share, Priority.ALWAYS);
      var rows = new Label(Figures.count(entry.getValue()));
      rows.getStyleClass().add("mono");
      rows.setMinWidth(Region.USE_PREF_SIZE);
      var line = new HBox(new Circle(4, map.colour(entry.getKey())), name, share, rows);
      line.setAlignment(Pos.CENTER_LEFT);
      line.getStyleClass().add("group");
      shares.getChildren().add(line);
    }
  }

  /// Title and key, and the text below.
  private final class RowCell extends ListCell<MapRow> {
    @Override
    protected void updateItem(MapRow row, boolean empty) {
      super.updateItem(row, empty);
      setText(null);
      setGraphic(null);
      if (empty || row == null) {
        return;
      }
      var title = new Label(row.title());
      title.getStyleClass().add("strong");
      title.setMinWidth(0);
      title.setMaxWidth(Double.MAX_VALUE);
      HBox.setHgrow(title, Priority.ALWAYS);
      var key = new Label(row.key());
      key.getStyleClass().addAll("mono", "muted");
      key.setMinWidth(Region.USE_PREF_SIZE);
      var first = new HBox(new Circle(4, map.colour(row.group())), title, key);
      first.getStyleClass().addAll("group", "centred");
      var text = new Label(row.text());
      text.getStyleClass().addAll("muted");
      var box = new VBox(first, text);
      box.prefWidthProperty().bind(list.widthProperty().subtract(48));
      box.setMaxWidth(Region.USE_PREF_SIZE);
      box.getStyleClass().add("tight");
      setGraphic(box);
      setAccessibleText(row.title() + ", " + row.text());
    }
  }
}
