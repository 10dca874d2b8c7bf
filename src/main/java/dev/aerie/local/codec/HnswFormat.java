package dev.aerie.local.codec;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.store.IOContext;

/// Lucene's graph over raw rows, built by merges only.
///
/// Files and reader are Lucene's own. The reader is handed out unwrapped, so that a merge finds the
/// graphs of the segments it
/// merges and goes on from the largest instead of from nothing.
public final class HnswFormat extends KnnVectorsFormat {

  private static final String NAME = "AerieHnsw";

  /// Lucene builds a graph where it is expected to visit fewer nodes than there are rows; never,
  /// with this.
  static final int NEVER = Integer.MAX_VALUE;

  private final VectorIndex.Hnsw index;
  private final Builds builds;

  /// For reading; Lucene finds it by this constructor.
  public HnswFormat() {
    this(new VectorIndex.Hnsw(16, 100), Builds.ON_MERGE_THREAD);
  }

  HnswFormat(VectorIndex.Hnsw index, Builds builds) {
    super(NAME);
    this.index = index;
    this.builds = builds;
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    int threshold =
        state.context.context() == IOContext.Context.MERGE
            ? Lucene99HnswVectorsFormat.HNSW_GRAPH_THRESHOLD
            : NEVER;
    var lucene =
        new Lucene99HnswVectorsFormat(
            index.m(),
            index.efConstruction(),
            builds.threads(),
            builds.threads() > 1 ? builds.pool().orElseThrow() : null,
            threshold);
    return new MarkingWriter(lucene.fieldsWriter(state), index);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return new Lucene99HnswVectorsFormat().fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String fieldName) {
    return FlatFormat.MAX_DIMENSIONS;
  }
}
