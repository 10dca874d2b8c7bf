package dev.aerie.service.tune;

import dev.aerie.service.bench.IndexChoice;
import java.time.Duration;
import java.util.List;

/// Hears a tuning run as it goes, on the thread of the run. Every method may be left as it is.
public interface TuneListener {
  /// Hears nothing.
  TuneListener NONE = new TuneListener() {};

  /// The rows are copied and the queries known.
  ///
  /// @param candidates to be built on the coarse sample
  /// @param sampled rows of that sample
  /// @param copied rows of the final trials
  default void planned(List<IndexChoice> candidates, long sampled, long copied, int queries) {}

  /// What the rest of the run will take, from what it has taken so far.
  default void estimated(Duration rest) {}

  /// A point for the chart.
  default void measured(Trial trial) {}

  /// A candidate that will not be built on all rows.
  ///
  /// @param why in a sentence
  default void dropped(IndexChoice index, String why) {}

  /// A candidate an engine refused or failed to build; the run goes on.
  default void failed(IndexChoice index, String why) {}
}
