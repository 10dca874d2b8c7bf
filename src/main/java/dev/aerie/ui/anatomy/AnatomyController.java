package dev.aerie.ui.anatomy;

import dev.aerie.ui.fx.Cells;
import dev.aerie.ui.fx.ChartCanvas;
import dev.aerie.ui.fx.EmptyState;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Palette;
import dev.aerie.ui.fx.ViewFrame;
import java.util.List;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.geometry.HPos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Binds the Anatomy screen to its view model.
final class AnatomyController {
  private final AnatomyViewModel model;
  private final Messages messages;
  private final Histogram histogram = new Histogram();
  private final ChartCanvas chart;

  @FXML private ViewFrame frame;
  @FXML private ComboBox<String> field;
  @FXML private EmptyState nothing;
  @FXML private VBox content;
  @FXML private TableView<SegmentRow> segments;
  @FXML private Label title;
  @FXML private StackPane plot;
  @FXML private GridPane figures;

  AnatomyController(AnatomyViewModel model, Messages messages, Palette palette) {
    this.model = model;
    this.messages = messages;
    this.chart = new ChartCanvas(palette, histogram);
  }

  @FXML
  private void initialize() {
    frame.setTitle(messages.get("title", model.collection()));
    field.setItems(model.fields());
    field.valueProperty().bindBidirectional(model.fieldProperty());
    plot.getChildren().setAll(chart);
    columns();
    segments.setItems(model.segments());
    segments.getSelectionModel().selectedItemProperty().subscribe(() -> detail());
    model
        .segments()
        .subscribe(
            () -> {
              if (!model.segments().isEmpty()) {
                segments.getSelectionModel().select(0);
              }
            });
    model
        .reasonProperty()
        .subscribe(
            why -> {
              nothing.setText(why);
              nothing.setVisible(!why.isEmpty());
              content.setVisible(why.isEmpty());
            });
    model
        .failureProperty()
        .subscribe(
            failed -> failed.ifPresentOrElse(frame.banner()::show, frame.banner()::clear));
    model.load();
  }

  private void columns() {
    segments.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    segments.setPlaceholder(
        new EmptyState("fth-share-2", messages.get("waiting"), messages.get("waiting.text")));
    segments
        .getColumns()
        .setAll(
            List.of(
                Cells.<SegmentRow>text(
                    messages.get("column.segment"), 140, row -> Optional.of(row.segment())),
                Cells.<SegmentRow>text(
                    messages.get("column.kind"), 100, row -> Optional.of(row.kind())),
                Cells.<SegmentRow>number(
                    messages.get("column.rows"),
                    100,
                    row -> Optional.of(Figures.count(row.rows()))),
                Cells.<SegmentRow>text(
                    messages.get("column.summary"), 320, row -> Optional.of(row.summary()))));
  }

  private void detail() {
    var row = segments.getSelectionModel().getSelectedItem();
    figures.getChildren().clear();
    if (row == null) {
      return;
    }
    title.setText(row.histogram().isEmpty() ? row.summary() : row.histogram());
    histogram.show(row);
    chart.repaint();
    for (var figure : row.figures()) {
      var name = new Label(figure.name());
      name.getStyleClass().add("muted");
      var value = new Label(figure.value());
      value.getStyleClass().addAll("mono", "strong");
      if (figure.bad()) {
        value.getStyleClass().add("warning-text");
      }
      value.setMinWidth(Region.USE_PREF_SIZE);
      GridPane.setHalignment(value, HPos.RIGHT);
      figures.addRow(figures.getRowCount(), name, value);
    }
  }
}
