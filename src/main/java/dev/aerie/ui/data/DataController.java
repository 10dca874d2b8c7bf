package dev.aerie.ui.data;

import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.EmptyState;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.ViewFrame;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;

/// Binds the Data screen to its model.
public final class DataController {
  private final DataViewModel model;
  @FXML private ViewFrame frame;
  @FXML private Label rowFact;
  @FXML private Chip schemaChip;
  @FXML private Chip dataChip;
  @FXML private Chip indexChip;
  @FXML private Chip loadChip;
  @FXML private Button loadButton;
  @FXML private MenuButton columnsMenu;
  @FXML private Button refreshButton;
  @FXML private TextField filterField;
  @FXML private Button applyButton;
  @FXML private Button clearButton;
  @FXML private Button deleteButton;
  @FXML private Label problemLabel;
  @FXML private StackPane body;
  @FXML private TableView<DataRow> table;
  @FXML private Label countLabel;
  @FXML private Hyperlink countLink;
  @FXML private Button previousButton;
  @FXML private Label pageLabel;
  @FXML private Button nextButton;
  @FXML private ScrollPane inspector;
  private List<String> shownFields = List.of();

  DataController(DataViewModel model) {
    this.model = model;
  }

  ViewFrame frame() {
    return frame;
  }

  void focusFilter() {
    filterField.requestFocus();
  }

  @FXML
  private void initialize() {
    frame.setTitle(model.collection());
    inspector.setContent(new RowInspector(model));
    nameControls();
    bindFilter();
    bindTable();
    model.contentsProperty().subscribe(this::showContents);
    model.countProperty().subscribe(this::showCount);
    model.failureProperty().subscribe(this::showState);
    model.loadingProperty().subscribe(this::showState);
    loadButton.setVisible(model.canLoad());
    loadButton.managedProperty().bind(loadButton.visibleProperty());
    if (model.isLocked()) {
      frame.banner().warn(model.messages().get("locked"), model.messages().get("locked.why"));
    }
  }

  private void nameControls() {
    Icons.name(refreshButton, model.messages().get("refresh"));
    Icons.name(previousButton, model.messages().get("page.previous"));
    Icons.name(nextButton, model.messages().get("page.next"));
    filterField.setAccessibleText(model.messages().get("filter"));
    filterField.setPromptText(model.messages().get("filter.prompt.plain"));
    table.setAccessibleText(model.collection());
  }

