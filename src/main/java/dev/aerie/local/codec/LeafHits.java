package dev.aerie.local.codec;

/// What one segment answered.
///
/// @param docs documents of the segment, nearest first
/// @param values the metric's value of each, from the rows as they were given
/// @param path how it was searched
/// @param visited rows compared, as codes or as they are
/// @param reason why this path, in a sentence
@SuppressWarnings("ArrayRecordComponent") // never compared; arrays are what loops read
public record LeafHits(int[] docs, float[] values, Path path, long visited, String reason) {

  /// How a segment was searched.
  public enum Path {
    EXACT,
    GRAPH,
    LISTS
  }

  public LeafHits {
    if (docs.length != values.length) {
      throw new IllegalArgumentException(
          "every document has a value; got %d and %d".formatted(docs.length, values.length));
    }
  }

  public int size() {
    return docs.length;
  }
}
