package dev.aerie.ui.search;

import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Sparkline;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// A hit in two lines: rank, bar and value, name and text, the vector's sketch, the exact rank.
final class HitCell extends ListCell<Hit> {
  private static final double BAR = 44;

  private final Messages words;
  private final Label rank = new Label();
  private final Region bar = new Region();
  private final Label value = new Label();
  private final Label title = new Label();
  private final Label text = new Label();
  private final Chip missed = new Chip();
  private final Sparkline sketch = new Sparkline();
  private final Label exact = new Label();
  private final HBox row;

  HitCell(Messages words) {
    this.words = words;
    rank.getStyleClass().addAll("mono", "muted");
    rank.setMinWidth(28);
    rank.setAlignment(Pos.CENTER_RIGHT);
    var track = new StackPane(bar);
    track.getStyleClass().add("score-track");
    track.setAlignment(Pos.CENTER_LEFT);
    track.setMinWidth(BAR);
    track.setPrefWidth(BAR);
    track.setMaxWidth(BAR);
    bar.getStyleClass().add("score-bar");
    value.getStyleClass().add("mono");
    value.setMinWidth(48);
    title.getStyleClass().add("strong");
    title.setMinWidth(0);
    text.getStyleClass().add("muted");
    text.setMinWidth(0);
    missed.set(words.get("missed"), "", "warning");
    missed.managedProperty().bind(missed.visibleProperty());
    var names = new HBox(title, missed);
    names.getStyleClass().add("group");
    names.setAlignment(Pos.CENTER_LEFT);
    var lines = new VBox(names, text);
    lines.setAlignment(Pos.CENTER_LEFT);
    lines.setMinWidth(0);
    HBox.setHgrow(lines, Priority.ALWAYS);
    exact.getStyleClass().addAll("mono", "muted");
    exact.setMinWidth(48);
    exact.setAlignment(Pos.CENTER_RIGHT);
    row = new HBox(rank, track, value, lines, sketch, exact);
    row.getStyleClass().add("hit-row");
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(Hit item, boolean empty) {
    super.updateItem(item, empty);
    getStyleClass().remove("missed");
    if (empty || item == null) {
      setGraphic(null);
      setAccessibleText(null);
      return;
    }
    rank.setText(SearchController.rank(item));
    double width = Math.round(item.share() * BAR);
    bar.setMinWidth(width);
    bar.setPrefWidth(width);
    bar.setMaxWidth(width);
    value.setText(Figures.value(item.value()));
    title.setText(item.title());
    text.setText(item.text().replace('\n', ' '));
    missed.setVisible(item.missed());
    if (item.missed()) {
      getStyleClass().add("missed");
    }
    sketch.setVisible(item.sketch().isPresent());
    item.sketch().ifPresent(one -> sketch.show(one.buckets()));
    exact.setText(
        item.exactRank().isPresent() ? Integer.toString(item.exactRank().getAsInt()) : "");
    exact.setVisible(item.exactRank().isPresent() || item.missed());
    setGraphic(row);
    setAccessibleText(words.get("hit", rank.getText(), item.title(), value.getText()));
  }
}
