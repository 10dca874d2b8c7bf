package dev.aerie.boot;

import dev.aerie.service.settings.Settings;
import dev.aerie.service.settings.SettingsStore;
import dev.aerie.tour.FirstJourney;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import javafx.application.Platform;
import javafx.stage.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `aerie tour`: plays the journeys through the real window on a throw-away data folder.
@Command(
    name = "tour",
    mixinStandardHelpOptions = true,
    description = "Plays the user's journeys through the real window; one picture a step.")
final class TourCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "where the pictures and tour.json go")
  private Path out = Path.of("");

  @Option(names = "--theme", paramLabel = "light|dark", description = "default light")
  private String theme = "light";

  @Option(
      names = "--size",
      paramLabel = "WIDTHxHEIGHT",
      description = "of the window; default 1440x900, without a display 1000x1000 at most")
  private String size = "1440x900";

  @Override
  public Integer call() throws IOException {
    var parts = size.split("x");
    if (parts.length != 2) {
      throw new IllegalArgumentException("--size must be such as 1440x900; got \"" + size + "\"");
    }
    int width = Integer.parseInt(parts[0]);
    int height = Integer.parseInt(parts[1]);
    if (!Toolkit.hasDisplay()) {
      Toolkit.useHeadless();
      width = Math.min(width, 1000);
      height = Math.min(height, 1000);
    }
    var home = Files.createTempDirectory("aerie-tour");
    Logging.toFiles(home.resolve("logs"));
    var wanted = Settings.Theme.valueOf(theme.toUpperCase(Locale.ROOT));
    new SettingsStore(home.resolve("settings.json")).update(settings -> settings.withTheme(wanted));
    try (var shared = new Parts()) {
      Toolkit.start(() -> Platform.setImplicitExit(false));
      var windows = new TourWindows(home, shared, width, height);
      boolean held = new FirstJourney(windows, home).play(out);
      windows.close();
      Platform.exit();
      return held ? 0 : 1;
    } finally {
      delete(home);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var tree = Files.walk(folder)) {
      for (var file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// Opens the window of the tour, and closes and opens it again as a restart does.
  private static final class TourWindows implements FirstJourney.Windows {
    private final Path home;
    private final Parts parts;
    private final int width;
    private final int height;
    private Runnable close = () -> {};

    TourWindows(Path home, Parts parts, int width, int height) {
      this.home = home;
      this.parts = parts;
      this.width = width;
      this.height = height;
    }

    @Override
    public Stage open() {
      return FirstJourney.onToolkit(
          () -> {
            var stage = new Stage();
            var shell = AerieWindow.on(stage, home, parts);
            shell.show();
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(width);
            stage.setHeight(height);
            close =
                () -> {
                  stage.hide();
                  shell.close();
                };
            return stage;
          });
    }

    @Override
    public void close() {
      FirstJourney.onToolkit(
          () -> {
            close.run();
            close = () -> {};
            return true;
          });
    }
  }
}
