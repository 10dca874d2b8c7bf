package dev.aerie.ui.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where values stand on a line of pixels, straight or logarithmic, and which of them are labelled.
///
/// @param low and `high` values at `from` and `to`; `low < high`, and above 0 where logarithmic
/// @param from and `to` in pixels; `from > to` for an axis that grows upwards
public record Axis(double low, double high, double from, double to, boolean logarithmic) {
  public Axis {
    if (!(low < high) || logarithmic && !(low > 0)) {
      throw new IllegalArgumentException(
          "an axis from %s to %s cannot be drawn%s"
              .formatted(low, high, logarithmic ? " on a log scale" : ""));
    }
  }

  /// A labelled value.
  public record Tick(double value, String label) {}

  public double position(double value) {
    double share =
        logarithmic
            ? Math.log(Math.max(value, Double.MIN_NORMAL) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return from + share * (to - from);
  }

  /// The value at a pixel.
  public double value(double position) {
    double share = (position - from) / (to - from);
    return logarithmic ? low * Math.pow(high / low, share) : low + share * (high - low);
  }

  /// Four or five round values; on a log scale 1 and 3 of each decade, or decades where there are
  /// many.
  public List<Tick> ticks() {
    return logarithmic ? decades() : steps();
  }

  private List<Tick> steps() {
    double rough = (high - low) / 5;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double rest = rough / power;
    double step = (rest < 1.5 ? 1 : rest < 3.5 ? 2 : rest < 7.5 ? 5 : 10) * power;
    int digits = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
    var ticks = new ArrayList<Tick>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(new Tick(i * step, String.format(Locale.ROOT, "%,." + digits + "f", i * step)));
    }
    return ticks;
  }

  private List<Tick> decades() {
    var ticks = new ArrayList<Tick>();
    boolean many = Math.log10(high / low) > 4;
    for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (int digit : many ? new int[] {1} : new int[] {1, 3}) {
        double value = digit * Math.pow(10, power);
        if (value >= low * 0.999 && value <= high * 1.001) {
          ticks.add(
              new Tick(
                  value, String.format(Locale.ROOT, "%,." + Math.max(0, -power) + "f", value)));
        }
      }
    }
    return ticks;
  }
}
