package dev.aerie.ui.fx;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// A pane at a side of something, whose inner edge can be dragged.
public final class SidePane extends BorderPane {
  private static final double HANDLE = 5;

  private final double least;
  private final double most;
  private final DoubleProperty wanted;
  private double grabbedAt;
  private double widthThen;

  /// Which edge is dragged.
  public enum Edge {
    LEFT,
    RIGHT
  }

  public SidePane(Edge edge, double width, double least, double most) {
    this.least = least;
    this.most = most;
    this.wanted = new SimpleDoubleProperty(width);
    var handle = new Region();
    handle.getStyleClass().add("side-handle");
    handle.setMinWidth(HANDLE);
    handle.setPrefWidth(HANDLE);
    handle.setCursor(Cursor.H_RESIZE);
    handle.setManaged(false);
    handle.setOnMousePressed(
        event -> {
          grabbedAt = event.getScreenX();
          widthThen = getWidth();
        });
    handle.setOnMouseDragged(
        event -> {
          double moved = event.getScreenX() - grabbedAt;
          setWanted(edge == Edge.RIGHT ? widthThen + moved : widthThen - moved);
        });
    getChildren().add(handle);
    layoutBoundsProperty()
        .subscribe(
            bounds -> {
              handle.resizeRelocate(
                  edge == Edge.RIGHT ? bounds.getWidth() - HANDLE : 0,
                  0,
                  HANDLE,
                  bounds.getHeight());
              handle.toFront();
            });
    minWidthProperty().bind(wanted);
    prefWidthProperty().bind(wanted);
    maxWidthProperty().bind(wanted);
  }

  /// The width the user has chosen.
  public DoubleProperty wantedWidthProperty() {
    return wanted;
  }

  public void setWanted(double width) {
    wanted.set(Math.round(Math.clamp(width, least, most)));
  }

  public boolean hasContent() {
    return getCenter() != null;
  }

  public @Nullable Node getContent() {
    return getCenter();
  }

  public void setContent(@Nullable Node node) {
    setCenter(node);
  }
}
