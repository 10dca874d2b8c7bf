package dev.aerie.ui.fx;

import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/// A canvas that fills its room, is sharp on any screen and repaints when size or theme change.
/// Coordinates are the node's own pixels; 1 px lines are crisp on half pixels ([#crisp]).
///
/// Charts are drawn by a [Painter] with the helpers here, so that axes, grid and labels look the
/// same in every view.
public final class ChartCanvas extends Region {
  public static final Font LABEL = Font.font(12);
  public static final Font STRONG = Font.font("System", FontWeight.BOLD, 12);

  private final Canvas canvas = new Canvas();
  private final Palette palette;
  private final Painter painter;

  /// Draws a chart; called on the FX thread with a clean canvas.
  @FunctionalInterface
  public interface Painter {
    void paint(GraphicsContext pen, double width, double height, Palette palette);
  }

  public ChartCanvas(Palette palette, Painter painter) {
    this.palette = palette;
    this.painter = painter;
    getStyleClass().add("chart");
    getChildren().add(canvas);
    palette.darkProperty().subscribe(() -> requestLayout());
    setMinSize(0, 0);
  }

  /// Draws again at the next pulse.
  public void repaint() {
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double width = snapSizeX(getWidth() - snappedLeftInset() - snappedRightInset());
    double height = snapSizeY(getHeight() - snappedTopInset() - snappedBottomInset());
    if (width < 1 || height < 1) {
      return;
    }
    var scene = getScene();
    var window = scene == null ? null : scene.getWindow();
    double scale = window == null ? 1 : Math.max(1, window.getOutputScaleX());
    canvas.setWidth(Math.ceil(width * scale));
    canvas.setHeight(Math.ceil(height * scale));
    canvas.setScaleX(1 / scale);
    canvas.setScaleY(1 / scale);
    canvas.relocate(
        snappedLeftInset() - (canvas.getWidth() - width) / 2,
        snappedTopInset() - (canvas.getHeight() - height) / 2);
    var pen = canvas.getGraphicsContext2D();
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.setFont(LABEL);
    painter.paint(pen, width, height, palette);
  }

  /// The middle of the pixel a coordinate falls on.
  public static double crisp(double at) {
    return Math.floor(at) + 0.5;
  }

  /// Gridlines and their labels of a horizontal value axis at the left of a plot.
  public static void valueAxis(
      GraphicsContext pen, Axis axis, double left, double right, Palette palette) {
    pen.setLineWidth(1);
    pen.setTextBaseline(VPos.CENTER);
    pen.setTextAlign(TextAlignment.RIGHT);
    for (var tick : axis.ticks()) {
      double y = crisp(axis.position(tick.value()));
      pen.setStroke(palette.line());
      pen.strokeLine(left, y, right, y);
      pen.setFill(palette.muted());
      pen.fillText(tick.label(), left - 8, y);
    }
  }

  /// Labels, and where wanted gridlines, of the axis below a plot.
  public static void baseAxis(
      GraphicsContext pen, Axis axis, double top, double bottom, boolean grid, Palette palette) {
    pen.setLineWidth(1);
    pen.setTextBaseline(VPos.TOP);
    pen.setTextAlign(TextAlignment.CENTER);
    for (var tick : axis.ticks()) {
      double x = crisp(axis.position(tick.value()));
      if (grid) {
        pen.setStroke(palette.line());
        pen.strokeLine(x, top, x, bottom);
      }
      pen.setFill(palette.muted());
      pen.fillText(tick.label(), x, bottom + 6);
    }
  }

  /// Text with a rim of the page's colour, readable above points and lines.
  public static void haloText(
      GraphicsContext pen, String text, double x, double y, Color colour, Palette palette) {
    pen.setLineWidth(4);
    pen.setStroke(palette.background());
    pen.strokeText(text, x, y);
    pen.setFill(colour);
    pen.fillText(text, x, y);
  }

  /// How wide a text is.
  public static double width(String text, Font font) {
    var measure = new Text(text);
    measure.setFont(font);
    return Math.ceil(measure.getLayoutBounds().getWidth());
  }
}
