package dev.aerie.local.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.apache.lucene.codecs.lucene90.IndexedDISI;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.packed.DirectMonotonicReader;
import org.jspecify.annotations.Nullable;

/// The rows of a field with lists, by ordinal: in the order of their documents, as Lucene wants
/// them, while they lie in
/// list order.
final class IvfVectorValues extends FloatVectorValues {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final IvfField field;
  private final VectorSimilarityFunction similarity;
  private final MemorySegment vectors;
  private final MemorySegment places;
  private final IndexInput data;
  private final @Nullable DirectMonotonicReader ordToDoc;
  private final float[] value;
  private int lastOrd = -1;

  IvfVectorValues(
      IvfField field,
      VectorSimilarityFunction similarity,
      MemorySegment vectors,
      MemorySegment places,
      IndexInput data)
      throws IOException {
    this.field = field;
    this.similarity = similarity;
    this.vectors = vectors;
    this.places = places;
    this.data = data;
    ordToDoc = field.ordinals().isDense() ? null : field.ordinals().getDirectMonotonicReader(data);
    value = new float[field.dim()];
  }

  @Override
  public int dimension() {
    return field.dim();
  }

  @Override
  public int size() {
    return field.rows();
  }

  /// The place of an ordinal's row among the rows in list order.
  int place(int ord) {
    return places.get(INT, (long) ord * Integer.BYTES);
  }

  MemorySegment vectors() {
    return vectors;
  }

  @Override
  public float[] vectorValue(int ord) {
    if (ord != lastOrd) {
      MemorySegment.copy(
          vectors, FLOAT, (long) place(ord) * value.length * Float.BYTES, value, 0, value.length);
      lastOrd = ord;
    }
    return value;
  }

  @Override
  public int ordToDoc(int ord) {
    return ordToDoc == null ? ord : (int) ordToDoc.get(ord);
  }

  @Override
  public Bits getAcceptOrds(Bits acceptDocs) {
    if (acceptDocs == null || ordToDoc == null) {
      return acceptDocs;
    }
    return new Bits() {
      @Override
      public boolean get(int ord) {
        return acceptDocs.get(ordToDoc(ord));
      }

      @Override
      public int length() {
        return size();
      }
    };
  }

  @Override
  public DocIndexIterator iterator() {
    if (ordToDoc == null) {
      return createDenseIterator();
    }
    try {
      return IndexedDISI.asDocIndexIterator(field.ordinals().getIndexedDISI(data));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public IvfVectorValues copy() throws IOException {
    return new IvfVectorValues(field, similarity, vectors, places, data);
  }

  @Override
  public VectorScorer scorer(float[] target) throws IOException {
    var values = copy();
    var iterator = values.iterator();
    return new VectorScorer() {
      @Override
      public float score() {
        return similarity.compare(target, values.vectorValue(iterator.index()));
      }

      @Override
      public DocIdSetIterator iterator() {
        return iterator;
      }
    };
  }
}
