package dev.aerie.service.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a load ended and what is in.
///
/// @param rowsRead good and bad, from the start of the file
/// @param written acknowledged by the engine
/// @param rejected rows that were left out; the first 1,000 of them
/// @param rejectedRows how many those were
/// @param countBefore rows in the collection before the load began
/// @param countAfter rows in it at the end
/// @param message for a person: what happened, and where counts do not fit, which
public record LoadReport(
    Outcome outcome,
    String database,
    String collection,
    long rowsRead,
    long written,
    List<RejectedRow> rejected,
    long rejectedRows,
    Optional<Path> rejectFile,
    Optional<Path> keysFile,
    long countBefore,
    long countAfter,
    Duration took,
    String message) {
  public LoadReport {
    rejected = List.copyOf(rejected);
  }

  /// How a load ended.
  public enum Outcome {
    /// All rows of the file were read, and the counts fit.
    DONE,
    /// All rows were read, and the counts do not fit.
    MISCOUNTED,
    CANCELLED,
    /// A bad row stopped it, as was asked.
    STOPPED,
    /// The engine or the file gave up.
    FAILED
  }
}
