package dev.aerie.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Opens a place, and finds out step by step why it cannot.
public interface Connector {
  /// Whether this connector is the one for such a place.
  boolean opens(Place place);

  /// Opens an engine; the caller closes it.
  ///
  /// @throws EngineException with a cause a person can act on
  Engine open(Place place, Progress progress);

  /// Tries each step of opening and only reads. Goes on after a step that is not needed for the
  /// next.
  ///
  /// @param listener hears each step as it ends
  /// @return all steps
  List<Step> diagnose(Place place, Consumer<Step> listener, Progress progress);

  /// @param name for a person: "Name lookup", "TLS 1.3"
  /// @param finding what was seen, with the cure where it went wrong
  /// @param details the raw error, where there was one
  record Step(
      String name, Outcome outcome, String finding, Optional<String> details, Duration took) {
    /// How a step ended.
    public enum Outcome {
      PASSED,
      WARNED,
      FAILED,
      SKIPPED
    }
  }
}
