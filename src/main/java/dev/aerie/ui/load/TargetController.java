package dev.aerie.ui.load;

import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Metric;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Icons;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// Binds where the rows go: a new collection with its key, metric and index, or one that is there.
public final class TargetController {
  private final LoadViewModel model;
  private final MappingViewModel mapping;
  private final ToggleGroup indexGroup = new ToggleGroup();
  @FXML private ToggleGroup where;
  @FXML private ToggleButton newButton;
  @FXML private ToggleButton existingButton;
  @FXML private TextField nameField;
  @FXML private ComboBox<String> collectionBox;
  @FXML private Label placeLabel;
  @FXML private VBox newOptions;
  @FXML private ComboBox<Optional<MappingRow>> keyBox;
  @FXML private ComboBox<Metric> metricBox;
  @FXML private Label metricReason;
  @FXML private VBox indexCards;
  @FXML private VBox notice;

  TargetController(LoadViewModel model) {
    this.model = model;
    this.mapping = model.mapping();
  }

  @FXML
  private void initialize() {
    var words = model.messages();
    nameField.setAccessibleText(words.get("target.name"));
    nameField.textProperty().bindBidirectional(mapping.newNameProperty());
    collectionBox.setAccessibleText(words.get("target.collection"));
    collectionBox.setPromptText(words.get("target.collection"));
    collectionBox.setItems(model.collections());
    collectionBox.setOnAction(
        event -> {
          var chosen = collectionBox.getValue();
          if (chosen != null && !chosen.equals(filled())) {
            model.fill(chosen);
          }
        });
    placeLabel.setText(model.place());
    keyBox.setAccessibleText(words.get("target.key"));
    keyBox.setConverter(
        shown(row -> row.map(MappingRow::column).orElse(words.get("target.key.auto"))));
    keyBox.valueProperty().bindBidirectional(mapping.keyProperty());
    metricBox.setAccessibleText(words.get("target.metric"));
    metricBox.getItems().setAll(Metric.of(DataType.FLOAT_VECTOR));
    metricBox.setConverter(shown(metric -> words.get("metric." + metric)));
    metricBox.valueProperty().bindBidirectional(mapping.metricProperty());
    where
        .selectedToggleProperty()
        .subscribe(
            chosen -> {
              if (chosen == null) {
                showWhere(mapping.intoNewProperty().get());
              } else if (mapping.intoNewProperty().get() != newButton.isSelected()) {
                choose(newButton.isSelected());
              }
            });
    mapping.intoNewProperty().subscribe(this::showWhere);
    mapping
        .existingProperty()
        .subscribe(info -> info.ifPresent(known -> collectionBox.setValue(known.name())));
    mapping.rows().addListener((ListChangeListener<MappingRow>) change -> showFile());
    showFile();
  }

  private String filled() {
    return mapping.existingProperty().get().map(CollectionInfo::name).orElse("");
  }

  private void choose(boolean fresh) {
    if (fresh) {
      model.fillNew();
    } else {
      mapping.intoNewProperty().set(false);
      Optional.ofNullable(collectionBox.getValue()).ifPresent(model::fill);
    }
  }

  private void showWhere(boolean fresh) {
    where.selectToggle(fresh ? newButton : existingButton);
    nameField.setVisible(fresh);
    nameField.setManaged(fresh);
    newOptions.setVisible(fresh);
    newOptions.setManaged(fresh);
    collectionBox.setVisible(!fresh);
    collectionBox.setManaged(!fresh);
  }

  private void showFile() {
    var keys = new ArrayList<Optional<MappingRow>>();
    keys.add(Optional.empty());
    mapping.keys().forEach(row -> keys.add(Optional.of(row)));
    var chosen = mapping.keyProperty().get();
    keyBox.getItems().setAll(keys);
    keyBox.setValue(chosen);
    metricReason.setText(mapping.metricReason());
    indexCards.getChildren().setAll(mapping.indexChoices().stream().map(this::card).toList());
    showNotice();
  }

  private VBox card(IndexChoice choice) {
    var words = model.messages();
    var button = new RadioButton(words.get(choice.key()));
    button.setToggleGroup(indexGroup);
    button.getStyleClass().add("strong");
    button.setSelected(choice.equals(mapping.indexProperty().get()));
    HBox.setHgrow(button, Priority.ALWAYS);
    button.setMaxWidth(Double.MAX_VALUE);
    var memory = new Label(words.get("index.memory", Figures.bytes(mapping.memory(choice))));
    memory.getStyleClass().add("mono");
    var hint = new Label(words.get(choice.key() + ".hint"));
    hint.getStyleClass().addAll("caption", "radio-hint");
    hint.setWrapText(true);
    var card = new VBox(new HBox(button, memory), hint);
    card.getStyleClass().addAll("card-box", "radio-card");
    button
        .selectedProperty()
        .subscribe(
            selected -> {
              card.getStyleClass().remove("chosen");
              if (selected) {
                card.getStyleClass().add("chosen");
                mapping.indexProperty().set(choice);
              }
            });
    card.setOnMouseClicked(event -> button.setSelected(true));
    return card;
  }

  private void showNotice() {
    notice.getChildren().clear();
    long bad = model.previewProperty().get().map(FilePreview::doubtful).orElse(0L);
    if (bad == 0) {
      return;
    }
    var title = new Label(model.messages().get("notice.rejected", Figures.count(bad)));
    title.getStyleClass().add("strong");
    title.setGraphic(Icons.of("fth-alert-triangle", "icon-warning"));
    var why = new Label(model.messages().get("notice.rejected.why"));
    why.setWrapText(true);
    why.getStyleClass().add("caption");
    var box = new VBox(title, why);
    box.getStyleClass().addAll("notice", "warning");
    notice.getChildren().setAll(List.of(box));
  }

  private static <T> StringConverter<T> shown(java.util.function.Function<T, String> text) {
    return new StringConverter<>() {
      @Override
      public String toString(T value) {
        return value == null ? "" : text.apply(value);
      }

      @Override
      public T fromString(String string) {
        throw new UnsupportedOperationException("the list is not edited");
      }
    };
  }
}
