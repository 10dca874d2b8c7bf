package dev.aerie.local.codec;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/// Lucene's graph over 8-bit codes, the raw rows beside, built by merges only; as [HnswFormat] in
/// everything else.
public final class HnswSqFormat extends KnnVectorsFormat {

  private static final String NAME = "AerieHnswSq";

  private final VectorIndex.HnswSq index;
  private final Builds builds;

  /// For reading; Lucene finds it by this constructor.
  public HnswSqFormat() {
    this(new VectorIndex.HnswSq(16, 100), Builds.ON_MERGE_THREAD);
  }

  HnswSqFormat(VectorIndex.HnswSq index, Builds builds) {
    super(NAME);
    this.index = index;
    this.builds = builds;
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    int threshold =
        state.context.context() == IOContext.Context.MERGE
            ? Lucene99HnswVectorsFormat.HNSW_GRAPH_THRESHOLD
            : HnswFormat.NEVER;
    var lucene =
        new Lucene104HnswScalarQuantizedVectorsFormat(
            ScalarEncoding.UNSIGNED_BYTE,
            index.m(),
            index.efConstruction(),
            builds.threads(),
            builds.threads() > 1 ? builds.pool().orElseThrow() : null,
            threshold);
    return new MarkingWriter(lucene.fieldsWriter(state), index);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return new Lucene104HnswScalarQuantizedVectorsFormat().fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String fieldName) {
    return FlatFormat.MAX_DIMENSIONS;
  }
}
