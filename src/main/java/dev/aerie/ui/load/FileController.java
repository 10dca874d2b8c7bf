package dev.aerie.ui.load;

import dev.aerie.ui.fx.EmptyState;
import javafx.fxml.FXML;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;

/// Takes a file, dropped or chosen.
public final class FileController {
  private final LoadViewModel model;
  @FXML private StackPane area;
  @FXML private EmptyState empty;

  FileController(LoadViewModel model) {
    this.model = model;
  }

  @FXML
  private void initialize() {
    empty.with(model.messages().get("file.button"), model::chooseFile, "accent");
    area.addEventHandler(
        DragEvent.DRAG_OVER,
        event -> {
          if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
          }
        });
    area.addEventHandler(
        DragEvent.DRAG_DROPPED,
        event -> {
          if (event.getDragboard().hasFiles()) {
            model.open(event.getDragboard().getFiles().getFirst().toPath());
            event.setDropCompleted(true);
            event.consume();
          }
        });
  }
}
