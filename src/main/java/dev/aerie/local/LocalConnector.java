package dev.aerie.local;

import dev.aerie.engine.Connector;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Place;
import dev.aerie.engine.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/// Opens data folders.
public final class LocalConnector implements Connector {
  private final LocalOptions options;
  private final ExecutorService jobs;
  private final ExecutorService builders;

  /// @param jobs a thread for each piece of work in the background; not shut down here
  /// @param builders a bounded pool for builds; not shut down here
  public LocalConnector(LocalOptions options, ExecutorService jobs, ExecutorService builders) {
    this.options = options;
    this.jobs = jobs;
    this.builders = builders;
  }

  @Override
  public boolean opens(Place place) {
    return place instanceof Place.Folder;
  }

  @Override
  public Engine open(Place place, Progress progress) {
    progress.phase("Opening the data folder");
    return LocalEngine.open(path(place), options, jobs, builders);
  }

  @Override
  public List<Step> diagnose(Place place, Consumer<Step> listener, Progress progress) {
    var folder = path(place);
    List<Step> steps = new ArrayList<>();
    step(steps, listener, "Folder", () -> folderFinding(folder));
    progress.check();
    step(steps, listener, "Room on the disk", () -> roomFinding(folder));
    progress.check();
    step(steps, listener, "Lock", () -> lockFinding(folder));
    return steps;
  }

  private record Finding(Step.Outcome outcome, String text) {}

  @FunctionalInterface
  private interface Look {
    Finding look() throws IOException;
  }

  private static void step(List<Step> steps, Consumer<Step> listener, String name, Look look) {
    long started = System.nanoTime();
    Step step;
    try {
      var finding = look.look();
      step =
          new Step(
              name,
              finding.outcome,
              finding.text,
              Optional.empty(),
              Duration.ofNanos(System.nanoTime() - started));
    } catch (IOException | EngineException e) {
      step =
          new Step(
              name,
              Step.Outcome.FAILED,
              String.valueOf(e.getMessage()),
              Optional.of(e.toString()),
              Duration.ofNanos(System.nanoTime() - started));
    }
    steps.add(step);
    listener.accept(step);
  }

  private static Finding folderFinding(Path folder) {
    if (!Files.exists(folder)) {
      return new Finding(Step.Outcome.WARNED, "there is nothing yet; opening makes the folder");
    }
    if (!Files.isDirectory(folder)) {
      return new Finding(
          Step.Outcome.FAILED, "\"%s\" is a file; choose a folder".formatted(folder));
    }
    return Files.isWritable(folder)
        ? new Finding(Step.Outcome.PASSED, "it is there and can be written")
        : new Finding(
            Step.Outcome.FAILED,
            "\"%s\" cannot be written by this user; change its permissions".formatted(folder));
  }

  private static Finding roomFinding(Path folder) throws IOException {
    var there = folder.toAbsolutePath();
    for (var above = there.getParent(); above != null && !Files.exists(there); ) {
      there = above;
      above = there.getParent();
    }
    long free = Files.getFileStore(there).getUsableSpace() >> 20;
    return new Finding(
        free < 1024 ? Step.Outcome.WARNED : Step.Outcome.PASSED, free + " MiB are free");
  }

  private static Finding lockFinding(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return new Finding(Step.Outcome.SKIPPED, "there is no folder to own yet");
    }
    if (!Files.exists(folder.resolve("LOCK"))) {
      return new Finding(Step.Outcome.PASSED, "nobody owns the folder");
    }
    FolderLock.requireFree(folder);
    return new Finding(Step.Outcome.PASSED, "nobody owns the folder");
  }

  private static Path path(Place place) {
    return switch (place) {
      case Place.Folder(Path path) -> path;
      case Place.Server _ ->
          throw new EngineException(
              ErrorCode.INVALID_ARGUMENT, "a server is not opened as a data folder");
    };
  }
}
