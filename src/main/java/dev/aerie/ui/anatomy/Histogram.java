package dev.aerie.ui.anatomy;

import dev.aerie.ui.fx.Axis;
import dev.aerie.ui.fx.ChartCanvas;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Palette;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/// Bars from 0 to a last value, with counts at the left.
final class Histogram implements ChartCanvas.Painter {
  private static final double LEFT = 56;
  private static final double BOTTOM = 44;

  private List<Integer> bars = List.of();
  private String base = "";
  private long last;

  void show(SegmentRow row) {
    bars = row.bars();
    base = row.base();
    last = row.last();
  }

  @Override
  public void paint(GraphicsContext pen, double width, double height, Palette palette) {
    int most = bars.stream().mapToInt(Integer::intValue).max().orElse(0);
    if (most == 0 || width < 120 || height < 100) {
      return;
    }
    double bottom = height - BOTTOM;
    double right = width - 16;
    var up = new Axis(0, most * 1.05, bottom, 12, false);
    ChartCanvas.valueAxis(pen, up, LEFT, right, palette);
    double step = (right - LEFT) / bars.size();
    pen.setFill(palette.category(0));
    for (int i = 0; i < bars.size(); i++) {
      double top = Math.round(up.position(bars.get(i)));
      double x = Math.round(LEFT + i * step);
      double wide = Math.max(1, Math.round(LEFT + (i + 1) * step) - x - (step > 4 ? 2 : 0));
      pen.fillRect(x, top, wide, Math.round(bottom) - top);
    }
    pen.setFill(palette.muted());
    pen.setTextBaseline(VPos.TOP);
    pen.setTextAlign(TextAlignment.LEFT);
    pen.fillText("0", LEFT, bottom + 6);
    pen.setTextAlign(TextAlignment.RIGHT);
    pen.fillText(Figures.count(last), right, bottom + 6);
    pen.setTextAlign(TextAlignment.CENTER);
    pen.fillText(base, (LEFT + right) / 2, bottom + 22);
  }
}
