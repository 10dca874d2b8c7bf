package dev.aerie.service.journal;

import dev.aerie.engine.Request;
import java.time.Instant;
import java.util.Optional;

/// One request and how it ended.
///
/// @param number rises by one a request
/// @param failure the message, where it failed or was cancelled
public record JournalEntry(
    long number, Instant at, long nanos, Request<?> request, Optional<String> failure) {
  /// The request's kind for a person: "Search", "Create index".
  public String kind() {
    var type = request.getClass();
    var outer = type.getEnclosingClass();
    var name = type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    var lower = name.substring(0, 1) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    boolean says = outer == null || name.contains(" ") || !isBare(type.getSimpleName());
    return says
        ? lower
        : lower
            + " "
            + outer.getSimpleName().replace("Request", "").toLowerCase(java.util.Locale.ROOT);
  }

  /// Verbs that need their object.
  private static boolean isBare(String name) {
    return switch (name) {
      case "Create", "Drop", "Alter", "Describe", "Load", "Release", "Rename", "Exists" -> true;
      default -> false;
    };
  }
}
