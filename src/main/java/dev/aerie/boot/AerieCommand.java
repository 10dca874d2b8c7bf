package dev.aerie.boot;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.stage.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/// The command `aerie` itself.
@Command(
    name = "aerie",
    mixinStandardHelpOptions = true,
    versionProvider = AerieCommand.Version.class,
    description = "A workbench for vector databases. Without a command it opens the window.",
    subcommands = {
      TourCommand.class,
      BenchCommand.class,
      BackupCommand.Backup.class,
      BackupCommand.Restore.class,
      BackupCommand.Doctor.class
    })
final class AerieCommand implements Runnable {
  @Option(names = "--debug", description = "with an error, show where it happened")
  private boolean debug;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description =
          "keep data, settings and logs there; without it, where the system means them to be")
  private Optional<Path> home = Optional.empty();

  @Override
  public void run() {
    if (!Toolkit.hasDisplay()) {
      throw new EngineException(
          ErrorCode.UNAVAILABLE,
          "there is no display to open the window on; `aerie tour --out DIR` plays it without one");
    }
    var folder = home.orElseGet(DataFolder::standard);
    Logging.toFiles(folder.resolve("logs"));
    var closed = new CountDownLatch(1);
    try (var parts = new Parts()) {
      Toolkit.start(
          () -> {
            var stage = new Stage();
            var shell = AerieWindow.on(stage, folder, parts);
            stage.setOnHidden(
                _ -> {
                  shell.close();
                  closed.countDown();
                });
            shell.show();
          });
      Toolkit.awaitEnd(closed);
    }
  }

  boolean isDebug() {
    return debug;
  }

  /// The version the jar was built with; "development" when run from the class folder.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"Aerie " + (version == null ? "development" : version)};
    }
  }
}
