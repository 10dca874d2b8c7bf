package dev.aerie.ui.health;

import dev.aerie.ui.fx.Cells;
import dev.aerie.ui.fx.ChartCanvas;
import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.EmptyState;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Palette;
import dev.aerie.ui.fx.ViewFrame;
import java.util.List;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import javafx.util.Duration;

/// Binds the Health screen to its view model and asks for a reading every five seconds while the
/// screen is shown.
final class HealthController {
  private static final Duration EVERY = Duration.seconds(5);

  private final HealthViewModel model;
  private final Messages messages;
  private final Palette palette;
  private final SegmentMap map;
  private final ChartCanvas treemap;
  private final Timeline clock = new Timeline(new KeyFrame(EVERY, event -> tick()));

  @FXML private ViewFrame frame;
  @FXML private ScrollPane page;
  @FXML private EmptyState waiting;
  @FXML private Chip product;
  @FXML private VBox findings;
  @FXML private HBox findingChips;
  @FXML private Label passed;
  @FXML private HBox tiles;
  @FXML private TableView<CollectionState> collections;
  @FXML private Label collectionsFact;
  @FXML private Label segmentsFact;
  @FXML private HBox legend;
  @FXML private StackPane segments;

  HealthController(HealthViewModel model, Messages messages, Palette palette) {
    this.model = model;
    this.messages = messages;
    this.palette = palette;
    this.map = new SegmentMap(messages);
    this.treemap = new ChartCanvas(palette, map);
    clock.setCycleCount(Animation.INDEFINITE);
  }

  @FXML
  private void initialize() {
    frame.setTitle(model.title());
    product.setText(model.product());
    columns();
    legend();
    treemap();
    model
        .failureProperty()
        .subscribe(
            failed ->
                failed.ifPresentOrElse(
                    failure -> frame.banner().show(failure), frame.banner()::clear));
    model.latestProperty().subscribe(this::show);
    model
        .findings()
        .addListener((ListChangeListener<Finding>) change -> findings(model.findings()));
    model.tiles().addListener((ListChangeListener<Tile>) change -> tiles(model.tiles()));
    model.refresh();
    clock.play();
  }

  /// Stops asking.
  void close() {
    clock.stop();
    model.close();
  }

  @FXML
  private void onSave() {
    model.saveReport();
  }

  private void tick() {
    var scene = frame.getScene();
    if (scene != null && scene.getWindow() != null && scene.getWindow().isShowing()) {
      model.refresh();
    }
  }

  private void columns() {
    collections
        .getColumns()
        .setAll(
            List.of(
                Cells.text(messages.get("column.name"), 130, at -> Optional.of(at.name())),
                Cells.number(
                    messages.get("column.rows"), 90, at -> Optional.of(Figures.count(at.rows()))),
                Cells.number(
                    messages.get("column.without"),
                    100,
                    at -> Optional.of(Figures.count(at.rowsWithoutIndex()))),
                Cells.number(
                    messages.get("column.segments"),
                    90,
                    at -> Optional.of(Figures.count(at.figures().segments()))),
                Cells.number(
                    messages.get("column.disk"),
                    80,
                    at -> Optional.of(Figures.bytes(at.figures().diskBytes()))),
                Cells.text(
                    messages.get("column.index"),
                    80,
                    at ->
                        at.indexTypes().isEmpty()
                            ? Optional.of(messages.get("index.none"))
                            : Optional.of(at.indexTypes()))));
    collections.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    collections.setPlaceholder(
        new EmptyState(
            "fth-layers", messages.get("collections.none"), messages.get("collections.none.text")));
    collections.setOnKeyPressed(
        event -> {
          var chosen = collections.getSelectionModel().getSelectedItem();
          if (event.getCode() == KeyCode.ENTER && chosen != null) {
            model.open(chosen);
          }
        });
    collections.setOnMouseClicked(
        event -> {
          var chosen = collections.getSelectionModel().getSelectedItem();
          if (event.getClickCount() == 2 && chosen != null) {
            model.open(chosen);
          }
        });
  }

  private void legend() {
    for (var state : SegmentMap.State.values()) {
      var mark = new Rectangle(10, 10);
      mark.setArcWidth(4);
      mark.setArcHeight(4);
      palette.darkProperty().subscribe(dark -> mark.setFill(SegmentMap.colour(state, palette)));
      var label = new Label(messages.get("state." + state), mark);
      label.getStyleClass().add("caption");
      label.setMinWidth(Region.USE_PREF_SIZE);
      legend.getChildren().add(label);
    }
  }

  private void treemap() {
    var tip = new Tooltip();
    Tooltip.install(treemap, tip);
    treemap.setOnMouseMoved(event -> tip.setText(map.at(event.getX(), event.getY()).orElse("")));
    treemap.setOnMouseClicked(
        event -> map.collectionAt(event.getX(), event.getY()).ifPresent(model::open));
    treemap.setAccessibleText(messages.get("segments.accessible"));
    segments.getChildren().setAll(treemap);
  }

