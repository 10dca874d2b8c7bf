package dev.aerie.tour;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Plays journeys step by step, keeps a picture of each, and writes down what was seen. The first
/// step
/// that fails ends its journey; its picture shows where.
final class Tour {
  private final Supplier<Driver> drivers;
  private final Path out;
  private final List<Result> results = new ArrayList<>();

  /// @param drivers the hands for the window that is open now
  Tour(Supplier<Driver> drivers, Path out) {
    this.drivers = drivers;
    this.out = out;
  }

  /// What a step does, and what it saw when it held.
  @FunctionalInterface
  interface Action {
    /// @return what was seen, in a sentence
    /// @throws AssertionError if the window does not show what it should
    String play(Driver driver) throws Exception;
  }

  /// One step of a journey.
  ///
  /// @param name becomes the picture's name: lower case, words joined by `-`
  record Step(String name, Action action) {}

  /// How a step went.
  ///
  /// @param seen what stood in the window, or why it failed
  record Result(String step, boolean ok, long millis, String png, String seen) {}

  /// Plays the steps in order.
  ///
  /// @return whether all held
  boolean play(List<Step> journey) throws IOException {
    Files.createDirectories(out);
    for (var step : journey) {
      var result = play(step);
      results.add(result);
      System.out.printf(
          "%s %-28s %6d ms  %s%n",
          result.ok() ? "ok  " : "FAIL", result.step(), result.millis(), result.seen());
      write();
      if (!result.ok()) {
        return false;
      }
    }
    return true;
  }

  private Result play(Step step) throws IOException {
    var png = "%02d-%s.png".formatted(results.size() + 1, step.name());
    long started = System.nanoTime();
    boolean ok = false;
    String seen;
    try {
      seen = step.action().play(drivers.get());
      ok = true;
    } catch (Exception | AssertionError e) {
      seen = String.valueOf(e.getMessage());
    }
    long millis = (System.nanoTime() - started) / 1_000_000;
    drivers.get().picture(out.resolve(png));
    return new Result(step.name(), ok, millis, png, seen);
  }

  private void write() throws IOException {
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(out.resolve("tour.json").toFile(), Map.of("steps", results));
  }
}
