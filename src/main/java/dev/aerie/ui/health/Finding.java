package dev.aerie.ui.health;

import java.util.Optional;

/// Something that is not as it should be, or worth knowing.
///
/// @param title the fact, with its figure and place
/// @param text evidence and what it costs
/// @param fix what can be done from here
record Finding(Severity severity, String title, String text, Optional<Fix> fix) {
  /// How soon somebody should look.
  enum Severity {
    URGENT,
    SOON,
    NOTE
  }

  /// What a finding can lead to.
  sealed interface Fix {
    String database();

    String collection();

    /// To the form where an index is made.
    record MakeIndex(String database, String collection, String field) implements Fix {}

    /// Merges segments, builds what is missing, drops deleted rows.
    record Compact(String database, String collection) implements Fix {}
  }
}
