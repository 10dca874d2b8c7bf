package dev.aerie.ui.fx;

import dev.aerie.engine.SparseVector;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.layout.HBox;

/// Columns of tables: text left, numbers right in mono, vectors as a sketch, nulls in italics. A
/// cell resets everything when it is used for another row.
public final class Cells {
  private Cells() {}

  /// Text; empty text shows as “”.
  public static <S> TableColumn<S, Optional<String>> text(
      String title, double width, Function<S, Optional<String>> value) {
    var column = column(title, width, value);
    column.setCellFactory(_ -> new TextCell<>(Pos.CENTER_LEFT));
    return column;
  }

  /// A number, already formatted, at the right and in mono.
  public static <S> TableColumn<S, Optional<String>> number(
      String title, double width, Function<S, Optional<String>> value) {
    var column = column(title, width, value);
    column.getStyleClass().add("number-column");
    column.setCellFactory(_ -> new TextCell<>(Pos.CENTER_RIGHT));
    return column;
  }

  /// A vector as its sketch and its length.
  public static <S> TableColumn<S, Optional<VectorSketch>> vector(
      String title, Function<S, Optional<VectorSketch>> value) {
    var column = column(title, 136, value);
    column.setCellFactory(_ -> new VectorCell<>());
    return column;
  }

  /// A value of a column as text: what [dev.aerie.engine.Column#value] gives, in one line.
  public static Optional<String> shown(Optional<Object> value) {
    return value.map(Cells::shown);
  }

  private static String shown(Object value) {
    return switch (value) {
      case List<?> list -> String.join(", ", list.stream().map(String::valueOf).toList());
      case float[] floats -> "[" + floats.length + "]";
      case byte[] bytes -> "[" + bytes.length + " bytes]";
      case SparseVector sparse -> "[sparse]";
      case Float number -> Figures.value(number);
      case Double number -> Figures.value(number);
      default -> value.toString();
    };
  }

  private static <S, T> TableColumn<S, T> column(String title, double width, Function<S, T> value) {
    var column = new TableColumn<S, T>(title);
    column.setPrefWidth(width);
    column.setCellValueFactory(
        features -> new ReadOnlyObjectWrapper<>(value.apply(features.getValue())));
    return column;
  }

  private static final class TextCell<S> extends TableCell<S, Optional<String>> {
    TextCell(Pos alignment) {
      setAlignment(alignment);
      if (alignment == Pos.CENTER_RIGHT) {
        getStyleClass().add("mono");
      }
    }

    @Override
    protected void updateItem(Optional<String> item, boolean empty) {
      super.updateItem(item, empty);
      getStyleClass().remove("null");
      if (empty || item == null) {
        setText(null);
      } else if (item.isEmpty()) {
        setText("null");
        getStyleClass().add("null");
      } else {
        setText(item.get().isEmpty() ? "“”" : item.get().replace('\n', ' '));
      }
    }
  }

  private static final class VectorCell<S> extends TableCell<S, Optional<VectorSketch>> {
    private final Sparkline line = new Sparkline();
    private final Label norm = new Label();
    private final HBox box = new HBox(line, norm);

    VectorCell() {
      box.getStyleClass().add("group");
      box.setAlignment(Pos.CENTER_LEFT);
      norm.getStyleClass().addAll("mono", "muted");
    }

    @Override
    protected void updateItem(Optional<VectorSketch> item, boolean empty) {
      super.updateItem(item, empty);
      getStyleClass().remove("null");
      setGraphic(null);
      setText(null);
      if (empty || item == null) {
        return;
      }
      if (item.isEmpty()) {
        setText("null");
        getStyleClass().add("null");
        return;
      }
      line.show(item.get().buckets());
      norm.setText(String.format(Locale.ROOT, "%.2f", item.get().norm()));
      setGraphic(box);
      setAccessibleText("vector, length " + norm.getText());
    }
  }
}
