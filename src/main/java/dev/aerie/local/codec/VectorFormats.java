package dev.aerie.local.codec;

import org.apache.lucene.codecs.KnnVectorsFormat;

/// The format that writes an index. What a segment was written with is found by name when it is
/// opened.
///
/// @param builds threads that merges build with
public record VectorFormats(Builds builds) {

  /// The format to hand to Lucene for fields with this index; make it once and keep it, since
  /// Lucene puts fields of one
  /// format object into one set of files.
  public KnnVectorsFormat format(VectorIndex index) {
    return switch (index) {
      case VectorIndex.Flat() -> new FlatFormat();
      case VectorIndex.Hnsw hnsw -> new HnswFormat(hnsw, builds);
      case VectorIndex.HnswSq hnsw -> new HnswSqFormat(hnsw, builds);
      case VectorIndex.IvfFlat _,
          VectorIndex.IvfSq8 _,
          VectorIndex.IvfPq _,
          VectorIndex.IvfRabitq _ ->
          new IvfFormat(index, builds, MarkingWriter.LEAST_ROWS);
    };
  }
}
