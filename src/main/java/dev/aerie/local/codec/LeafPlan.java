package dev.aerie.local.codec;

import dev.aerie.ivf.IvfIndex;

/// How a segment is searched, and why.
///
/// @param reason a sentence for the person who asks for an explanation
record LeafPlan(boolean exact, String reason) {

  /// Candidates of a graph walk where nobody said: with as few as the hits wanted, a filter that
  /// cuts a region out leaves
  /// the walk stuck beside it.
  static final int DEFAULT_EF = 100;

  /// What reading one row somewhere in memory costs beside reading it after its neighbour.
  private static final double RANDOM_TO_SEQUENTIAL = 2;

  /// Share of the rows up to which lists are not worth reading: the nearest accepted rows are
  /// spread over most of them.
  private static final double SPARSE_FILTER = 0.025;

  /// Rows that are compared in the time a search of lists needs for anything at all.
  private static final int FEW_ROWS = 4096;

  /// A walk of a graph of `n` nodes with `ef` candidates visits about `ef · ln n` of them, and
  /// `1/share` times as many
  /// where only a share of them counts; a scan visits `share · n` in sequence. They meet at `share
  /// = sqrt(r · ef · ln n / n)`.
  ///
  /// @param graph whether the segment has one
  /// @param accepted documents that may be answered, of `maxDoc`
  static LeafPlan graph(
      boolean graph, int rows, int accepted, int maxDoc, int ef, SearchSettings settings) {
    if (settings.exact()) {
      return new LeafPlan(true, "an exact search was asked for");
    }
    if (!graph) {
      return new LeafPlan(true, "the segment has no graph");
    }
    double share = Math.min(1, accepted / (double) maxDoc);
    double meeting = Math.sqrt(RANDOM_TO_SEQUENTIAL * ef * Math.log(Math.max(2, rows)) / rows);
    if (share < meeting) {
      return new LeafPlan(
          true,
          "%.2f %% of the rows are accepted; below %.2f %% comparing them all is cheaper than the graph"
              .formatted(100 * share, 100 * Math.min(1, meeting)));
    }
    return new LeafPlan(
        false,
        "%.2f %% of the rows are accepted; from %.2f %% on the graph is cheaper than comparing them all"
            .formatted(100 * share, 100 * meeting));
  }

  static LeafPlan lists(IvfIndex index, int accepted, int maxDoc, SearchSettings settings) {
    if (settings.exact()) {
      return new LeafPlan(true, "an exact search was asked for");
    }
    double share = Math.min(1, accepted / (double) maxDoc);
    if (accepted <= FEW_ROWS || share < SPARSE_FILTER) {
      return new LeafPlan(
          true,
          "%d rows are accepted (%.2f %%); so few are compared directly"
              .formatted(accepted, 100 * share));
    }
    return new LeafPlan(
        false,
        "%d rows are accepted (%.2f %%); the nearest of %d lists are read"
            .formatted(accepted, 100 * share, index.lists()));
  }
}
