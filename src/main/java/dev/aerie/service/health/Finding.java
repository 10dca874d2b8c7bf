package dev.aerie.service.health;

import dev.aerie.engine.Request;
import java.util.Optional;

/// Something to know about an engine.
///
/// @param rule stable name, such as `unindexed-rows`
/// @param subject `database.collection`, or empty for the engine
/// @param title what is the matter, in a sentence
/// @param evidence the figures behind it
/// @param cost what it does to searches or data
/// @param fix empty where a person has to act elsewhere
public record Finding(
    String rule,
    Severity severity,
    String subject,
    String title,
    String evidence,
    String cost,
    Optional<Fix> fix) {

  /// How bad it is; the worst first.
  public enum Severity {
    RED,
    AMBER,
    INFO
  }

  /// @param label the action, as a verb
  /// @param explanation what it does and takes
  /// @param request what carries it out; empty where a view has to ask more first
  public record Fix(String label, String explanation, Optional<Request<?>> request) {}
}
