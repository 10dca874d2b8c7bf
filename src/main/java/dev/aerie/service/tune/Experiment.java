package dev.aerie.service.tune;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A tuning run and what came of it; what a library keeps.
///
/// @param source `database.collection.field` as a person reads it
/// @param rows copied from the source
/// @param total rows of the source
/// @param trials coarse ones first
/// @param complete false for a run that was cancelled; running it again skips what is measured
public record Experiment(
    String id,
    Instant startedAt,
    double seconds,
    String source,
    String metric,
    long rows,
    long total,
    int queries,
    Goal goal,
    List<Trial> trials,
    Optional<Recommendation> recommendation,
    boolean complete) {
  public Experiment {
    trials = List.copyOf(trials);
  }
}
