package dev.aerie.boot;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where Aerie keeps what is the user's: the engine's data, settings, logs. Nothing is written
/// anywhere
/// else.
final class DataFolder {
  private DataFolder() {}

  /// The folder the system means for it: `$XDG_DATA_HOME/aerie`, `~/Library/Application
  /// Support/Aerie`
  /// or `%APPDATA%\Aerie`; `AERIE_HOME` names another.
  static Path standard(Map<String, String> environment, String system, Path home) {
    var named = environment.get("AERIE_HOME");
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    var name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return home.resolve("Library").resolve("Application Support").resolve("Aerie");
    }
    if (name.startsWith("windows")) {
      var roaming = environment.get("APPDATA");
      return (roaming == null ? home.resolve("AppData").resolve("Roaming") : Path.of(roaming))
          .resolve("Aerie");
    }
    var data = environment.get("XDG_DATA_HOME");
    return (data == null || data.isBlank()
            ? home.resolve(".local").resolve("share")
            : Path.of(data))
        .resolve("aerie");
  }

  static Path standard() {
    return standard(
        System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
  }
}
