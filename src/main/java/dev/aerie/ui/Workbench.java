package dev.aerie.ui;

import dev.aerie.engine.Connector;
import dev.aerie.service.sample.SampleService;
import dev.aerie.service.settings.SettingsStore;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.home.HomeScreen;
import dev.aerie.ui.schema.SchemaScreen;
import dev.aerie.ui.search.SearchScreen;
import dev.aerie.ui.shell.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import javafx.application.Platform;
import javafx.stage.Stage;

/// Aerie's window: the frame with every screen there is. Made on the FX thread.
public final class Workbench {
  private final Shell shell;

  /// What the window needs.
  ///
  /// @param workers run jobs and calls; may block
  /// @param localFolder the data folder of the embedded engine, opened by one of the connectors
  public record Parts(
      SettingsStore settings,
      List<Connector> connectors,
      ExecutorService workers,
      Path localFolder,
      SampleService samples) {
    public Parts {
      connectors = List.copyOf(connectors);
    }
  }

  public Workbench(Parts parts, Stage stage) {
    this.shell =
        new Shell(
            new Shell.Parts(
                parts.settings(),
                parts.connectors(),
                parts.workers(),
                parts.localFolder(),
                desk -> screens(parts, desk)),
            stage);
  }

  /// Starts the toolkit, shows the window, and waits until it is closed. Called once, from the
  /// thread that started the program.
  public static void run(Parts parts) throws InterruptedException {
    var closed = new CountDownLatch(1);
    Platform.startup(
        () -> {
          var stage = new Stage();
          var workbench = new Workbench(parts, stage);
          stage.setOnHidden(
              _ -> {
                workbench.close();
                closed.countDown();
              });
          workbench.show();
        });
    closed.await();
  }

  /// Shows the window; the local engine opens meanwhile.
  public void show() {
    shell.show();
  }

  /// What the screens share: for tours and tests.
  public Desk desk() {
    return shell.desk();
  }

  public Stage stage() {
    return shell.stage();
  }

  /// Closes tabs and engines.
  public void close() {
    shell.close();
  }

  private static List<ScreenKind> screens(Parts parts, Desk desk) {
    return List.of(
        HomeScreen.kind(desk, parts.samples()),
        SchemaScreen.kind(desk),
        SearchScreen.kind(desk, parts.samples()));
  }
}
