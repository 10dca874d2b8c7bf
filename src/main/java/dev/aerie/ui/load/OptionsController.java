package dev.aerie.ui.load;

import javafx.fxml.FXML;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;

/// Binds the options of a load.
public final class OptionsController {
  private final LoadViewModel model;
  @FXML private ToggleGroup mode;
  @FXML private ToggleButton insertButton;
  @FXML private ToggleButton upsertButton;
  @FXML private ToggleGroup bad;
  @FXML private ToggleButton rejectButton;
  @FXML private ToggleButton stopButton;
  @FXML private CheckBox rejectedBox;
  @FXML private CheckBox keysBox;
  @FXML private Label folderLabel;
  @FXML private TextField batchField;
  @FXML private Label batchMistake;

  OptionsController(LoadViewModel model) {
    this.model = model;
  }

  @FXML
  private void initialize() {
    insertButton.setSelected(!model.upsertProperty().get());
    upsertButton.setSelected(model.upsertProperty().get());
    upsertButton.setDisable(!model.canUpsert());
    mode.selectedToggleProperty()
        .subscribe(chosen -> keep(mode, upsertButton, model.upsertProperty()::set));
    rejectButton.setSelected(!model.stopOnBadRowProperty().get());
    stopButton.setSelected(model.stopOnBadRowProperty().get());
    bad.selectedToggleProperty()
        .subscribe(chosen -> keep(bad, stopButton, model.stopOnBadRowProperty()::set));
    rejectedBox.selectedProperty().bindBidirectional(model.keepRejectedProperty());
    rejectedBox.disableProperty().bind(model.stopOnBadRowProperty());
    keysBox.selectedProperty().bindBidirectional(model.keepKeysProperty());
    folderLabel.setText(model.messages().get("options.folder", model.folder().toString()));
    batchField.setText(Integer.toString(model.batchRowsProperty().get()));
    batchField.setAccessibleText(model.messages().get("options.batch"));
    batchField.textProperty().subscribe(this::readBatch);
    batchMistake.managedProperty().bind(batchMistake.textProperty().isNotEmpty());
  }

  /// One of two stays chosen, also where the chosen one is clicked again.
  private static void keep(
      ToggleGroup group, ToggleButton second, java.util.function.Consumer<Boolean> chosen) {
    if (group.getSelectedToggle() == null) {
      group.selectToggle(group.getToggles().getFirst());
    } else {
      chosen.accept(second.isSelected());
    }
  }

  private void readBatch(String text) {
    try {
      int rows = Integer.parseInt(text.strip().replace(",", ""));
      if (rows >= 1 && rows <= 100_000) {
        model.batchRowsProperty().set(rows);
        batchMistake.setText("");
        return;
      }
    } catch (NumberFormatException e) {
      // Told below, with the text.
    }
    batchMistake.setText(model.messages().get("options.batch.wrong", text));
  }
}
