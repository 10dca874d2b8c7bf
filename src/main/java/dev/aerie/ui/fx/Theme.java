package dev.aerie.ui.fx;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.aerie.service.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// Dresses every scene of the window: AtlantaFX for the controls, `css/light.css` or
/// `css/dark.css` for our variables, `css/aerie.css` for everything else, and one generated sheet
/// with what cannot be said in CSS: the font size in force and the first monospaced font there is.
/// Follows the system's colours where the user has not chosen. Belongs to the FX thread.
public final class Theme {
  private static final List<String> MONO =
      List.of("Cascadia Mono", "SF Mono", "JetBrains Mono", "DejaVu Sans Mono");

  private final Palette palette;
  private final String mono;
  private final List<Scene> scenes = new ArrayList<>();
  private Settings.Theme wanted = Settings.Theme.SYSTEM;
  private int fontPercent = 100;

  public Theme(Palette palette) {
    this.palette = palette;
    var families = Font.getFamilies();
    this.mono = MONO.stream().filter(families::contains).findFirst().orElse("Monospaced");
    Platform.getPreferences().colorSchemeProperty().subscribe(() -> apply());
  }

  /// Dresses a scene, now and whenever the theme changes.
  public void dress(Scene scene) {
    scenes.add(scene);
    apply();
  }

  public void set(Settings.Theme theme, int percent) {
    wanted = theme;
    fontPercent = percent;
    apply();
  }

  /// The style sheets in force, for a scene that lives shortly, such as a dialog's.
  public List<String> styleSheets() {
    var own = "-fx-font-size: %.1fpx;".formatted(13 * fontPercent / 100.0);
    var generated =
        ".root { %s } .mono, .mono .text-field, .code { -fx-font-family: \"%s\"; }"
            .formatted(own, mono);
    return List.of(
        sheet(palette.isDark() ? "dark" : "light"),
        sheet("controlsfx"),
        sheet("aerie"),
        "data:text/css;base64,"
            + Base64.getEncoder().encodeToString(generated.getBytes(StandardCharsets.UTF_8)));
  }

  private void apply() {
    boolean dark =
        switch (wanted) {
          case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
          case LIGHT -> false;
          case DARK -> true;
        };
    palette.darkProperty().set(dark);
    Application.setUserAgentStylesheet(
        dark
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
    scenes.forEach(scene -> scene.getStylesheets().setAll(styleSheets()));
  }

  private static String sheet(String name) {
    return Objects.requireNonNull(Theme.class.getResource("/css/" + name + ".css"), name)
        .toExternalForm();
  }
}
