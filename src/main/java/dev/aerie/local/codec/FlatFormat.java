package dev.aerie.local.codec;

import java.io.IOException;
import java.util.Map;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsFormat;
import org.apache.lucene.codecs.hnsw.FlatVectorsReader;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.store.DataAccessHint;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/// Raw rows as Lucene's flat format writes them (`.vec`, `.vemf`), and an exact search, which that
/// format leaves out.
public final class FlatFormat extends KnnVectorsFormat {

  /// Dimensions of a vector at most, in every format here.
  public static final int MAX_DIMENSIONS = 32_768;

  private static final String NAME = "AerieFlat";
  private static final int ORDS_PER_BULK = 64;

  /// Lucene finds it by this constructor.
  public FlatFormat() {
    super(NAME);
  }

  /// Lucene's own format of raw rows, which all formats here keep theirs in until an index is
  /// built.
  static FlatVectorsFormat rawRows() {
    return new Lucene99FlatVectorsFormat(FlatVectorScorerUtil.getLucene99FlatVectorsScorer());
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return new MarkingWriter(rawRows().fieldsWriter(state), new VectorIndex.Flat());
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return new Reader(rawRows().fieldsReader(state));
  }

  @Override
  public int getMaxDimensions(String fieldName) {
    return MAX_DIMENSIONS;
  }

  /// Offers every accepted row to the collector, until it has had enough.
  static void searchAll(RandomVectorScorer scorer, KnnCollector collector, AcceptDocs acceptDocs)
      throws IOException {
    if (collector.k() == 0) {
      return;
    }
    Bits accepted = scorer.getAcceptOrds(acceptDocs.bits());
    var ords = new int[ORDS_PER_BULK];
    var scores = new float[ORDS_PER_BULK];
    int filled = 0;
    for (int ord = 0; ord < scorer.maxOrd(); ord++) {
      if (accepted != null && !accepted.get(ord)) {
        continue;
      }
      if (collector.earlyTerminated()) {
        return;
      }
      ords[filled++] = ord;
      collector.incVisitedCount(1);
      if (filled == ORDS_PER_BULK) {
        offer(scorer, collector, ords, scores, filled);
        filled = 0;
      }
    }
    offer(scorer, collector, ords, scores, filled);
  }

  private static void offer(
      RandomVectorScorer scorer, KnnCollector collector, int[] ords, float[] scores, int count)
      throws IOException {
    if (count == 0) {
      return;
    }
    scorer.bulkScore(ords, scores, count);
    for (int i = 0; i < count; i++) {
      collector.collect(scorer.ordToDoc(ords[i]), scores[i]);
    }
  }

  private static final class Reader extends KnnVectorsReader {
    private final FlatVectorsReader rows;

    Reader(FlatVectorsReader rows) {
      this.rows = rows;
    }

    @Override
    public void checkIntegrity() throws IOException {
      rows.checkIntegrity();
    }

    @Override
    public FloatVectorValues getFloatVectorValues(String field) throws IOException {
      return rows.getFloatVectorValues(field);
    }

    @Override
    public FloatVectorValues getFloatVectorValues(String field, DataAccessHint hint)
        throws IOException {
      return rows.getFloatVectorValues(field, hint);
    }

    @Override
    public ByteVectorValues getByteVectorValues(String field) throws IOException {
      return rows.getByteVectorValues(field);
    }

    @Override
    public void search(String field, float[] target, KnnCollector collector, AcceptDocs acceptDocs)
        throws IOException {
      searchAll(rows.getRandomVectorScorer(field, target), collector, acceptDocs);
    }

    @Override
    public void search(String field, byte[] target, KnnCollector collector, AcceptDocs acceptDocs)
        throws IOException {
      searchAll(rows.getRandomVectorScorer(field, target), collector, acceptDocs);
    }

    @Override
    public KnnVectorsReader getMergeInstance() throws IOException {
      return new Reader(rows.getMergeInstance());
    }

    @Override
    public void finishMerge() throws IOException {
      rows.finishMerge();
    }

    @Override
    public int getVectorCount(FieldInfo field) throws IOException {
      return rows.getVectorCount(field);
    }

    @Override
    public Map<String, Long> getOffHeapByteSize(FieldInfo field) {
      return rows.getOffHeapByteSize(field);
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }
}
