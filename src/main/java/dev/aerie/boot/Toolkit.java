package dev.aerie.boot;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;

/// Starts JavaFX and waits for its end. Without an `Application` class nothing has to be handed
/// over in
/// statics.
final class Toolkit {
  private Toolkit() {}

  /// Whether a window can be shown: always but on a Linux without a display.
  static boolean hasDisplay() {
    var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return !system.contains("linux")
        || System.getenv("DISPLAY") != null
        || System.getenv("WAYLAND_DISPLAY") != null;
  }

  /// Uses the platform that needs no display; before [#start].
  static void useHeadless() {
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
  }

  /// Starts the toolkit and runs `ready` on its thread.
  ///
  /// @throws EngineException `UNAVAILABLE` if it does not start, with its own words
  static void start(Runnable ready) {
    System.setProperty("java.awt.headless", "true");
    try {
      Platform.startup(ready);
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      throw new EngineException(
          ErrorCode.UNAVAILABLE,
          "the window cannot be opened: %s; on Linux it needs a display and GTK 3 (libgtk-3-0)"
              .formatted(e.getMessage()),
          e);
    }
  }

  /// Waits until `closed` and stops the toolkit.
  static void awaitEnd(CountDownLatch closed) {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Platform.exit();
  }
}
