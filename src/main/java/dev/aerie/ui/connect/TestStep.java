package dev.aerie.ui.connect;

import dev.aerie.engine.Connector;

/// One step of a connection test, for display.
///
/// @param details the raw error, or empty
/// @param millis it took
public record TestStep(
    String name, Connector.Step.Outcome outcome, String finding, String details, double millis) {
  static TestStep of(Connector.Step step) {
    return new TestStep(
        step.name(),
        step.outcome(),
        step.finding(),
        step.details().orElse(""),
        step.took().toNanos() / 1e6);
  }
}
