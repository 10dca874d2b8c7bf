package dev.aerie.ui.search;

import dev.aerie.ui.search.SearchViewModel.Part;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// One part of a search: its name, where in the whole it ran, its milliseconds.
final class PhaseRow extends HBox {
  private static final double WIDTH = 96;
  private static final double HEIGHT = 6;

  PhaseRow(Part part) {
    getStyleClass().add("group");
    setAlignment(Pos.CENTER_LEFT);
    var name = new Label(part.name());
    name.setMinWidth(0);
    name.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(name, Priority.ALWAYS);
    var bar = new Region();
    bar.getStyleClass().add("phase-bar");
    double from = Math.floor(part.from() * WIDTH);
    bar.resizeRelocate(from, 0, Math.max(2, Math.ceil(part.to() * WIDTH) - from), HEIGHT);
    bar.setManaged(false);
    var track = new Pane(bar);
    track.getStyleClass().add("score-track");
    track.setMinSize(WIDTH, HEIGHT);
    track.setPrefSize(WIDTH, HEIGHT);
    track.setMaxSize(WIDTH, HEIGHT);
    var millis = new Label(String.format(Locale.ROOT, "%.1f", part.millis()));
    millis.getStyleClass().addAll("mono");
    millis.setMinWidth(44);
    millis.setAlignment(Pos.CENTER_RIGHT);
    getChildren().setAll(name, track, millis);
    setAccessibleText(part.name() + " " + millis.getText() + " ms");
  }
}
