package dev.aerie.boot;

import dev.aerie.service.sample.SampleService;
import dev.aerie.service.settings.SettingsStore;
import dev.aerie.ui.data.DataScreen;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.health.HealthScreen;
import dev.aerie.ui.home.HomeScreen;
import dev.aerie.ui.search.SearchScreen;
import dev.aerie.ui.shell.Shell;
import java.nio.file.Path;
import java.util.List;
import javafx.stage.Stage;

/// Puts the window together: which screens there are, and what each is given.
final class AerieWindow {
  private AerieWindow() {}

  /// The window over the data of `home`; not shown yet. On the toolkit's thread.
  static Shell on(Stage stage, Path home, Parts parts) {
    var samples = new SampleService(parts.embedder());
    return new Shell(
        new Shell.Parts(
            new SettingsStore(home.resolve("settings.json")),
            parts.connectors(),
            parts.jobs(),
            home.resolve("data"),
            desk -> screens(desk, samples)),
        stage);
  }

  private static List<ScreenKind> screens(Desk desk, SampleService samples) {
    return List.of(
        HomeScreen.kind(desk, samples),
        DataScreen.kind(desk),
        SearchScreen.kind(desk, samples),
        HealthScreen.kind(desk));
  }
}
