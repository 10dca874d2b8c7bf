package dev.aerie.ui.health;

import java.util.ArrayList;
import java.util.List;

/// Divides a rectangle into parts of given areas that are as square as can be: Bruls, Huizing and
/// van Wijk, "Squarified treemaps" (2000).
final class Rectangles {
  private Rectangles() {}

  /// A part of the plane, in pixels.
  record Box(double x, double y, double width, double height) {
    Box inset(double top, double side) {
      return new Box(
          x + side, y + top, Math.max(0, width - 2 * side), Math.max(0, height - top - side));
    }

    boolean contains(double px, double py) {
      return px >= x && px < x + width && py >= y && py < y + height;
    }
  }

  /// @param weights above 0, by falling size
  /// @return one box for each weight, in the same order
  static List<Box> divide(List<Double> weights, Box whole) {
    var boxes = new ArrayList<Box>();
    double total = weights.stream().mapToDouble(Double::doubleValue).sum();
    double scale = total <= 0 ? 0 : whole.width * whole.height / total;
    var rest = whole;
    int from = 0;
    while (from < weights.size()) {
      double side = Math.min(rest.width, rest.height);
      double sum = weights.get(from) * scale;
      double largest = sum;
      int to = from + 1;
      double worst = worst(largest, sum, sum, side);
      while (to < weights.size()) {
        double next = weights.get(to) * scale;
        double now = worst(largest, next, sum + next, side);
        if (now > worst) {
          break;
        }
        worst = now;
        sum += next;
        to++;
      }
      rest = lay(weights.subList(from, to), scale, sum, rest, boxes);
      from = to;
    }
    return boxes;
  }

  /// The worst ratio of sides in a row of areas between `least` and `largest`.
  private static double worst(double largest, double least, double sum, double side) {
    if (sum <= 0 || side <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    double square = sum * sum;
    double other = side * side;
    return Math.max(other * largest / square, square / (other * least));
  }

  /// Lays a row along the shorter side and tells what is left.
  private static Box lay(
      List<Double> weights, double scale, double sum, Box rest, List<Box> boxes) {
    boolean upright = rest.width >= rest.height;
    double side = upright ? rest.height : rest.width;
    double depth = side <= 0 ? 0 : sum / side;
    double at = upright ? rest.y : rest.x;
    for (double weight : weights) {
      double length = depth <= 0 ? 0 : weight * scale / depth;
      boxes.add(upright ? new Box(rest.x, at, depth, length) : new Box(at, rest.y, length, depth));
      at += length;
    }
    return upright
        ? new Box(rest.x + depth, rest.y, Math.max(0, rest.width - depth), rest.height)
        : new Box(rest.x, rest.y + depth, rest.width, Math.max(0, rest.height - depth));
  }
}
