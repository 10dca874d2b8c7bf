package dev.aerie.ui.search;

import atlantafx.base.controls.ToggleSwitch;
import dev.aerie.engine.Explain;
import dev.aerie.engine.Field;
import dev.aerie.ui.fx.Cells;
import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.EmptyState;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Sparkline;
import dev.aerie.ui.fx.ViewFrame;
import dev.aerie.ui.search.SearchViewModel.Answer;
import dev.aerie.ui.search.SearchViewModel.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Binds the search.
public final class SearchController {
  private static final int MOST_SUGGESTIONS = 8;

  private final SearchViewModel model;
  private final Messages words;
  private final ContextMenu suggestions = new ContextMenu();
  private boolean completing;

  @FXML private ViewFrame frame;
  @FXML private ToggleButton text;
  @FXML private ToggleButton vector;
  @FXML private ToggleButton row;
  @FXML private TextArea query;
  @FXML private ComboBox<Field> field;
  @FXML private Label modelName;
  @FXML private TextField limit;
  @FXML private HBox numbers;
  @FXML private TextField filter;
  @FXML private Label filterNote;
  @FXML private Label mistake;
  @FXML private ToggleSwitch compare;
  @FXML private ToggleSwitch explain;
  @FXML private VBox history;
  @FXML private VBox historyBox;
  @FXML private Button copyCode;
  @FXML private ProgressBar busy;
  @FXML private Label count;
  @FXML private Label millis;
  @FXML private Chip exact;
  @FXML private ToggleButton asList;
  @FXML private ToggleButton asTable;
  @FXML private HBox listHead;
  @FXML private Label valueHead;
  @FXML private Label exactHead;
  @FXML private ListView<Hit> list;
  @FXML private TableView<Hit> table;
  @FXML private ToggleButton explainTab;
  @FXML private ToggleButton rowTab;
  @FXML private ToggleButton codeTab;
  @FXML private VBox inspectorBody;
  @FXML private VBox listBox;

  SearchController(SearchViewModel model, Messages words) {
    this.model = model;
    this.words = words;
  }

  void focusFilter() {
    filter.requestFocus();
  }

  void toggleInspector() {
    frame.toggleInspector();
  }

