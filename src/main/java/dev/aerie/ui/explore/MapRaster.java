package dev.aerie.ui.explore;

import java.util.Arrays;
import java.util.BitSet;

/// Draws points as soft discs over a haze of their density. Pure: the same scene gives the same
/// pixels. Safe for use by several threads.
final class MapRaster {
  private static final int BIN = 4;
  private static final int MANY = 200_000;
  private static final int SELECTED_RIM = 1;

  private MapRaster() {}

  /// What to draw.
  ///
  /// @param xs and `ys` of the points, on the map
  /// @param groups of each point, an index into the colours
  /// @param colours `0xRRGGBB` of each group
  /// @param shown whether a group is drawn at all
  /// @param selected empty for no selection; else the others are dimmed
  /// @param background `0xRRGGBB`
  /// @param haze `0xRRGGBB` from thin to dense
  /// @param density device pixels per pixel of the sight
  record Scene(
      float[] xs,
      float[] ys,
      byte[] groups,
      int[] colours,
      boolean[] shown,
      BitSet selected,
      int background,
      int[] haze,
      Sight sight,
      double fitScale,
      double density) {}

  /// @return pixels `0xFFRRGGBB`, row-major, `ceil(width × density)` in a row
  static int[] draw(Scene scene) {
    int width = width(scene);
    int height = height(scene);
    var pixels = new int[width * height];
    Arrays.fill(pixels, 0xFF000000 | scene.background);
    double near = Math.log(scene.sight.scale() / scene.fitScale) / Math.log(2);
    double haze = Math.clamp(1.2 - near / 2, 0, 1);
    if (haze > 0 && scene.xs.length > 2_000) {
      haze(scene, haze, pixels, width, height);
    }
    double radius =
        scene.density * Math.clamp(1.4 + 0.4 * near, 1.2, 3.2)
            * (scene.xs.length > MANY && near < 1 ? 0.6 : 1);
    double opacity = Math.clamp(0.85 - scene.xs.length / 400_000.0, 0.55, 0.85);
    boolean any = !scene.selected.isEmpty();
    var disc = Disc.of(radius);
    for (int i = 0; i < scene.xs.length; i++) {
      int group = scene.groups[i];
      if (scene.shown[group] && !(any && scene.selected.get(i))) {
        disc.blend(
            pixels,
            width,
            height,
            scene.sight.screenX(scene.xs[i]) * scene.density,
            scene.sight.screenY(scene.ys[i]) * scene.density,
            scene.colours[group],
            any ? opacity * 0.3 : opacity);
      }
    }
    if (any) {
      selected(scene, radius, pixels, width, height);
    }
    return pixels;
  }

  static int width(Scene scene) {
    return Math.max(1, (int) Math.ceil(scene.sight.width() * scene.density));
  }

  static int height(Scene scene) {
    return Math.max(1, (int) Math.ceil(scene.sight.height() * scene.density));
  }

  /// Selected points larger and with a rim in the page's colour.
  private static void selected(Scene scene, double radius, int[] pixels, int width, int height) {
    var rim = Disc.of(radius + (1 + SELECTED_RIM) * scene.density);
    var core = Disc.of(radius + scene.density);
    for (int i = scene.selected.nextSetBit(0); i >= 0; i = scene.selected.nextSetBit(i + 1)) {
      int group = scene.groups[i];
      if (scene.shown[group]) {
        double x = scene.sight.screenX(scene.xs[i]) * scene.density;
        double y = scene.sight.screenY(scene.ys[i]) * scene.density;
        rim.blend(pixels, width, height, x, y, scene.background, 0.9);
        core.blend(pixels, width, height, x, y, scene.colours[group], 1);
      }
    }
  }

