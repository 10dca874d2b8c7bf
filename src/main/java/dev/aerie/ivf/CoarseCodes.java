package dev.aerie.ivf;

import dev.aerie.kernel.Measure;
import dev.aerie.kernel.PanamaKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Centroids as 4-bit codes around their mean, each with a scale of its own, so that choosing lists
/// reads an eighth of what
/// the centroids take. The lists chosen are then measured by their real centroids.
final class CoarseCodes {
  private static final PanamaKernels KERNELS = PanamaKernels.WIDEST;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int SCALES = 12;

  private final Measure measure;
  private final int lists;
  private final int dim;
  private final int planes;
  private final float[] mean;
  private final MemorySegment codes;
  private final MemorySegment slopes;
  private final MemorySegment shifts;

  CoarseCodes(Centroids centroids, Measure measure) {
    this.measure = measure;
    lists = centroids.count();
    dim = centroids.dim();
    planes = (dim + 1) / 2;
    mean = new float[dim];
    int padded = Codes.padded(lists);
    // Off the heap as the mapped files are, so that kernels see one kind of memory.
    var arena = Arena.ofAuto();
    codes = arena.allocate((long) padded * planes, 64);
    slopes = arena.allocate((padded + 16L) * Float.BYTES, 64);
    shifts =
        measure == Measure.L2
            ? arena.allocate((padded + 16L) * Float.BYTES, 64)
            : MemorySegment.NULL;
    var centroid = new float[dim];
    for (int list = 0; list < lists; list++) {
      centroids.copy(list, centroid, 0);
      for (int j = 0; j < dim; j++) {
        mean[j] += centroid[j] / lists;
      }
    }
    var nibbles = new byte[planes];
    for (int list = 0; list < lists; list++) {
      centroids.copy(list, centroid, 0);
      for (int j = 0; j < dim; j++) {
        centroid[j] -= mean[j];
      }
      slopes.set(FLOAT, (long) list * Float.BYTES, encode(centroid, nibbles));
      if (measure == Measure.L2) {
        shifts.set(FLOAT, (long) list * Float.BYTES, 2 * centroids.halfSquares()[list]);
      }
      long place = Codes.place(list, padded, planes, true);
      for (int plane = 0; plane < planes; plane++) {
        codes.set(
            ValueLayout.JAVA_BYTE, (place >>> 6) + plane * ((place & 63) + 1), nibbles[plane]);
      }
    }
  }

  /// The scale among some around the greatest value that leaves the code nearest in direction.
  private static float encode(float[] values, byte[] nibbles) {
    float greatest = Float.MIN_NORMAL;
    double square = 0;
    for (float value : values) {
      greatest = Math.max(greatest, Math.abs(value));
      square += (double) value * value;
    }
    double best = -1;
    double bestProduct = 1;
    float bestScale = 1;
    for (int step = 0; step < SCALES; step++) {
      float scale = 7.99f / greatest * (0.9f + 0.1f * step);
      double product = 0;
      double norm = 0;
      for (float value : values) {
        float code = code(value, scale) - 7.5f;
        product += code * value;
        norm += code * code;
      }
      if (product / Math.sqrt(norm) > best) {
        best = product / Math.sqrt(norm);
        bestProduct = product;
        bestScale = scale;
      }
    }
    Arrays.fill(nibbles, (byte) 0);
    for (int j = 0; j < values.length; j++) {
      nibbles[j / 2] |= (byte) (code(values[j], bestScale) << 4 * (j & 1));
    }
    return bestProduct > 0 ? (float) (square / bestProduct) : 0;
  }

  private static int code(float value, float scale) {
    return Math.clamp((int) Math.floor(value * scale + 8), 0, 15);
  }

  /// Room that the arrays of [#distances] need.
  int padded() {
    return Codes.padded(lists);
  }

  /// About how far each centroid is: `-<q, c>`, or `|c|² - 2 <q, c>` for [Measure#L2].
  void distances(float[] query, Tables tables, short[] sums, int[] hits, float[] out) {
    float factor = measure == Measure.L2 ? -2 : -1;
    var values = tables.values(2 * planes);
    for (int j = 0; j < 2 * planes; j++) {
      float x = j < dim ? query[j] * factor : 0;
      for (int word = 0; word < ProductCoder.WORDS; word++) {
        values[j * ProductCoder.WORDS + word] = x * (word - 7.5f);
      }
    }
    tables.quantise();
    KERNELS.nibbleSums(codes, 0, padded(), planes, tables.bytes(), sums);
    KERNELS.below(
        sums,
        lists,
        tables.scale(),
        tables.shift(),
        slopes,
        0,
        shifts,
        0,
        factor * KERNELS.dot(query, mean),
        Float.NEGATIVE_INFINITY,
        out,
        hits);
  }
}
