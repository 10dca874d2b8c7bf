package dev.aerie.ui.fx;

import javafx.scene.layout.Region;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;

/// The sketch of a vector as small bars on a middle axis: one path, so that a table of them scrolls
/// freely. 72 × 16 unless it is given another size.
public final class Sparkline extends Region {
  private final Path path = new Path();
  private float[] buckets = {};

  public Sparkline() {
    this(72, 16);
  }

  public Sparkline(double width, double height) {
    getStyleClass().add("sparkline");
    path.getStyleClass().add("sparkline-bars");
    path.setStroke(null);
    path.setManaged(false);
    setMinSize(width, height);
    setPrefSize(width, height);
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    getChildren().add(path);
  }

  /// @param means in [-1, 1], as [VectorSketch] has them; read only
  public void show(float[] means) {
    buckets = means;
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    path.getElements().clear();
    if (buckets.length == 0) {
      return;
    }
    double step = getWidth() / buckets.length;
    double middle = Math.floor(getHeight() / 2);
    double bar = Math.max(1, Math.floor(step) - 1);
    for (int i = 0; i < buckets.length; i++) {
      double x = Math.floor(i * step);
      double size = Math.max(1, Math.round(Math.abs(buckets[i]) * (middle - 1)));
      double top = buckets[i] >= 0 ? middle - size : middle;
      path.getElements()
          .addAll(
              new MoveTo(x, top),
              new LineTo(x + bar, top),
              new LineTo(x + bar, top + size),
              new LineTo(x, top + size),
              new ClosePath());
    }
  }
}
