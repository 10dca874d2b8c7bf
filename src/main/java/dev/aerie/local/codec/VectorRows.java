package dev.aerie.local.codec;

import dev.aerie.ivf.Rows;
import dev.aerie.kernel.Measure;
import dev.aerie.kernel.PanamaKernels;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.apache.lucene.codecs.lucene95.HasIndexSlice;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.store.MemorySegmentAccessInput;
import org.jspecify.annotations.Nullable;

/// The rows of a field of one segment compared with one query, as they lie in the mapped file
/// wherever they do. For one
/// search on one thread.
final class VectorRows {

  private static final PanamaKernels KERNELS = PanamaKernels.WIDEST;

  private final FloatVectorValues values;
  private final Measure measure;
  private final float[] query;
  private final @Nullable MemorySegment mapped;
  private int[] places = new int[0];

  VectorRows(FloatVectorValues values, Measure measure, float[] query) throws IOException {
    if (query.length != values.dimension()) {
      throw new IllegalArgumentException(
          "the query has %d dimensions; the field stores %d"
              .formatted(query.length, values.dimension()));
    }
    this.values = values;
    this.measure = measure;
    this.query = Rows.prepareQuery(query, measure);
    mapped = map(values);
  }

  private static @Nullable MemorySegment map(FloatVectorValues values) throws IOException {
    if (values instanceof IvfVectorValues lists) {
      return lists.vectors();
    }
    if (values instanceof HasIndexSlice slice
        && slice.getSlice() instanceof MemorySegmentAccessInput input) {
      return input.segmentSliceOrNull(0, (long) values.size() * values.dimension() * Float.BYTES);
    }
    return null;
  }

  /// Whether ordinals `0 … size` lie one after the other, so that ranges of them can be compared.
  boolean contiguous() {
    return mapped != null && !(values instanceof IvfVectorValues);
  }

  /// The values of `count` ordinals from `first` on; only where [#contiguous].
  void range(int first, int count, float[] out) {
    long offset = (long) first * query.length * Float.BYTES;
    var rows = Objects.requireNonNull(mapped);
    switch (measure) {
      case L2 -> KERNELS.squaredDistances(query, rows, offset, count, out);
      case IP -> KERNELS.dots(query, rows, offset, count, out);
      case COSINE -> KERNELS.cosines(query, rows, offset, count, out);
      case HAMMING, JACCARD -> throw unsupported();
    }
  }

  /// The values of the ordinals `ords[0 … count)`.
  void values(int[] ords, int count, float[] out) throws IOException {
    var rows = mapped;
    var numbers = ords;
    if (values instanceof IvfVectorValues lists) {
      if (places.length < count) {
        places = new int[count];
      }
      for (int i = 0; i < count; i++) {
        places[i] = lists.place(ords[i]);
      }
      numbers = places;
    }
    if (rows == null) {
      copied(ords, count, out);
      return;
    }
    switch (measure) {
      case L2 -> KERNELS.squaredDistances(query, rows, numbers, count, out);
      case IP -> KERNELS.dots(query, rows, numbers, count, out);
      case COSINE -> KERNELS.cosines(query, rows, numbers, count, out);
      case HAMMING, JACCARD -> throw unsupported();
    }
  }

  /// The same for a directory that does not map its files.
  private void copied(int[] ords, int count, float[] out) throws IOException {
    for (int i = 0; i < count; i++) {
      float[] row = values.vectorValue(ords[i]);
      out[i] =
          switch (measure) {
            case L2 -> KERNELS.squaredDistance(query, row);
            case IP -> KERNELS.dot(query, row);
            case COSINE -> {
              float square = KERNELS.dot(row, row);
              yield square == 0 ? 0 : KERNELS.dot(query, row) / (float) Math.sqrt(square);
            }
            case HAMMING, JACCARD -> throw unsupported();
          };
    }
  }

  private IllegalStateException unsupported() {
    return new IllegalStateException("floats are not compared by " + measure);
  }
}
