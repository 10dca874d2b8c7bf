package dev.aerie.boot;

import dev.aerie.engine.Engine;
import dev.aerie.engine.Place;
import dev.aerie.engine.Progress;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Which engine a command works on: a data folder, the standard one if nothing is said, or a
/// server.
final class EngineOptions {
  @ArgGroup private Choice choice = new Choice();

  private static final class Choice {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "data folder of the embedded engine; without it, the standard one")
    private Optional<Path> data = Optional.empty();

    @Option(
        names = "--connect",
        paramLabel = "URI",
        description = "a Milvus server: http[s]://[user:password@]host[:port][/database]")
    private Optional<String> connect = Optional.empty();
  }

  Place place() {
    return choice.connect.<Place>map(ServerUri::parse).orElseGet(() -> new Place.Folder(folder()));
  }

  /// The folder that was named, or the standard one.
  Path folder() {
    return choice.data.orElseGet(() -> DataFolder.standard().resolve("data"));
  }

  /// Opens the engine; the caller closes it.
  Engine open(Parts parts) {
    return parts.open(place(), Progress.NONE);
  }
}
