package dev.aerie.ui.health;

import dev.aerie.ui.fx.ChartCanvas;
import dev.aerie.ui.fx.Palette;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/// A line without axes over the readings so far; gaps where nothing was measured.
record Trend(List<Double> values, String tone) implements ChartCanvas.Painter {
  @Override
  public void paint(GraphicsContext pen, double width, double height, Palette palette) {
    var known = values.stream().filter(value -> !value.isNaN()).toList();
    if (known.size() < 2) {
      return;
    }
    double low = known.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double high = known.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    Color colour =
        switch (tone) {
          case "danger" -> palette.danger();
          case "warning" -> palette.warning();
          default -> palette.category(0);
        };
    var xs = new double[known.size() + 2];
    var ys = new double[known.size() + 2];
    for (int i = 0; i < known.size(); i++) {
      xs[i] = i * (width - 2) / (known.size() - 1) + 1;
      double share = high == low ? 0.5 : (known.get(i) - low) / (high - low);
      ys[i] = height - 3 - share * (height - 6);
    }
    int count = known.size();
    xs[count] = xs[count - 1];
    ys[count] = height;
    xs[count + 1] = xs[0];
    ys[count + 1] = height;
    pen.setFill(colour.deriveColor(0, 1, 1, 0.12));
    pen.fillPolygon(xs, ys, count + 2);
    pen.setStroke(colour);
    pen.setLineWidth(1.5);
    pen.strokePolyline(xs, ys, count);
  }
}
