package dev.aerie.ui.fx;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.paint.Color;

/// The colours of what is drawn by hand, for the theme in force. Charts repaint when
/// [#darkProperty] changes. The numbers agree with `css/light.css` and `css/dark.css`.
public final class Palette {
  private static final List<Color> CATEGORIES =
      colours(
          "#3E8BFE", "#A2A01A", "#048A6A", "#A13CA4", "#27BADB", "#F72B80", "#6944E8", "#E89590",
          "#746603", "#8385AE");
  private static final List<Color> LIGHT_SCALE =
      colours("#E7F1FC", "#BBD9F7", "#86BBEF", "#4E99E3", "#1F75CB", "#11549B", "#0A3568");
  private static final List<Color> DARK_SCALE =
      colours("#12243D", "#123E70", "#145CA8", "#2A7CD8", "#5AA0EE", "#93C4F7", "#D3E7FD");

  private final BooleanProperty dark = new SimpleBooleanProperty();

  public BooleanProperty darkProperty() {
    return dark;
  }

  public boolean isDark() {
    return dark.get();
  }

  public Color background() {
    return pick("#FFFFFF", "#0D1117");
  }

  public Color text() {
    return pick("#24292F", "#C9D1D9");
  }

  public Color muted() {
    return pick("#57606A", "#8B949E");
  }

  /// Grid lines.
  public Color line() {
    return pick("#D8DEE4", "#21262D");
  }

  public Color accent() {
    return pick("#0969DA", "#1F6FEB");
  }

  public Color success() {
    return pick("#1A7F37", "#3FB950");
  }

  public Color warning() {
    return pick("#BF8700", "#D29922");
  }

  public Color danger() {
    return pick("#CF222E", "#F85149");
  }

  /// The colour of the n-th group, the same in both themes; groups beyond the tenth are [#other].
  public Color category(int group) {
    return group >= 0 && group < CATEGORIES.size() ? CATEGORIES.get(group) : other();
  }

  public int categories() {
    return CATEGORIES.size();
  }

  public Color other() {
    return Color.web("#6E7781");
  }

  /// A value between 0 (low) and 1 (high) on the sequential scale.
  public Color scale(double share) {
    var stops = isDark() ? DARK_SCALE : LIGHT_SCALE;
    double at = Math.clamp(share, 0, 1) * (stops.size() - 1);
    int low = Math.min((int) at, stops.size() - 2);
    return stops.get(low).interpolate(stops.get(low + 1), at - low);
  }

  private Color pick(String light, String darkOne) {
    return Color.web(isDark() ? darkOne : light);
  }

  private static List<Color> colours(String... all) {
    return List.of(all).stream().map(Color::web).toList();
  }
}
