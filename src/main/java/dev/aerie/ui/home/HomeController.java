package dev.aerie.ui.home;

import dev.aerie.ui.fx.Banner;
import dev.aerie.ui.fx.Cells;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.home.HomeViewModel.ConnectionRow;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;

/// Binds Home.
public final class HomeController {
  private final HomeViewModel model;
  private final Messages words;

  @FXML private Banner banner;
  @FXML private Button sample;
  @FXML private Button cancel;
  @FXML private ToggleButton someRows;
  @FXML private ToggleButton allRows;
  @FXML private VBox sampleProgress;
  @FXML private ProgressBar sampleBar;
  @FXML private Label sampleText;
  @FXML private Node fileCard;
  @FXML private Node connectCard;
  @FXML private TableView<ConnectionRow> connections;
  @FXML private Label connectionCount;
  @FXML private Label engineState;
  @FXML private Label collections;
  @FXML private Label rows;
  @FXML private Label memory;
  @FXML private ProgressBar memoryBar;
  @FXML private Label disk;

  HomeController(HomeViewModel model, Messages words) {
    this.model = model;
    this.words = words;
  }

  @FXML
  private void initialize() {
    var amount = new ToggleGroup();
    amount.getToggles().setAll(someRows, allRows);
    amount
        .selectedToggleProperty()
        .subscribe(
            (before, now) -> {
              if (now == null) {
                amount.selectToggle(before);
              }
            });
    someRows.setSelected(!model.allRowsProperty().get());
    allRows.selectedProperty().bindBidirectional(model.allRowsProperty());
    sample
        .textProperty()
        .bind(
            Bindings.when(model.sampleThereProperty())
                .then(words.get("sample.open"))
                .otherwise(words.get("sample.load")));
    sample.disableProperty().bind(model.engineOpenProperty().not().or(model.loadingProperty()));
    show(cancel, model.loadingProperty().get());
    model
        .loadingProperty()
        .subscribe(
            running -> {
              show(cancel, running);
              show(sampleProgress, running);
            });
    model.sampleThereProperty().subscribe(there -> show(someRows.getParent(), !there));
    sampleBar.progressProperty().bind(model.loadShareProperty());
    sampleText.textProperty().bind(model.loadTextProperty());
    show(fileCard, model.canOpenFiles());
    show(connectCard, model.canConnect());
    collections.textProperty().bind(model.collectionsProperty());
    rows.textProperty().bind(model.rowsProperty());
    memory.textProperty().bind(model.memoryProperty());
    memoryBar.progressProperty().bind(model.memoryShareProperty());
    disk.textProperty().bind(model.diskProperty());
    engineState.textProperty().bind(model.engineStateProperty());
    model
        .engineOpenProperty()
        .subscribe(
            open -> {
              engineState.getStyleClass().removeAll("success-text", "danger-text", "muted");
              engineState.getStyleClass().add(open ? "success-text" : "muted");
              engineState.setGraphic(
                  open
                      ? Icons.of("fth-check-circle", "icon-success")
                      : Icons.of("fth-minus-circle"));
            });
    model
        .failureProperty()
        .subscribe(failure -> failure.ifPresentOrElse(banner::show, banner::clear));
    fillConnections();
  }

  private void fillConnections() {
    connections.setItems(model.connections());
    connectionCount.textProperty().bind(Bindings.size(model.connections()).asString());
    connections
        .getColumns()
        .add(
            Cells.<ConnectionRow>text(
                words.get("column.name"), 150, row -> Optional.of(row.name())));
    connections
        .getColumns()
        .add(Cells.text(words.get("column.address"), 190, row -> Optional.of(row.address())));
    var status =
        Cells.<ConnectionRow>text(
            words.get("column.status"), 150, row -> Optional.of(row.status()));
    status.setCellFactory(_ -> new StatusCell());
    connections.getColumns().add(status);
    connections
        .getColumns()
        .add(Cells.text(words.get("column.version"), 120, row -> Optional.of(row.version())));
    connections
        .getColumns()
        .add(Cells.number(words.get("column.trip"), 110, row -> Optional.of(row.roundTrip())));
    connections
        .getColumns()
        .add(Cells.text(words.get("column.used"), 90, row -> Optional.of(row.lastUsed())));
    connections.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    connections.setRowFactory(
        _ -> {
          var row = new TableRow<ConnectionRow>();
          row.setOnMouseClicked(
              event -> {
                if (event.getClickCount() == 2 && !row.isEmpty()) {
                  model.openConnection(row.getItem());
                }
              });
          return row;
        });
    connections.setOnKeyPressed(
        event -> {
          var chosen = connections.getSelectionModel().getSelectedItem();
          if (event.getCode() == KeyCode.ENTER && chosen != null) {
            model.openConnection(chosen);
          }
        });
  }

  private static void show(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  @FXML
  private void onSample() {
    model.startWithSample();
  }

  @FXML
  private void onCancel() {
    model.cancelLoad();
  }

  @FXML
  private void onFile() {
    model.openFile();
  }

  @FXML
  private void onConnect() {
    model.newConnection();
  }

  @FXML
  private void onRefresh() {
    model.refresh();
  }

  private static final class StatusCell extends TableCell<ConnectionRow, Optional<String>> {
    @Override
    protected void updateItem(Optional<String> item, boolean empty) {
      super.updateItem(item, empty);
      getStyleClass().removeAll("success-text", "danger-text", "accent-text");
      var row = getTableRow() == null ? null : getTableRow().getItem();
      if (empty || item == null || row == null) {
        setText(null);
        setGraphic(null);
        return;
      }
      setText(row.status());
      setGraphic(
          row.tone().isEmpty() ? Icons.of(row.icon()) : Icons.of(row.icon(), "icon-" + row.tone()));
      if (!row.tone().isEmpty()) {
        getStyleClass().add(row.tone() + "-text");
      }
    }
  }
}