  @FXML
  private void initialize() {
    frame.setTitle(words.get("head", model.collection()));
    exclusive(text, vector, row);
    exclusive(asList, asTable);
    exclusive(explainTab, rowTab, codeTab);
    kinds();
    query.textProperty().bindBidirectional(model.queryProperty());
    query.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ENTER && !event.isShiftDown()) {
            model.search();
            event.consume();
          } else if (event.getCode() == KeyCode.TAB) {
            (event.isShiftDown() ? row : field).requestFocus();
            event.consume();
          }
        });
    limit.textProperty().bindBidirectional(model.limitProperty());
    limit.setOnAction(_ -> model.search());
    field.setItems(model.fields());
    field.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable Field one) {
            return one == null ? "" : one.name() + "  " + model.facts(one);
          }

          @Override
          public @Nullable Field fromString(String name) {
            return null;
          }
        });
    field.valueProperty().bindBidirectional(model.fieldProperty());
    modelName.setText(model.model());
    model.params().subscribe(this::showParams);
    showParams();
    fillFilter();
    switches();
    mistake.textProperty().bind(model.mistakeProperty());
    mistake.managedProperty().bind(mistake.textProperty().isNotEmpty());
    busy.visibleProperty().bind(model.busyProperty());
    model.history().subscribe(this::showHistory);
    showHistory();
    model
        .failureProperty()
        .subscribe(failure -> failure.ifPresentOrElse(frame.banner()::show, frame.banner()::clear));
    model
        .hintProperty()
        .subscribe(
            hint ->
                hint.ifPresentOrElse(
                    one -> {
                      frame.banner().warn(one.fact(), one.cause());
                      frame.banner().with(one.action(), one.doIt());
                    },
                    frame.banner()::clear));
    fillResults();
    model.answerProperty().subscribe(this::show);
    model.selectedProperty().subscribe(_ -> inspect());
    for (var tab : List.of(explainTab, rowTab, codeTab)) {
      tab.selectedProperty().subscribe(_ -> inspect());
    }
  }

  private void kinds() {
    text.setSelected(true);
    text.selectedProperty().subscribe(on -> choose(on, Kind.TEXT));
    vector.selectedProperty().subscribe(on -> choose(on, Kind.VECTOR));
    row.selectedProperty().subscribe(on -> choose(on, Kind.ROW));
    model
        .kindProperty()
        .subscribe(
            kind -> {
              (switch (kind) {
                    case TEXT -> text;
                    case VECTOR -> vector;
                    case ROW -> row;
                  })
                  .setSelected(true);
              query.setPromptText(words.get("prompt." + kind.name()));
              modelName.getParent().setVisible(kind == Kind.TEXT);
              modelName.getParent().setManaged(kind == Kind.TEXT);
            });
  }

  private void choose(boolean on, Kind kind) {
    if (on) {
      model.kindProperty().set(kind);
    }
  }

  private void switches() {
    compare.selectedProperty().bindBidirectional(model.compareProperty());
    explain.selectedProperty().bindBidirectional(model.explainProperty());
    model.whyNoComparison().ifPresent(why -> refuse(compare, why));
    model.whyNoExplain().ifPresent(why -> refuse(explain, why));
  }

  private static void refuse(ToggleSwitch one, String why) {
    one.setSelected(false);
    one.setDisable(true);
    Icons.name(one, one.getText() + ": " + why);
  }

  private void fillFilter() {
    filter.textProperty().bindBidirectional(model.filterProperty());
    filterNote.textProperty().bind(model.filterNoteProperty());
    filterNote.managedProperty().bind(filterNote.textProperty().isNotEmpty());
    model
        .filterWrongProperty()
        .subscribe(
            wrong -> {
              filterNote.getStyleClass().setAll("label", wrong ? "mistake" : "caption");
              filter.getStyleClass().remove("wrong");
              if (wrong) {
                filter.getStyleClass().add("wrong");
              }
            });
    filter.setOnAction(_ -> model.search());
    filter
        .focusedProperty()
        .subscribe(
            focused -> {
              if (!focused) {
                suggestions.hide();
                model.count();
              }
            });
    filter.addEventHandler(
        KeyEvent.KEY_TYPED,
        _ -> {
          if (!completing) {
            suggest();
          }
        });
    filter.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.SPACE && event.isControlDown()) {
            suggest();
            event.consume();
          }
        });
  }

  private void suggest() {
    var found = model.complete(filter.getText(), filter.getCaretPosition());
    suggestions.hide();
    suggestions
        .getItems()
        .setAll(
            found.stream()
                .limit(MOST_SUGGESTIONS)
                .map(
                    one -> {
                      var item =
                          new MenuItem(
                              one.text() + (one.detail().isEmpty() ? "" : "   " + one.detail()));
                      item.setMnemonicParsing(false);
                      item.setOnAction(
                          _ -> {
                            completing = true;
                            filter.replaceText(one.from(), filter.getCaretPosition(), one.text());
                            filter.positionCaret(one.from() + one.text().length());
                            completing = false;
                          });
                      return item;
                    })
                .toList());
    if (!found.isEmpty() && filter.isFocused()) {
      suggestions.show(filter, Side.BOTTOM, 0, 2);
    }
  }

  private void showParams() {
    numbers.getChildren().removeIf(node -> node.getStyleClass().contains("param"));
    for (var param : model.params()) {
      var input = new TextField();
      input.textProperty().bindBidirectional(param.value());
      input.getStyleClass().add("code");
      input.setPrefColumnCount(6);
      input.setOnAction(_ -> model.search());
      var label = new Label(words.get("param", param.name()));
      label.getStyleClass().add("field-label");
      label.setLabelFor(input);
      input.setAccessibleText(label.getText());
      var box = new VBox(label, input);
      box.getStyleClass().addAll("form-item", "param");
      HBox.setHgrow(box, Priority.ALWAYS);
      numbers.getChildren().add(box);
    }
  }

  private void showHistory() {
    historyBox.setVisible(!model.history().isEmpty());
    history
        .getChildren()
        .setAll(
            model.history().stream()
                .map(
                    past -> {
                      var button = new Button(past.query(), Icons.of("fth-clock"));
                      button.getStyleClass().add("flat");
                      button.setMaxWidth(Double.MAX_VALUE);
                      button.setAlignment(Pos.CENTER_LEFT);
                      button.setMnemonicParsing(false);
                      button.setOnAction(_ -> model.again(past));
                      return (Node) button;
                    })
                .toList());
  }

  private void fillResults() {
    list.setItems(model.hits());
    list.setCellFactory(_ -> new HitCell(words));
    list.setPlaceholder(new EmptyState("fth-search", words.get("empty"), words.get("empty.text")));
    list.getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            hit -> {
              if (hit != null) {
                model.selectedProperty().set(hit);
              }
            });
    table.setItems(model.hits());
    table.setPlaceholder(new EmptyState("fth-search", words.get("empty"), words.get("empty.text")));
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            hit -> {
              if (hit != null) {
                model.selectedProperty().set(hit);
              }
            });
    asTable.selectedProperty().subscribe(this::showAs);
    asList.setSelected(true);
    showAs(false);
  }

  private void showAs(boolean tabular) {
    listBox.setVisible(!tabular);
    table.setVisible(tabular);
  }

  private void columns(Answer answer) {
    table
        .getColumns()
        .setAll(
            List.of(
                Cells.number(words.get("column.rank"), 48, hit -> Optional.of(rank(hit))),
                Cells.number(
                    words.get("value." + answer.metric().name()),
                    90,
                    hit -> Optional.of(Figures.value(hit.value())))));
    if (!model.hits().isEmpty()) {
      for (var name : model.hits().getFirst().values().keySet()) {
        table
            .getColumns()
            .add(
                Cells.<Hit>text(
                    name, 150, hit -> hit.values().getOrDefault(name, Optional.empty())));
      }
      table.getColumns().add(Cells.<Hit>vector(words.get("column.vector"), Hit::sketch));
    }
  }

  static String rank(Hit hit) {
    return hit.rank().isPresent() ? Integer.toString(hit.rank().getAsInt()) : "–";
  }

  private void show(Optional<Answer> answer) {
    boolean there = answer.isPresent();
    listHead.setVisible(there);
    copyCode.setDisable(!there);
    exact.setVisible(false);
    if (answer.isEmpty()) {
      count.setText(words.get("noResults"));
      millis.setText("");
      inspect();
      return;
    }
    var one = answer.get();
    count.setText(words.get(one.found() == 1 ? "result" : "results", one.found()));
    millis.setText(Figures.millis(one.millis()));
    valueHead.setText(words.get("value." + one.metric().name()));
    exactHead.setVisible(one.exact().isPresent());
    exactHead.setManaged(one.exact().isPresent());
    if (one.exact().isPresent()) {
      boolean all = one.exact().getAsLong() == one.found();
      exact.set(
          words.get("exact", one.exact().getAsLong(), one.found()),
          "fth-check-circle",
          all ? "success" : "warning");
      exact.setVisible(true);
    }
    columns(one);
    list.getSelectionModel().selectFirst();
    inspect();
  }

  private void inspect() {
    inspectorBody.getChildren().clear();
    var answer = model.answerProperty().get();
    if (answer.isEmpty()) {
      var note = new Label(words.get("inspect.none"));
      note.getStyleClass().add("muted");
      note.setWrapText(true);
      inspectorBody.getChildren().add(note);
    } else if (rowTab.isSelected()) {
      inspectRow(model.selectedProperty().get());
    } else if (codeTab.isSelected()) {
      var code = new TextArea(answer.get().code());
      code.setEditable(false);
      code.getStyleClass().add("code");
      code.setPrefRowCount(16);
      code.setAccessibleText(words.get("tab.code"));
      inspectorBody.getChildren().add(code);
    } else {
      inspectAnswer(answer.get());
    }
  }

  private void inspectAnswer(Answer answer) {
    double whole = answer.parts().stream().mapToDouble(SearchViewModel.Part::millis).sum();
    inspectorBody.getChildren().add(section(words.get("where", Figures.millis(whole))));
    for (var part : answer.parts()) {
      inspectorBody.getChildren().add(new PhaseRow(part));
    }
    if (!answer.filter().isEmpty()) {
      inspectorBody.getChildren().add(section(words.get("filterRun")));
      inspectorBody.getChildren().add(wrapped(answer.filter()));
    }
    if (!answer.segments().isEmpty()) {
      inspectorBody.getChildren().add(section(words.get("segments")));
      inspectorBody.getChildren().add(segments(answer.segments()));
      answer.segments().stream()
          .map(Explain.SegmentRun::reason)
          .filter(reason -> !reason.isBlank())
          .distinct()
          .limit(3)
          .forEach(reason -> inspectorBody.getChildren().add(wrapped(reason)));
    }
  }

  private TableView<Explain.SegmentRun> segments(List<Explain.SegmentRun> runs) {
    var view = new TableView<Explain.SegmentRun>();
    view.getItems().setAll(runs);
    view.setAccessibleText(words.get("segments"));
    view.getColumns()
        .setAll(
            List.of(
                Cells.text(
                    words.get("segment.path"),
                    76,
                    run -> Optional.of(words.get("path." + run.path().name()))),
                Cells.number(
                    words.get("segment.rows"), 72, run -> Optional.of(Figures.count(run.rows()))),
                Cells.number(
                    words.get("segment.seen"),
                    64,
                    run -> Optional.of(Figures.count(run.visited()))),
                Cells.number(
                    words.get("segment.ms"),
                    56,
                    run -> Optional.of(String.format(Locale.ROOT, "%.1f", run.nanos() / 1e6)))));
    view.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    view.setPrefHeight(34 + 29.0 * Math.min(8, runs.size()));
    view.setMinHeight(Region.USE_PREF_SIZE);
    return view;
  }

  private void inspectRow(@Nullable Hit hit) {
    if (hit == null) {
      return;
    }
    inspectorBody.getChildren().add(section(words.get("row", hit.id().toString())));
    hit.values()
        .forEach(
            (name, value) -> {
              var label = new Label(name);
              label.getStyleClass().add("field-label");
              var shown = wrapped(value.orElse("null"));
              shown.getStyleClass().remove("muted");
              if (value.isEmpty()) {
                shown.getStyleClass().add("null");
              }
              inspectorBody.getChildren().add(new VBox(label, shown));
            });
    hit.sketch()
        .ifPresent(
            sketch -> {
              var line = new Sparkline(240, 48);
              line.show(sketch.buckets());
              inspectorBody
                  .getChildren()
                  .addAll(
                      section(words.get("column.vector")),
                      line,
                      wrapped(words.get("norm", Figures.value(sketch.norm()))));
            });
  }

  private static Label section(String words) {
    var label = new Label(words);
    label.getStyleClass().add("section");
    return label;
  }

  private static Label wrapped(String words) {
    var label = new Label(words);
    label.getStyleClass().add("muted");
    label.setWrapText(true);
    return label;
  }

  private static void exclusive(ToggleButton... buttons) {
    var group = new ToggleGroup();
    group.getToggles().setAll(buttons);
    buttons[0].setSelected(true);
    group
        .selectedToggleProperty()
        .subscribe(
            (before, now) -> {
              if (now == null) {
                group.selectToggle(before);
              }
            });
  }

  @FXML
  private void onSearch() {
    model.search();
  }

  @FXML
  private void onCopyCode() {
    model.copyCode();
  }
}
