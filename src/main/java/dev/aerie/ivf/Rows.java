package dev.aerie.ivf;

import dev.aerie.kernel.Measure;
import dev.aerie.kernel.PanamaKernels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The rows an index is built from, in memory that someone else owns.
///
/// For [Measure#COSINE] rows are handed out at length 1, so that the nearest by angle are the
/// nearest by distance; as
/// they lie in memory they stay as they came.
///
/// @param segment `count × dim` little-endian floats, row-major
public record Rows(MemorySegment segment, int count, int dim, Measure measure) {

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  public Rows {
    if (dim < 1 || segment.byteSize() < (long) count * dim * Float.BYTES) {
      throw new IllegalArgumentException(
          "%d rows of %d dimensions need %d bytes; the segment has %d"
              .formatted(count, dim, (long) count * dim * Float.BYTES, segment.byteSize()));
    }
  }

  /// Copies the rows `[from, to)` to the beginning of `out`.
  public void copy(int from, int to, float[] out) {
    MemorySegment.copy(segment, FLOAT, (long) from * dim * Float.BYTES, out, 0, (to - from) * dim);
    if (measure == Measure.COSINE) {
      for (int i = 0; i < to - from; i++) {
        normalise(out, i * dim, dim);
      }
    }
  }

  /// Copies one row to `out[at … at + dim)`.
  public void copyRow(int row, float[] out, int at) {
    MemorySegment.copy(segment, FLOAT, (long) row * dim * Float.BYTES, out, at, dim);
    if (measure == Measure.COSINE) {
      normalise(out, at, dim);
    }
  }

  /// Brings `values[at … at + dim)` to length 1; all zeros stay as they are.
  static void normalise(float[] values, int at, int dim) {
    float square = 0;
    for (int j = at; j < at + dim; j++) {
      square = Math.fma(values[j], values[j], square);
    }
    if (square > 0 && Float.isFinite(square)) {
      float scale = (float) (1 / Math.sqrt(square));
      for (int j = at; j < at + dim; j++) {
        values[j] *= scale;
      }
    }
  }

  /// The query as the measure compares it: for [Measure#COSINE] at length 1.
  public static float[] prepareQuery(float[] query, Measure measure) {
    if (measure != Measure.COSINE) {
      return query;
    }
    var unit = query.clone();
    float square = PanamaKernels.WIDEST.dot(query, query);
    if (square > 0 && Float.isFinite(square)) {
      float scale = (float) (1 / Math.sqrt(square));
      for (int j = 0; j < unit.length; j++) {
        unit[j] *= scale;
      }
    }
    return unit;
  }
}
