package dev.aerie.ui.explore;

/// Which part of a map is seen: the map's place at the middle of the view, and pixels per unit.
record Sight(double x, double y, double scale, double width, double height) {
  private static final double LEAST = 1e-6;
  private static final double MOST = 1e9;

  Sight {
    if (!(scale >= LEAST && scale <= MOST)) {
      throw new IllegalArgumentException(
          "scale must be in [%s, %s]; got %s".formatted(LEAST, MOST, scale));
    }
  }

  /// Everything, with a margin of 6 %.
  static Sight of(float[] xs, float[] ys, double width, double height) {
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < xs.length; i++) {
      left = Math.min(left, xs[i]);
      right = Math.max(right, xs[i]);
      low = Math.min(low, ys[i]);
      high = Math.max(high, ys[i]);
    }
    if (xs.length == 0) {
      return new Sight(0, 0, 1, width, height);
    }
    double across = Math.max(1e-6, right - left);
    double up = Math.max(1e-6, high - low);
    double scale = Math.clamp(0.88 * Math.min(width / across, height / up), LEAST, MOST);
    return new Sight((left + right) / 2, (low + high) / 2, scale, width, height);
  }

  double screenX(double mapX) {
    return width / 2 + (mapX - x) * scale;
  }

  double screenY(double mapY) {
    return height / 2 - (mapY - y) * scale;
  }

  double mapX(double screenX) {
    return x + (screenX - width / 2) / scale;
  }

  double mapY(double screenY) {
    return y - (screenY - height / 2) / scale;
  }

  /// Nearer or farther, with what lies under a point of the screen staying there.
  Sight zoom(double factor, double screenX, double screenY) {
    double now = Math.clamp(scale * factor, LEAST, MOST);
    double keptX = mapX(screenX);
    double keptY = mapY(screenY);
    return new Sight(
        keptX - (screenX - width / 2) / now,
        keptY + (screenY - height / 2) / now,
        now,
        width,
        height);
  }

  Sight move(double pixelsX, double pixelsY) {
    return new Sight(x - pixelsX / scale, y + pixelsY / scale, scale, width, height);
  }

  Sight resize(double newWidth, double newHeight) {
    return new Sight(x, y, scale, newWidth, newHeight);
  }
}