  private void show(Optional<HealthReading> reading) {
    page.setVisible(reading.isPresent());
    waiting.setVisible(reading.isEmpty());
    reading.ifPresent(
        now -> {
          var chosen = collections.getSelectionModel().getSelectedIndex();
          collections.getItems().setAll(now.collections());
          collections.getSelectionModel().select(chosen);
          collectionsFact.setText(Figures.count(now.known()));
          segmentsFact.setText(messages.get("segments.fact", Figures.count(now.segments())));
          map.show(now.collections());
          treemap.repaint();
        });
  }

  private void findings(List<Finding> found) {
    findings.getChildren().setAll(found.stream().map(this::row).toList());
    findingChips.getChildren().clear();
    chip(found, Finding.Severity.URGENT, "fth-alert-octagon", "danger");
    chip(found, Finding.Severity.SOON, "fth-alert-triangle", "warning");
    chip(found, Finding.Severity.NOTE, "fth-info", "");
    long kinds = found.stream().map(Finding::severity).distinct().count();
    passed.setText(
        found.isEmpty()
            ? messages.get("findings.none")
            : messages.get("findings.passed", Long.toString(Findings.CHECKS - kinds)));
    if (found.isEmpty()) {
      findingChips
          .getChildren()
          .add(new Chip(messages.get("findings.fine"), "fth-check-circle", "success"));
    }
  }

  private void chip(List<Finding> found, Finding.Severity severity, String icon, String tone) {
    long count = found.stream().filter(finding -> finding.severity() == severity).count();
    if (count > 0) {
      findingChips
          .getChildren()
          .add(new Chip(messages.get("chip." + severity, Long.toString(count)), icon, tone));
    }
  }

  private HBox row(Finding finding) {
    var tone =
        switch (finding.severity()) {
          case URGENT -> "danger";
          case SOON -> "warning";
          case NOTE -> "accent";
        };
    var icon =
        switch (finding.severity()) {
          case URGENT -> "fth-alert-octagon";
          case SOON -> "fth-alert-triangle";
          case NOTE -> "fth-info";
        };
    var title = new Label(finding.title());
    title.getStyleClass().add("strong");
    var text = new Label(finding.text());
    text.getStyleClass().addAll("caption");
    var words = new VBox(title, text);
    words.setAlignment(Pos.CENTER_LEFT);
    words.setMinWidth(0);
    HBox.setHgrow(words, Priority.ALWAYS);
    var row = new HBox(Icons.of(icon, "icon-16", "icon-" + tone), words);
    row.setAlignment(Pos.CENTER_LEFT);
    row.getStyleClass().addAll("finding", tone);
    finding
        .fix()
        .ifPresent(
            fix -> {
              var button = new Button(model.fixWords(fix));
              button.setMinWidth(Region.USE_PREF_SIZE);
              boolean first = model.findings().getFirst().equals(finding);
              if (first && finding.severity() == Finding.Severity.URGENT) {
                button.getStyleClass().add("accent");
              }
              button.setOnAction(event -> model.fix(fix));
              row.getChildren().add(button);
            });
    return row;
  }

  private void tiles(List<Tile> now) {
    tiles.getChildren().setAll(now.stream().map(this::box).toList());
  }

  private VBox box(Tile tile) {
    var title = new Label(tile.title());
    title.getStyleClass().add("caption");
    var figure = new Label(tile.figure());
    figure.getStyleClass().add("figure");
    figure.setMinWidth(Region.USE_PREF_SIZE);
    var unit = new Label(tile.unit());
    unit.getStyleClass().add("caption");
    var line = new HBox(figure, unit);
    line.getStyleClass().add("tight");
    line.setAlignment(Pos.BASELINE_LEFT);
    var note = new Label(tile.note());
    note.getStyleClass().add(tile.tone().isEmpty() ? "caption" : tile.tone() + "-text");
    note.getStyleClass().add("small");
    if (!tile.note().isEmpty()) {
      note.setTooltip(new Tooltip(tile.note()));
    }
    var trend = new ChartCanvas(palette, new Trend(tile.trend(), tile.tone()));
    trend.getStyleClass().add("tile-trend");
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var foot = new HBox(trend, space, note);
    foot.setAlignment(Pos.CENTER_LEFT);
    foot.getStyleClass().add("tight");
    var box = new VBox(title, line, foot);
    box.getStyleClass().addAll("card-box", "tile");
    box.setAccessibleText(tile.title() + " " + tile.figure() + " " + tile.unit());
    HBox.setHgrow(box, Priority.ALWAYS);
    box.setMinWidth(0);
    box.setPrefWidth(120);
    return box;
  }
}
