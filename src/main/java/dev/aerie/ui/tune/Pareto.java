package dev.aerie.ui.tune;

import dev.aerie.service.tune.Goal;
import dev.aerie.ui.fx.Axis;
import dev.aerie.ui.fx.ChartCanvas;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Palette;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// Draws recall against latency: the goal's region, the best for each speed as steps, every trial
/// with its confidence, and what is recommended.
final class Pareto implements ChartCanvas.Painter {
  private static final double LEFT = 56;
  private static final double BOTTOM = 44;
  private static final double REACH = 10;

  private final Messages messages;
  private List<Setup> setups = List.of();
  private Optional<Goal> goal = Optional.empty();
  private Optional<Setup> selected = Optional.empty();
  private List<Placed> placed = List.of();

  private record Placed(Setup setup, double x, double y) {}

  Pareto(Messages messages) {
    this.messages = messages;
  }

  void show(List<Setup> now, Optional<Goal> wanted, Optional<Setup> chosen) {
    setups = List.copyOf(now);
    goal = wanted;
    selected = chosen;
  }

  /// The trial under a point.
  Optional<Setup> at(double x, double y) {
    return placed.stream()
        .filter(one -> Math.hypot(one.x - x, one.y - y) <= REACH)
        .min(Comparator.comparingDouble(one -> Math.hypot(one.x - x, one.y - y)))
        .map(Placed::setup);
  }

  /// Those no other one beats in recall at the same or less latency, by rising latency.
  static List<Setup> frontier(List<Setup> all) {
    var best = new ArrayList<Setup>();
    double reached = -1;
    for (var setup :
        all.stream()
            .sorted(
                Comparator.comparingDouble(Setup::p95)
                    .thenComparing(Comparator.comparingDouble(Setup::recall).reversed()))
            .toList()) {
      if (setup.recall() > reached) {
        best.add(setup);
        reached = setup.recall();
      }
    }
    return best;
  }

  @Override
  public void paint(GraphicsContext pen, double width, double height, Palette palette) {
    placed = List.of();
    if (setups.isEmpty() || width < 160 || height < 120) {
      return;
    }
    double right = width - 16;
    double bottom = height - BOTTOM;
    var across = latencies(right);
    var up = recalls(bottom);
    goal.ifPresent(wanted -> region(pen, wanted, across, up, right, palette));
    ChartCanvas.valueAxis(pen, up, LEFT, right, palette);
    ChartCanvas.baseAxis(pen, across, 8, bottom, true, palette);
    titles(pen, right, bottom, height, palette);
    var best = frontier(setups);
    steps(pen, best, across, up, palette);
    var marks = new ArrayList<Placed>();
    for (var setup : setups) {
      double x = across.position(setup.p95());
      double y = up.position(setup.recall());
      marks.add(new Placed(setup, x, y));
      mark(pen, setup, x, y, best.contains(setup), up, palette);
    }
    placed = marks;
    for (var one : marks) {
      if (one.setup.recommended()) {
        ring(pen, one, palette.text(), 9);
        callout(pen, one, width, palette);
      } else if (selected.filter(one.setup::equals).isPresent()) {
        ring(pen, one, palette.accent(), 9);
      }
    }
  }

  private Axis latencies(double right) {
    double low = setups.stream().mapToDouble(Setup::p95).min().orElse(1);
    double high = setups.stream().mapToDouble(Setup::p95).max().orElse(10);
    double wanted = goal.flatMap(Pareto::limit).orElse(high);
    high = Math.max(high, Math.min(wanted, high * 10));
    low = Math.min(low, wanted);
    return new Axis(low / 1.5, Math.max(high * 1.5, low * 4), LEFT, right, true);
  }

  private static Optional<Double> limit(Goal goal) {
    return goal.p95Millis().isPresent()
        ? Optional.of(goal.p95Millis().getAsDouble())
        : Optional.empty();
  }

  private Axis recalls(double bottom) {
    double least = setups.stream().mapToDouble(Setup::recall).min().orElse(0);
    double wanted = goal.map(Goal::recall).orElse(1.0);
    // A floor that leaves the region in sight; far below it nothing is worth telling apart.
    double floor = Math.clamp(Math.floor(Math.min(least, wanted - 0.02) * 20) / 20, 0, 0.95);
    return new Axis(Math.max(floor, wanted - 0.5), 1.0, bottom, 20, false);
  }

