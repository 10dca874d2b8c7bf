package dev.aerie.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Sends every log to rotated files under the data folder, so that the console shows nothing but
/// what a
/// command prints. Logs carry no vectors, filter literals or secrets: whoever logs sees to that.
final class Logging {
  private static final int FILE_BYTES = 4 << 20;
  private static final int FILES = 5;

  private Logging() {}

  /// Warnings to the console, nothing to files: for commands.
  static void quiet() {
    reset(new ConsoleHandler(), Level.SEVERE);
  }

  /// Everything from INFO on to `folder/aerie-0.log`, the newest, up to `aerie-4.log`.
  static void toFiles(Path folder) {
    try {
      Files.createDirectories(folder);
      reset(
          new FileHandler(folder.resolve("aerie-%g.log").toString(), FILE_BYTES, FILES, true),
          Level.INFO);
    } catch (IOException e) {
      quiet();
      Logger.getLogger("dev.aerie").log(Level.SEVERE, "no log file in " + folder, e);
    }
  }

  private static void reset(Handler handler, Level level) {
    LogManager.getLogManager().reset();
    handler.setLevel(level);
    handler.setFormatter(new SimpleFormatter());
    var root = Logger.getLogger("");
    root.setLevel(level);
    root.addHandler(handler);
  }
}