  private void bindFilter() {
    filterField.textProperty().bindBidirectional(model.filterProperty());
    new FilterCompletion(filterField, model::complete);
    problemLabel
        .textProperty()
        .bind(
            model
                .problemProperty()
                .map(
                    found ->
                        found
                            .map(
                                problem ->
                                    model
                                        .messages()
                                        .get(
                                            "filter.problem",
                                            Integer.toString(problem.offset() + 1),
                                            problem.detail()))
                            .orElse("")));
    problemLabel.visibleProperty().bind(problemLabel.textProperty().isNotEmpty());
    problemLabel.managedProperty().bind(problemLabel.visibleProperty());
    clearButton.disableProperty().bind(model.filterProperty().isEmpty());
    deleteButton
        .disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> !model.isFiltered() || model.isLocked() || model.rows().isEmpty(),
                model.rows(),
                model.countProperty()));
  }

  private void bindTable() {
    table.setItems(model.rows());
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(row -> model.selectedProperty().set(Optional.ofNullable(row)));
    model.rows().addListener((ListChangeListener<DataRow>) change -> showState());
    previousButton.disableProperty().bind(model.hasPreviousProperty().not());
    nextButton.disableProperty().bind(model.hasNextProperty().not());
    var similar = new MenuItem(model.messages().get("row.similar"));
    similar.setOnAction(event -> model.findSimilar());
    var copy = new MenuItem(model.messages().get("row.copy"));
    copy.setOnAction(
        event ->
            model.copy(
                String.join(
                    "\n",
                    table.getSelectionModel().getSelectedItems().stream()
                        .map(model::asJson)
                        .toList())));
    var delete = new MenuItem(model.messages().get("delete.selected"));
    delete.setOnAction(
        event -> model.delete(List.copyOf(table.getSelectionModel().getSelectedItems())));
    delete.setDisable(model.isLocked());
    table.setContextMenu(new ContextMenu(similar, copy, delete));
  }

  private void showContents(Optional<DataViewModel.Contents> known) {
    boolean there = known.isPresent();
    for (var chip : List.of(schemaChip, dataChip, indexChip, loadChip)) {
      chip.setVisible(there);
      chip.setManaged(there);
    }
    if (!there) {
      return;
    }
    var contents = known.get();
    var words = model.messages();
    schemaChip.set(words.get("chip.schema"), "fth-check", "success");
    var vectors = contents.vectorIndexes();
    if (vectors.isEmpty()) {
      indexChip.set(words.get("chip.noindex"), "fth-alert-triangle", "warning");
    } else {
      var index = vectors.getFirst();
      if (index.state() == IndexInfo.State.FINISHED) {
        indexChip.set(words.get("chip.index", index.spec().type().name()), "fth-check", "success");
      } else {
        long percent = 100 * index.indexedRows() / Math.max(1, index.totalRows());
        indexChip.set(words.get("chip.building", Long.toString(percent)), "fth-clock", "accent");
      }
    }
    if (contents.info().load().isLoaded()) {
      loadChip.set(words.get("chip.loaded"), "fth-check", "success");
    } else {
      loadChip.set(words.get("chip.notloaded"), "fth-alert-triangle", "warning");
    }
    var names = contents.fields().stream().map(field -> field.name() + field.typeName()).toList();
    if (!names.equals(shownFields)) {
      shownFields = names;
      table.getColumns().setAll(DataColumns.of(contents.fields()));
      columnsMenu.getItems().clear();
      for (var column : table.getColumns()) {
        var item = new CheckMenuItem(column.getId());
        item.selectedProperty().bindBidirectional(column.visibleProperty());
        columnsMenu.getItems().add(item);
      }
      filterField.setPromptText(model.example());
    }
  }

  private void showCount(RowCount count) {
    var words = model.messages();
    rowFact.setText(
        switch (count) {
          case RowCount.Exact(var rows, var filtered) ->
              filtered ? "" : words.get("rows", Figures.count(rows));
          case RowCount.About(var rows) -> words.get("rows.about", Figures.count(rows));
          case RowCount.Unknown(), RowCount.Counting() -> "";
        });
    countLabel.setText(
        switch (count) {
          case RowCount.Exact(var rows, var filtered) ->
              words.get(filtered ? "count.exact.filtered" : "count.exact", Figures.count(rows));
          case RowCount.About(var rows) -> words.get("count.about", Figures.count(rows));
          case RowCount.Unknown() -> words.get("count.unknown");
          case RowCount.Counting() -> words.get("count.counting");
        });
    boolean open = count instanceof RowCount.About || count instanceof RowCount.Unknown;
    countLink.setVisible(open);
    countLink.setManaged(open);
    long rows =
        switch (count) {
          case RowCount.Exact(var exact, var filtered) -> exact;
          case RowCount.About(var about) -> about;
          case RowCount.Unknown(), RowCount.Counting() -> -1;
        };
    if (rows == 0 && !model.isFiltered()) {
      dataChip.set(words.get("chip.nodata"), "fth-alert-triangle", "warning");
    } else {
      dataChip.set(words.get("chip.data"), "fth-check", "success");
    }
  }

  private void showState() {
    var words = model.messages();
    body.getChildren().removeIf(node -> node instanceof EmptyState);
    var failure = model.failureProperty().get();
    boolean empty = model.rows().isEmpty() && !model.loadingProperty().get();
    table.setVisible(!empty || failure.isPresent());
    if (failure.isPresent()) {
      frame.banner().show(failure.get());
      frame.banner().with(words.get("failed.again"), model::refresh);
    } else if (!model.isLocked()) {
      frame.banner().clear();
    }
    if (empty && failure.isEmpty()) {
      body.getChildren().add(model.isFiltered() ? noMatch() : noRows());
    }
    table.setPlaceholder(new Label(words.get("reading")));
    pageLabel.setText(
        model.rows().isEmpty()
            ? words.get("page.none")
            : words.get(
                "page",
                Figures.count(model.rows().getFirst().number()),
                Figures.count(model.rows().getLast().number())));
  }

  private EmptyState noRows() {
    var words = model.messages();
    var state =
        new EmptyState(
            "fth-upload", words.get("empty.title", model.collection()), words.get("empty.text"));
    return model.canLoad() ? state.with(words.get("load"), model::load, "accent") : state;
  }

  private EmptyState noMatch() {
    var words = model.messages();
    return new EmptyState(
            "fth-filter",
            words.get("empty.filter.title"),
            words.get("empty.filter.text", model.collection()))
        .with(words.get("filter.clear"), model::clearFilter);
  }

  @FXML
  private void onLoad() {
    model.load();
  }

  @FXML
  private void onRefresh() {
    model.refresh();
  }

  @FXML
  private void onApply() {
    model.applyFilter();
  }

  @FXML
  private void onClear() {
    model.clearFilter();
  }

  @FXML
  private void onDeleteMatching() {
    model.deleteMatching();
  }

  @FXML
  private void onCount() {
    model.countExactly();
  }

  @FXML
  private void onPrevious() {
    model.previousPage();
  }

  @FXML
  private void onNext() {
    model.nextPage();
  }
}