  private void region(
      GraphicsContext pen, Goal wanted, Axis across, Axis up, double right, Palette palette) {
    double edge = limit(wanted).map(most -> Math.min(right, across.position(most))).orElse(right);
    double top = up.position(1);
    double base = up.position(Math.max(wanted.recall(), up.low()));
    pen.setFill(palette.success().deriveColor(0, 1, 1, 0.09));
    pen.fillRect(LEFT, top, edge - LEFT, base - top);
    pen.setStroke(palette.success());
    pen.setLineWidth(1);
    pen.setLineDashes(4, 3);
    pen.strokeLine(LEFT, ChartCanvas.crisp(base), edge, ChartCanvas.crisp(base));
    if (edge < right) {
      pen.strokeLine(ChartCanvas.crisp(edge), top, ChartCanvas.crisp(edge), base);
    }
    pen.setLineDashes();
    pen.setFill(palette.success());
    pen.setFont(ChartCanvas.STRONG);
    pen.setTextAlign(TextAlignment.RIGHT);
    pen.setTextBaseline(VPos.TOP);
    if (base - top > 24) {
      pen.fillText(messages.get("chart.region"), edge - 8, top + 6);
    }
    pen.setFont(ChartCanvas.LABEL);
  }

  private void titles(
      GraphicsContext pen, double right, double bottom, double height, Palette palette) {
    pen.setFill(palette.muted());
    pen.setFont(ChartCanvas.LABEL);
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.BOTTOM);
    pen.fillText(messages.get("chart.latency"), (LEFT + right) / 2, height - 2);
    pen.save();
    pen.translate(12, bottom / 2 + 10);
    pen.rotate(-90);
    pen.setTextBaseline(VPos.CENTER);
    pen.fillText(
        messages.get("chart.recall", goal.map(wanted -> Integer.toString(wanted.k())).orElse("k")),
        0,
        0);
    pen.restore();
  }

  private static void steps(
      GraphicsContext pen, List<Setup> best, Axis across, Axis up, Palette palette) {
    pen.setStroke(palette.muted());
    pen.setLineWidth(1.5);
    for (int i = 1; i < best.size(); i++) {
      double x = across.position(best.get(i).p95());
      double before = up.position(best.get(i - 1).recall());
      pen.strokeLine(across.position(best.get(i - 1).p95()), before, x, before);
      pen.strokeLine(x, before, x, up.position(best.get(i).recall()));
    }
  }

  private static void mark(
      GraphicsContext pen,
      Setup setup,
      double x,
      double y,
      boolean best,
      Axis up,
      Palette palette) {
    double opacity = best || setup.recommended() ? 1 : 0.45;
    var colour = palette.category(setup.series()).deriveColor(0, 1, 1, opacity);
    pen.setStroke(colour);
    pen.setLineWidth(1);
    double above = up.position(Math.min(1, setup.recall() + setup.margin()));
    double below = up.position(Math.max(up.low(), setup.recall() - setup.margin()));
    pen.strokeLine(ChartCanvas.crisp(x), above, ChartCanvas.crisp(x), below);
    shape(pen, setup.kind(), x, y, 4, colour);
  }

  /// Circle, square, triangle, diamond: one for each index type, in turn.
  static void shape(
      GraphicsContext pen, int kind, double x, double y, double radius, Color colour) {
    pen.setFill(colour);
    switch (kind % 4) {
      case 0 -> pen.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
      case 1 -> pen.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
      case 2 ->
          pen.fillPolygon(
              new double[] {x - radius - 0.5, x, x + radius + 0.5},
              new double[] {y + radius, y - radius - 0.5, y + radius},
              3);
      default ->
          pen.fillPolygon(
              new double[] {x - radius - 1, x, x + radius + 1, x},
              new double[] {y, y - radius - 1, y, y + radius + 1},
              4);
    }
  }

  private static void ring(GraphicsContext pen, Placed one, Color colour, double radius) {
    pen.setStroke(colour);
    pen.setLineWidth(2);
    pen.strokeOval(one.x - radius, one.y - radius, 2 * radius, 2 * radius);
  }

  private void callout(GraphicsContext pen, Placed one, double width, Palette palette) {
    var first = messages.get("chart.pick");
    var second =
        String.format(
            Locale.ROOT,
            "%.3f ± %.3f, %.2f ms",
            one.setup.recall(),
            one.setup.margin(),
            one.setup.p95());
    double boxWidth =
        Math.max(
                ChartCanvas.width(first, ChartCanvas.STRONG),
                ChartCanvas.width(second, ChartCanvas.LABEL))
            + 20;
    boolean leftwards = one.x + 40 + boxWidth > width;
    double x = ChartCanvas.crisp(leftwards ? one.x - 40 - boxWidth : one.x + 40);
    double y = ChartCanvas.crisp(one.y + 28);
    pen.setStroke(palette.text());
    pen.setLineWidth(1);
    pen.strokeLine(one.x + (leftwards ? -7 : 7), one.y + 7, leftwards ? x + boxWidth : x, y + 12);
    pen.setFill(palette.background());
    pen.fillRoundRect(x, y, boxWidth, 42, 6, 6);
    pen.strokeRoundRect(x, y, boxWidth, 42, 6, 6);
    pen.setTextAlign(TextAlignment.LEFT);
    pen.setTextBaseline(VPos.TOP);
    pen.setFill(palette.text());
    pen.setFont(ChartCanvas.STRONG);
    pen.fillText(first, x + 10, y + 6);
    pen.setFont(ChartCanvas.LABEL);
    pen.fillText(second, x + 10, y + 22);
  }
}
