package dev.aerie.local.codec;

import dev.aerie.kernel.Measure;
import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.IOContext;

/// Inverted lists. Fields that have none, because they hold bytes, because a segment is small or
/// because a flush wrote
/// it, are kept as Lucene's flat format keeps them (`.vec`, `.vemf`, always written); the others
/// have each row once, in
/// list order.
///
/// Both files begin with Lucene's index header and end with its footer. Numbers are little-endian.
///
/// `.aivm`, metadata: for each field with lists an [IvfField], then `-1 int`.
///
/// `.aivd`, data, each section at a multiple of 64 bytes:
///
/// | section | what |
/// |---|---|
/// | vectors | `rows × dim` floats as they were given, in list order |
/// | docs | for each row, in list order, its document: `rows` ints |
/// | places | for each ordinal its row: `rows` ints |
/// | centroids | `lists × dim` floats |
/// | parameters | those of the coder of rows, where they have codes: floats |
/// | bytes | codes in list order, see `ivf`'s `Codes` |
/// | slopes, shifts | where the coder has them, one float for each row and 16 more |
/// | ordinals | Lucene's map of ordinals to documents, where some documents have no vector |
public final class IvfFormat extends KnnVectorsFormat {

  static final String META_EXTENSION = "aivm";
  static final String DATA_EXTENSION = "aivd";
  static final String META_CODEC = "AerieIvfMeta";
  static final String DATA_CODEC = "AerieIvfData";
  static final int VERSION_START = 0;
  static final int VERSION_CURRENT = VERSION_START;
  static final int SECTION_ALIGNMENT = 64;

  private static final String NAME = "AerieIvf";

  private final VectorIndex index;
  private final Builds builds;
  private final int leastRows;

  /// For reading; Lucene finds it by this constructor.
  public IvfFormat() {
    this(new VectorIndex.IvfFlat(0), Builds.ON_MERGE_THREAD, MarkingWriter.LEAST_ROWS);
  }

  /// @param leastRows a merged segment with fewer rows stays flat
  IvfFormat(VectorIndex index, Builds builds, int leastRows) {
    super(NAME);
    this.index = index;
    this.builds = builds;
    this.leastRows = leastRows;
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return new MarkingWriter(new IvfWriter(state, index, builds, leastRows), index);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return new IvfReader(state);
  }

  @Override
  public int getMaxDimensions(String fieldName) {
    return FlatFormat.MAX_DIMENSIONS;
  }

  /// Whether a writer may build: flushes never do.
  static boolean isMerge(SegmentWriteState state) {
    return state.context.context() == IOContext.Context.MERGE;
  }

  /// What our kernels call Lucene's similarity.
  static Measure measure(VectorSimilarityFunction similarity) {
    return switch (similarity) {
      case EUCLIDEAN -> Measure.L2;
      case DOT_PRODUCT, MAXIMUM_INNER_PRODUCT -> Measure.IP;
      case COSINE -> Measure.COSINE;
    };
  }
}
