package dev.aerie.service.tune;

import dev.aerie.engine.Filter;
import dev.aerie.engine.Metric;
import dev.aerie.service.bench.IndexChoice;
import java.util.List;

/// A question to the lab.
///
/// @param filter rows and searches are held to; [Filter#ALL] for all
/// @param candidates indexes to try; empty for those the scratch engine recommends for the rows
/// @param sampleRows coarse trials run on at most so many rows
/// @param mostRows more rows than this are sampled down to it
public record TuneRequest(
    String database,
    String collection,
    String field,
    Metric metric,
    Filter filter,
    Goal goal,
    QuerySource queries,
    List<IndexChoice> candidates,
    int sampleRows,
    int mostRows) {
  /// Coarse trials of the default run.
  public static final int SAMPLE_ROWS = 30_000;

  /// Rows copied in the default run.
  public static final int MOST_ROWS = 400_000;

  public TuneRequest {
    candidates = List.copyOf(candidates);
    if (sampleRows < 1 || mostRows < sampleRows) {
      throw new IllegalArgumentException(
          "sampleRows must be in [1, mostRows=%d]; got %d".formatted(mostRows, sampleRows));
    }
  }

  /// All rows, 500 held-out queries, recommended candidates.
  public static TuneRequest of(
      String database, String collection, String field, Metric metric, Goal goal) {
    return new TuneRequest(
        database,
        collection,
        field,
        metric,
        Filter.ALL,
        goal,
        new QuerySource.HeldOut(500, 42),
        List.of(),
        SAMPLE_ROWS,
        MOST_ROWS);
  }
}