  /// Counts in bins, blurred, through the colour scale.
  private static void haze(Scene scene, double strength, int[] pixels, int width, int height) {
    int across = width / BIN + 1;
    int up = height / BIN + 1;
    var counts = new float[across * up];
    for (int i = 0; i < scene.xs.length; i++) {
      if (scene.shown[scene.groups[i]]) {
        int x = (int) (scene.sight.screenX(scene.xs[i]) * scene.density / BIN);
        int y = (int) (scene.sight.screenY(scene.ys[i]) * scene.density / BIN);
        if (x >= 0 && x < across && y >= 0 && y < up) {
          counts[y * across + x]++;
        }
      }
    }
    for (int round = 0; round < 3; round++) {
      counts = blur(blur(counts, across, up, 1, across), up, across, across, 1);
    }
    float most = 0;
    for (float count : counts) {
      most = Math.max(most, count);
    }
    if (most <= 0) {
      return;
    }
    double scale = 1 / Math.log1p(most);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double level = Math.log1p(between(counts, across, up, x, y)) * scale;
        if (level > 0.02) {
          int at = y * width + x;
          pixels[at] = mix(pixels[at], colour(scene.haze, level), 0.5 * strength * level);
        }
      }
    }
  }

  /// A box blur of five along one direction; three rounds are nearly a Gaussian.
  private static float[] blur(float[] from, int length, int lines, int step, int lineStep) {
    var to = new float[from.length];
    for (int line = 0; line < lines; line++) {
      float sum = 0;
      for (int i = -2; i < length; i++) {
        int entering = i + 2;
        if (entering < length) {
          sum += from[line * lineStep + entering * step];
        }
        int leaving = i - 3;
        if (leaving >= 0) {
          sum -= from[line * lineStep + leaving * step];
        }
        if (i >= 0) {
          to[line * lineStep + i * step] = Math.max(0, sum / 5);
        }
      }
    }
    return to;
  }

  private static double between(float[] counts, int across, int up, int x, int y) {
    double atX = Math.max(0, (x - BIN / 2.0) / BIN);
    double atY = Math.max(0, (y - BIN / 2.0) / BIN);
    int left = Math.min((int) atX, across - 1);
    int top = Math.min((int) atY, up - 1);
    int right = Math.min(left + 1, across - 1);
    int bottom = Math.min(top + 1, up - 1);
    double shareX = atX - left;
    double shareY = atY - top;
    double above =
        counts[top * across + left] * (1 - shareX) + counts[top * across + right] * shareX;
    double below =
        counts[bottom * across + left] * (1 - shareX) + counts[bottom * across + right] * shareX;
    return above * (1 - shareY) + below * shareY;
  }

  private static int colour(int[] stops, double level) {
    double at = Math.clamp(level, 0, 1) * (stops.length - 1);
    int low = Math.min((int) at, stops.length - 2);
    return mix(stops[low], stops[low + 1], at - low);
  }

  private static int mix(int under, int over, double share) {
    int weight = (int) (share * 256);
    int rest = 256 - weight;
    int red = ((under >> 16 & 255) * rest + (over >> 16 & 255) * weight) >> 8;
    int green = ((under >> 8 & 255) * rest + (over >> 8 & 255) * weight) >> 8;
    int blue = ((under & 255) * rest + (over & 255) * weight) >> 8;
    return 0xFF000000 | red << 16 | green << 8 | blue;
  }

  /// How much of each pixel around its middle a disc covers.
  private record Disc(int reach, float[] cover) {
    static Disc of(double radius) {
      int reach = (int) Math.ceil(radius);
      int side = 2 * reach + 1;
      var cover = new float[side * side];
      for (int y = -reach; y <= reach; y++) {
        for (int x = -reach; x <= reach; x++) {
          cover[(y + reach) * side + x + reach] =
              (float) Math.clamp(radius + 0.5 - Math.hypot(x, y), 0, 1);
        }
      }
      return new Disc(reach, cover);
    }

    void blend(
        int[] pixels, int width, int height, double x, double y, int colour, double opacity) {
      int middleX = (int) Math.floor(x);
      int middleY = (int) Math.floor(y);
      if (middleX < -reach || middleY < -reach || middleX >= width + reach
          || middleY >= height + reach) {
        return;
      }
      int side = 2 * reach + 1;
      for (int dy = -reach; dy <= reach; dy++) {
        int atY = middleY + dy;
        if (atY < 0 || atY >= height) {
          continue;
        }
        for (int dx = -reach; dx <= reach; dx++) {
          int atX = middleX + dx;
          float share = cover[(dy + reach) * side + dx + reach];
          if (share > 0 && atX >= 0 && atX < width) {
            int at = atY * width + atX;
            pixels[at] = mix(pixels[at], colour, share * opacity);
          }
        }
      }
    }
  }
}
