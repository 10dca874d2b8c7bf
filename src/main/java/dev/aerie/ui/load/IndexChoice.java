package dev.aerie.ui.load;

import dev.aerie.engine.IndexType;
import java.util.Map;

/// An index a new collection can be given.
///
/// @param key of its words: `index.hnsw`
public record IndexChoice(String key, IndexType type, Map<String, String> params) {
  public IndexChoice {
    params = Map.copyOf(params);
  }

  /// About how much memory the vectors and the index take, from the layout alone: a graph keeps 2 M
  /// neighbours of 4 bytes on its base level and M on a share 1 / M of the rows above; 8-bit codes
  /// take a byte a dimension.
  long bytes(long rows, int dimension) {
    long m = Long.parseLong(params.getOrDefault("M", "0"));
    long raw = 4L * dimension;
    if (type.equals(IndexType.HNSW)) {
      return rows * (raw + 8 * m + 4);
    }
    if (type.equals(IndexType.HNSW_SQ)) {
      return rows * (dimension + 8 * m + 4);
    }
    return type.equals(IndexType.IVF_SQ8) ? rows * (dimension + 4L) : rows * raw;
  }
}
