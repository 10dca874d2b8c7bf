package dev.aerie.local.codec;

import org.apache.lucene.search.knn.KnnSearchStrategy;

/// How a segment is searched. A number that is 0 means "choose". Lucene's own searches may carry it
/// as the strategy of
/// their collector.
public final class SearchSettings extends KnnSearchStrategy {

  /// Everything chosen.
  public static final SearchSettings DEFAULT = new SearchSettings(0, 0, 0, false);

  private final int nprobe;
  private final int ef;
  private final int rerank;
  private final boolean exact;

  /// @param nprobe lists scanned, of those there are
  /// @param ef candidates of a graph walk, raised to the hits wanted
  /// @param rerank candidates found by codes that are compared as raw rows, raised to the hits
  ///     wanted
  /// @param exact whether every row is compared, whatever index there is
  public SearchSettings(int nprobe, int ef, int rerank, boolean exact) {
    if (nprobe < 0 || ef < 0 || rerank < 0) {
      throw new IllegalArgumentException(
          "nprobe, ef and rerank must be at least 1, or 0 to choose; got %d, %d and %d"
              .formatted(nprobe, ef, rerank));
    }
    this.nprobe = nprobe;
    this.ef = ef;
    this.rerank = rerank;
    this.exact = exact;
  }

  public int nprobe() {
    return nprobe;
  }

  public int ef() {
    return ef;
  }

  public int rerank() {
    return rerank;
  }

  public boolean exact() {
    return exact;
  }

  public SearchSettings withNprobe(int nprobe) {
    return new SearchSettings(nprobe, ef, rerank, exact);
  }

  public SearchSettings withEf(int ef) {
    return new SearchSettings(nprobe, ef, rerank, exact);
  }

  public SearchSettings withRerank(int rerank) {
    return new SearchSettings(nprobe, ef, rerank, exact);
  }

  public SearchSettings withExact(boolean exact) {
    return new SearchSettings(nprobe, ef, rerank, exact);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SearchSettings settings
        && nprobe == settings.nprobe
        && ef == settings.ef
        && rerank == settings.rerank
        && exact == settings.exact;
  }

  @Override
  public int hashCode() {
    return ((nprobe * 31 + ef) * 31 + rerank) * 31 + Boolean.hashCode(exact);
  }

  @Override
  public void nextVectorsBlock() {}

  @Override
  public String toString() {
    return "nprobe=%d, ef=%d, rerank=%d, exact=%b".formatted(nprobe, ef, rerank, exact);
  }
}
