package dev.aerie.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.B2I;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.ULT;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The loops on vector registers.
///
/// No `Vector` crosses a call here: one that the compiler does not inline would be boxed, which
/// costs more than the
/// whole loop. Species are constants for the same reason.
public final class PanamaKernels implements Kernels {

  /// The one there is, on the widest vector registers of this machine; as a constant of its own
  /// type so that calls of it
  /// are inlined.
  public static final PanamaKernels WIDEST = new PanamaKernels();

  private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(LE);
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  /// As many bytes as there are lanes of four, to be widened to them.
  private static final VectorSpecies<Byte> QUARTER =
      VectorSpecies.of(
          byte.class, VectorShape.forBitSize(Math.max(64, FLOATS.vectorBitSize() / 4)));

  /// A permute of a register of bytes is one instruction at 128 bits everywhere and at 512 bits
  /// where there are such
  /// registers; in between it is put together from several.
  private static final VectorSpecies<Byte> LOOKUP =
      FLOATS.vectorBitSize() == 512 ? ByteVector.SPECIES_512 : ByteVector.SPECIES_128;

  private static final int LOOKUP_BYTES = LOOKUP.length();
  private static final VectorSpecies<Byte> BYTES_16 = ByteVector.SPECIES_128;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;

  /// As many shorts as there are lanes of four bytes.
  private static final VectorSpecies<Short> HALF =
      VectorSpecies.of(
          short.class, VectorShape.forBitSize(Math.max(64, FLOATS.vectorBitSize() / 2)));

  private static final int BLOCK = 64;
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, LE);
  private static final int LANES = FLOATS.length();
  private static final int VECTOR_BYTES = LANES * Float.BYTES;

  /// Rows that go through all centroids together; what they need of the cache is small beside a
  /// block of centroids.
  private static final int NEAREST_CHUNK = 192;

  /// Rows of one register tile.
  private static final int TILE_ROWS = 6;

  private PanamaKernels() {}

  @Override
  public int width() {
    return FLOATS.vectorBitSize();
  }

  @Override
  public float dot(float[] a, float[] b) {
    checkLengths(a, b);
    // Two accumulators: one FMA chain is bound by its latency, two keep both ports busy.
    var even = FloatVector.zero(FLOATS);
    var odd = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= a.length - 2 * LANES; i += 2 * LANES) {
      even = FloatVector.fromArray(FLOATS, a, i).fma(FloatVector.fromArray(FLOATS, b, i), even);
      odd =
          FloatVector.fromArray(FLOATS, a, i + LANES)
              .fma(FloatVector.fromArray(FLOATS, b, i + LANES), odd);
    }
    float sum = even.add(odd).reduceLanes(ADD);
    for (; i < a.length; i++) {
      sum = Math.fma(a[i], b[i], sum);
    }
    return sum;
  }

  @Override
  public float squaredDistance(float[] a, float[] b) {
    checkLengths(a, b);
    var even = FloatVector.zero(FLOATS);
    var odd = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= a.length - 2 * LANES; i += 2 * LANES) {
      var first = FloatVector.fromArray(FLOATS, a, i).sub(FloatVector.fromArray(FLOATS, b, i));
      var second =
          FloatVector.fromArray(FLOATS, a, i + LANES)
              .sub(FloatVector.fromArray(FLOATS, b, i + LANES));
      even = first.fma(first, even);
      odd = second.fma(second, odd);
    }
    float sum = even.add(odd).reduceLanes(ADD);
    for (; i < a.length; i++) {
      float difference = a[i] - b[i];
      sum = Math.fma(difference, difference, sum);
    }
    return sum;
  }

  @Override
  public void dots(float[] query, MemorySegment rows, long offset, int count, float[] out) {
    long rowBytes = (long) query.length * Float.BYTES;
    for (int i = 0; i < count; i++) {
      out[i] = rowDot(query, rows, offset + i * rowBytes);
    }
  }

  @Override
  public void squaredDistances(
      float[] query, MemorySegment rows, long offset, int count, float[] out) {
    long rowBytes = (long) query.length * Float.BYTES;
    for (int i = 0; i < count; i++) {
      out[i] = rowSquaredDistance(query, rows, offset + i * rowBytes);
    }
  }

  @Override
  public void cosines(float[] query, MemorySegment rows, long offset, int count, float[] out) {
    long rowBytes = (long) query.length * Float.BYTES;
    for (int i = 0; i < count; i++) {
      out[i] = rowCosine(query, rows, offset + i * rowBytes);
    }
  }

  @Override
  public void dots(float[] query, MemorySegment rows, int[] numbers, int count, float[] out) {
    long rowBytes = (long) query.length * Float.BYTES;
    for (int i = 0; i < count; i++) {
      out[i] = rowDot(query, rows, numbers[i] * rowBytes);
    }
  }

  @Override
  public void squaredDistances(
      float[] query, MemorySegment rows, int[] numbers, int count, float[] out) {
    long rowBytes = (long) query.length * Float.BYTES;
    for (int i = 0; i < count; i++) {
      out[i] = rowSquaredDistance(query, rows, numbers[i] * rowBytes);
    }
  }

  @Override
  public void cosines(float[] query, MemorySegment rows, int[] numbers, int count, float[] out) {
    long rowBytes = (long) query.length * Float.BYTES;
    for (int i = 0; i < count; i++) {
      out[i] = rowCosine(query, rows, numbers[i] * rowBytes);
    }
  }

  private static float rowDot(float[] query, MemorySegment rows, long at) {
    int dim = query.length;
    var even = FloatVector.zero(FLOATS);
    var odd = FloatVector.zero(FLOATS);
    int j = 0;
    for (; j <= dim - 2 * LANES; j += 2 * LANES, at += 2L * VECTOR_BYTES) {
      even =
          FloatVector.fromMemorySegment(FLOATS, rows, at, LE)
              .fma(FloatVector.fromArray(FLOATS, query, j), even);
      odd =
          FloatVector.fromMemorySegment(FLOATS, rows, at + VECTOR_BYTES, LE)
              .fma(FloatVector.fromArray(FLOATS, query, j + LANES), odd);
    }
    if (j <= dim - LANES) {
      even =
          FloatVector.fromMemorySegment(FLOATS, rows, at, LE)
              .fma(FloatVector.fromArray(FLOATS, query, j), even);
      j += LANES;
      at += VECTOR_BYTES;
    }
    float sum = even.add(odd).reduceLanes(ADD);
    for (; j < dim; j++, at += Float.BYTES) {
      sum = Math.fma(query[j], rows.get(FLOAT, at), sum);
    }
    return sum;
  }

  private static float rowSquaredDistance(float[] query, MemorySegment rows, long at) {
    int dim = query.length;
    var even = FloatVector.zero(FLOATS);
    var odd = FloatVector.zero(FLOATS);
    int j = 0;
    for (; j <= dim - 2 * LANES; j += 2 * LANES, at += 2L * VECTOR_BYTES) {
      var first =
          FloatVector.fromMemorySegment(FLOATS, rows, at, LE)
              .sub(FloatVector.fromArray(FLOATS, query, j));
      var second =
          FloatVector.fromMemorySegment(FLOATS, rows, at + VECTOR_BYTES, LE)
              .sub(FloatVector.fromArray(FLOATS, query, j + LANES));
      even = first.fma(first, even);
      odd = second.fma(second, odd);
    }
    if (j <= dim - LANES) {
      var first =
          FloatVector.fromMemorySegment(FLOATS, rows, at, LE)
              .sub(FloatVector.fromArray(FLOATS, query, j));
      even = first.fma(first, even);
      j += LANES;
      at += VECTOR_BYTES;
    }
    float sum = even.add(odd).reduceLanes(ADD);
    for (; j < dim; j++, at += Float.BYTES) {
      float difference = rows.get(FLOAT, at) - query[j];
      sum = Math.fma(difference, difference, sum);
    }
    return sum;
  }

  private static float rowCosine(float[] query, MemorySegment rows, long at) {
    int dim = query.length;
    var product = FloatVector.zero(FLOATS);
    var squares = FloatVector.zero(FLOATS);
    int j = 0;
    for (; j <= dim - LANES; j += LANES, at += VECTOR_BYTES) {
      var row = FloatVector.fromMemorySegment(FLOATS, rows, at, LE);
      product = row.fma(FloatVector.fromArray(FLOATS, query, j), product);
      squares = row.fma(row, squares);
    }
    float sum = product.reduceLanes(ADD);
    float square = squares.reduceLanes(ADD);
    for (; j < dim; j++, at += Float.BYTES) {
      float value = rows.get(FLOAT, at);
      sum = Math.fma(query[j], value, sum);
      square = Math.fma(value, value, square);
    }
    return square == 0 ? 0 : sum / (float) Math.sqrt(square);
  }

  @Override
  public void nearest(
      float[] rows,
      int count,
      int dim,
      float[] packed,
      float[] bias,
      int[] nearest,
      float[] scores) {
    int chunk = Math.min(NEAREST_CHUNK, count);
    var best = new float[(chunk + TILE_ROWS) * LANES];
    var places = new int[(chunk + TILE_ROWS) * LANES];
    var tile = new float[TILE_ROWS * CENTROIDS_PER_BLOCK];
    int blocks = bias.length / CENTROIDS_PER_BLOCK;
    for (int from = 0; from < count; from += chunk) {
      int to = Math.min(count, from + chunk);
      Arrays.fill(best, Float.NEGATIVE_INFINITY);
      for (int block = 0; block < blocks; block++) {
        for (int row = from; row < to; row += TILE_ROWS) {
          tileOf(rows, row, to - 1, dim, packed, block * CENTROIDS_PER_BLOCK * dim, tile);
          keepBest(tile, bias, block * CENTROIDS_PER_BLOCK, best, places, (row - from) * LANES);
        }
      }
      for (int row = from; row < to; row++) {
        int at = (row - from) * LANES;
        int lane = 0;
        for (int i = 1; i < LANES; i++) {
          if (best[at + i] > best[at + lane]) {
            lane = i;
          }
        }
        nearest[row] = places[at + lane] + lane;
        scores[row] = best[at + lane];
      }
    }
  }

  /// Products of six rows, the last one repeated where there are fewer, with one block of
  /// centroids.
  private static void tileOf(
      float[] rows, int row, int last, int dim, float[] packed, int block, float[] out) {
    int r0 = row * dim;
    int r1 = Math.min(row + 1, last) * dim;
    int r2 = Math.min(row + 2, last) * dim;
    int r3 = Math.min(row + 3, last) * dim;
    int r4 = Math.min(row + 4, last) * dim;
    int r5 = Math.min(row + 5, last) * dim;
    if (LANES == 16) {
      wideTile(rows, r0, r1, r2, r3, r4, r5, dim, packed, block, out);
    } else {
      for (int column = 0; column < CENTROIDS_PER_BLOCK; column += 2 * LANES) {
        narrowTile(rows, r0, r1, r2, r3, r4, r5, dim, packed, block + column, out, column);
      }
    }
  }

  /// Six rows by four registers: 24 accumulators of the 32 registers that 512-bit machines have.
  private static void wideTile(
      float[] rows,
      int r0,
      int r1,
      int r2,
      int r3,
      int r4,
      int r5,
      int dim,
      float[] packed,
      int at,
      float[] out) {
    var zero = FloatVector.zero(FLOATS);
    FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
    FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero;
    FloatVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
    FloatVector d0 = zero, d1 = zero, d2 = zero, d3 = zero;
    FloatVector e0 = zero, e1 = zero, e2 = zero, e3 = zero;
    FloatVector f0 = zero, f1 = zero, f2 = zero, f3 = zero;
    for (int j = 0; j < dim; j++, at += CENTROIDS_PER_BLOCK) {
      var p0 = FloatVector.fromArray(FLOATS, packed, at);
      var p1 = FloatVector.fromArray(FLOATS, packed, at + LANES);
      var p2 = FloatVector.fromArray(FLOATS, packed, at + 2 * LANES);
      var p3 = FloatVector.fromArray(FLOATS, packed, at + 3 * LANES);
      var x = FloatVector.broadcast(FLOATS, rows[r0 + j]);
      a0 = p0.fma(x, a0);
      a1 = p1.fma(x, a1);
      a2 = p2.fma(x, a2);
      a3 = p3.fma(x, a3);
      x = FloatVector.broadcast(FLOATS, rows[r1 + j]);
      b0 = p0.fma(x, b0);
      b1 = p1.fma(x, b1);
      b2 = p2.fma(x, b2);
      b3 = p3.fma(x, b3);
      x = FloatVector.broadcast(FLOATS, rows[r2 + j]);
      c0 = p0.fma(x, c0);
      c1 = p1.fma(x, c1);
      c2 = p2.fma(x, c2);
      c3 = p3.fma(x, c3);
      x = FloatVector.broadcast(FLOATS, rows[r3 + j]);
      d0 = p0.fma(x, d0);
      d1 = p1.fma(x, d1);
      d2 = p2.fma(x, d2);
      d3 = p3.fma(x, d3);
      x = FloatVector.broadcast(FLOATS, rows[r4 + j]);
      e0 = p0.fma(x, e0);
      e1 = p1.fma(x, e1);
      e2 = p2.fma(x, e2);
      e3 = p3.fma(x, e3);
      x = FloatVector.broadcast(FLOATS, rows[r5 + j]);
      f0 = p0.fma(x, f0);
      f1 = p1.fma(x, f1);
      f2 = p2.fma(x, f2);
      f3 = p3.fma(x, f3);
    }
    int row = CENTROIDS_PER_BLOCK;
    a0.intoArray(out, 0);
    a1.intoArray(out, LANES);
    a2.intoArray(out, 2 * LANES);
    a3.intoArray(out, 3 * LANES);
    b0.intoArray(out, row);
    b1.intoArray(out, row + LANES);
    b2.intoArray(out, row + 2 * LANES);
    b3.intoArray(out, row + 3 * LANES);
    c0.intoArray(out, 2 * row);
    c1.intoArray(out, 2 * row + LANES);
    c2.intoArray(out, 2 * row + 2 * LANES);
    c3.intoArray(out, 2 * row + 3 * LANES);
    d0.intoArray(out, 3 * row);
    d1.intoArray(out, 3 * row + LANES);
    d2.intoArray(out, 3 * row + 2 * LANES);
    d3.intoArray(out, 3 * row + 3 * LANES);
    e0.intoArray(out, 4 * row);
    e1.intoArray(out, 4 * row + LANES);
    e2.intoArray(out, 4 * row + 2 * LANES);
    e3.intoArray(out, 4 * row + 3 * LANES);
    f0.intoArray(out, 5 * row);
    f1.intoArray(out, 5 * row + LANES);
    f2.intoArray(out, 5 * row + 2 * LANES);
    f3.intoArray(out, 5 * row + 3 * LANES);
  }

  /// Six rows by two registers: 12 accumulators of the 16 registers that narrower machines have.
  private static void narrowTile(
      float[] rows,
      int r0,
      int r1,
      int r2,
      int r3,
      int r4,
      int r5,
      int dim,
      float[] packed,
      int at,
      float[] out,
      int column) {
    var zero = FloatVector.zero(FLOATS);
    FloatVector a0 = zero, a1 = zero, b0 = zero, b1 = zero, c0 = zero, c1 = zero;
    FloatVector d0 = zero, d1 = zero, e0 = zero, e1 = zero, f0 = zero, f1 = zero;
    for (int j = 0; j < dim; j++, at += CENTROIDS_PER_BLOCK) {
      var p0 = FloatVector.fromArray(FLOATS, packed, at);
      var p1 = FloatVector.fromArray(FLOATS, packed, at + LANES);
      var x = FloatVector.broadcast(FLOATS, rows[r0 + j]);
      a0 = p0.fma(x, a0);
      a1 = p1.fma(x, a1);
      x = FloatVector.broadcast(FLOATS, rows[r1 + j]);
      b0 = p0.fma(x, b0);
      b1 = p1.fma(x, b1);
      x = FloatVector.broadcast(FLOATS, rows[r2 + j]);
      c0 = p0.fma(x, c0);
      c1 = p1.fma(x, c1);
      x = FloatVector.broadcast(FLOATS, rows[r3 + j]);
      d0 = p0.fma(x, d0);
      d1 = p1.fma(x, d1);
      x = FloatVector.broadcast(FLOATS, rows[r4 + j]);
      e0 = p0.fma(x, e0);
      e1 = p1.fma(x, e1);
      x = FloatVector.broadcast(FLOATS, rows[r5 + j]);
      f0 = p0.fma(x, f0);
      f1 = p1.fma(x, f1);
    }
    int row = CENTROIDS_PER_BLOCK;
    a0.intoArray(out, column);
    a1.intoArray(out, column + LANES);
    b0.intoArray(out, row + column);
    b1.intoArray(out, row + column + LANES);
    c0.intoArray(out, 2 * row + column);
    c1.intoArray(out, 2 * row + column + LANES);
    d0.intoArray(out, 3 * row + column);
    d1.intoArray(out, 3 * row + column + LANES);
    e0.intoArray(out, 4 * row + column);
    e1.intoArray(out, 4 * row + column + LANES);
    f0.intoArray(out, 5 * row + column);
    f1.intoArray(out, 5 * row + column + LANES);
  }

  /// Folds a tile into the best score and the place of it that each lane of each row has seen.
  private static void keepBest(
      float[] tile, float[] bias, int block, float[] best, int[] places, int at) {
    for (int row = 0; row < TILE_ROWS; row++, at += LANES) {
      var score = FloatVector.fromArray(FLOATS, best, at);
      var place = IntVector.fromArray(INTS, places, at);
      for (int column = 0; column < CENTROIDS_PER_BLOCK; column += LANES) {
        var candidate =
            FloatVector.fromArray(FLOATS, tile, row * CENTROIDS_PER_BLOCK + column)
                .sub(FloatVector.fromArray(FLOATS, bias, block + column));
        VectorMask<Float> better = candidate.compare(GT, score);
        score = score.blend(candidate, better);
        place = place.blend(block + column, better.cast(INTS));
      }
      score.intoArray(best, at);
      place.intoArray(places, at);
    }
  }

  @Override
  public void packedScores(float[] query, float[] packed, float[] bias, float[] out) {
    int dim = query.length;
    for (int place = 0; place < bias.length; place += 2 * LANES) {
      int at =
          place / CENTROIDS_PER_BLOCK * CENTROIDS_PER_BLOCK * dim + place % CENTROIDS_PER_BLOCK;
      var first = FloatVector.zero(FLOATS);
      var second = FloatVector.zero(FLOATS);
      for (int j = 0; j < dim; j++, at += CENTROIDS_PER_BLOCK) {
        var x = FloatVector.broadcast(FLOATS, query[j]);
        first = FloatVector.fromArray(FLOATS, packed, at).fma(x, first);
        second = FloatVector.fromArray(FLOATS, packed, at + LANES).fma(x, second);
      }
      first.sub(FloatVector.fromArray(FLOATS, bias, place)).intoArray(out, place);
      second.sub(FloatVector.fromArray(FLOATS, bias, place + LANES)).intoArray(out, place + LANES);
    }
  }

  private static void checkLengths(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "vectors of one length are compared; got %d and %d dimensions"
              .formatted(a.length, b.length));
    }
  }

  @Override
  public int dot(byte[] a, byte[] b) {
    checkLengths(a, b);
    var sum = IntVector.zero(INTS);
    int i = 0;
    for (; i <= a.length - QUARTER.length(); i += LANES) {
      var x = (IntVector) ByteVector.fromArray(QUARTER, a, i).convertShape(B2I, INTS, 0);
      var y = (IntVector) ByteVector.fromArray(QUARTER, b, i).convertShape(B2I, INTS, 0);
      sum = sum.add(x.mul(y));
    }
    int total = sum.reduceLanes(ADD);
    for (; i < a.length; i++) {
      total += a[i] * b[i];
    }
    return total;
  }

  @Override
  public int squaredDistance(byte[] a, byte[] b) {
    checkLengths(a, b);
    var sum = IntVector.zero(INTS);
    int i = 0;
    for (; i <= a.length - QUARTER.length(); i += LANES) {
      var x = (IntVector) ByteVector.fromArray(QUARTER, a, i).convertShape(B2I, INTS, 0);
      var y = (IntVector) ByteVector.fromArray(QUARTER, b, i).convertShape(B2I, INTS, 0);
      var difference = x.sub(y);
      sum = sum.add(difference.mul(difference));
    }
    int total = sum.reduceLanes(ADD);
    for (; i < a.length; i++) {
      int difference = a[i] - b[i];
      total += difference * difference;
    }
    return total;
  }

  @Override
  public int hamming(byte[] a, byte[] b) {
    checkLengths(a, b);
    int differing = 0;
    int i = 0;
    // Eight bytes a step: one POPCNT of a long is as fast as what registers offer for rows of this
    // size.
    for (; i <= a.length - Long.BYTES; i += Long.BYTES) {
      differing += Long.bitCount((long) LONGS.get(a, i) ^ (long) LONGS.get(b, i));
    }
    for (; i < a.length; i++) {
      differing += Integer.bitCount((a[i] ^ b[i]) & 0xff);
    }
    return differing;
  }

  @Override
  public float jaccard(byte[] a, byte[] b) {
    checkLengths(a, b);
    int both = 0;
    int either = 0;
    int i = 0;
    for (; i <= a.length - Long.BYTES; i += Long.BYTES) {
      long x = (long) LONGS.get(a, i);
      long y = (long) LONGS.get(b, i);
      both += Long.bitCount(x & y);
      either += Long.bitCount(x | y);
    }
    for (; i < a.length; i++) {
      both += Integer.bitCount(a[i] & b[i] & 0xff);
      either += Integer.bitCount((a[i] | b[i]) & 0xff);
    }
    return either == 0 ? 0 : 1 - both / (float) either;
  }

  private static void checkLengths(byte[] a, byte[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "vectors of one length are compared; got %d and %d bytes".formatted(a.length, b.length));
    }
  }

  @Override
  public int tableBytes() {
    return LOOKUP_BYTES;
  }

  @Override
  public void quantiseTables(float[] values, float[] least, float scale, byte[] tables) {
    for (int table = 0; table < least.length; table++) {
      int at = table * LOOKUP_BYTES;
      // F2B goes through 32-bit numbers in registers too; a loop this simple is vectorised as it
      // stands.
      for (int i = 0; i < 16; i++) {
        tables[at + i] = (byte) (int) Math.fma(values[table * 16 + i] - least[table], scale, 0.5f);
      }
      for (int copy = at + 16; copy < at + LOOKUP_BYTES; copy += 16) {
        System.arraycopy(tables, at, tables, copy, 16);
      }
    }
  }

  @Override
  public void nibbleSums(
      MemorySegment codes, long offset, int rows, int planes, byte[] tables, short[] sums) {
    int row = 0;
    for (; row <= rows - BLOCK; row += BLOCK, offset += (long) BLOCK * planes) {
      if (LOOKUP_BYTES == BLOCK) {
        wideBlock(codes, offset, planes, tables, sums, row);
      } else {
        narrowBlock(codes, offset, planes, tables, sums, row);
      }
    }
    int width = rows - row;
    for (int sixteen = 0; sixteen < width; sixteen += 16) {
      partOfBlock(codes, offset + sixteen, width, planes, tables, sums, row, sixteen / 2);
    }
  }

  /// A whole block a plane: the sums of even and odd bytes apart, in 16 bits each. Adding whole
  /// shorts to `even` also adds
  /// the odd byte above the even one, which is what `odd` holds and is taken off at the end.
  private static void wideBlock(
      MemorySegment codes, long at, int planes, byte[] tables, short[] sums, int row) {
    var even = ShortVector.zero(ShortVector.SPECIES_512);
    var odd = ShortVector.zero(ShortVector.SPECIES_512);
    for (int plane = 0, table = 0; plane < planes; plane++, at += BLOCK, table += 2 * BLOCK) {
      var low = ByteVector.fromMemorySegment(ByteVector.SPECIES_512, codes, at, LE);
      var high = low.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes();
      var found =
          low.selectFrom(ByteVector.fromArray(ByteVector.SPECIES_512, tables, table))
              .add(
                  high.selectFrom(
                      ByteVector.fromArray(ByteVector.SPECIES_512, tables, table + BLOCK)))
              .reinterpretAsShorts();
      even = even.add(found);
      odd = odd.add(found.lanewise(LSHR, 8));
    }
    even.sub(odd.lanewise(LSHL, 8)).intoArray(sums, row);
    odd.intoArray(sums, row + BLOCK / 2);
  }

  /// The same in four parts that share the loads of the tables.
  private static void narrowBlock(
      MemorySegment codes, long at, int planes, byte[] tables, short[] sums, int row) {
    var zero = ShortVector.zero(ShortVector.SPECIES_128);
    ShortVector even0 = zero, even1 = zero, even2 = zero, even3 = zero;
    ShortVector odd0 = zero, odd1 = zero, odd2 = zero, odd3 = zero;
    for (int plane = 0, table = 0; plane < planes; plane++, at += BLOCK, table += 32) {
      var lowTable = ByteVector.fromArray(BYTES_16, tables, table);
      var highTable = ByteVector.fromArray(BYTES_16, tables, table + 16);
      var low = ByteVector.fromMemorySegment(BYTES_16, codes, at, LE);
      var high = low.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes();
      var found = low.selectFrom(lowTable).add(high.selectFrom(highTable)).reinterpretAsShorts();
      even0 = even0.add(found);
      odd0 = odd0.add(found.lanewise(LSHR, 8));
      low = ByteVector.fromMemorySegment(BYTES_16, codes, at + 16, LE);
      high = low.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes();
      found = low.selectFrom(lowTable).add(high.selectFrom(highTable)).reinterpretAsShorts();
      even1 = even1.add(found);
      odd1 = odd1.add(found.lanewise(LSHR, 8));
      low = ByteVector.fromMemorySegment(BYTES_16, codes, at + 32, LE);
      high = low.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes();
      found = low.selectFrom(lowTable).add(high.selectFrom(highTable)).reinterpretAsShorts();
      even2 = even2.add(found);
      odd2 = odd2.add(found.lanewise(LSHR, 8));
      low = ByteVector.fromMemorySegment(BYTES_16, codes, at + 48, LE);
      high = low.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes();
      found = low.selectFrom(lowTable).add(high.selectFrom(highTable)).reinterpretAsShorts();
      even3 = even3.add(found);
      odd3 = odd3.add(found.lanewise(LSHR, 8));
    }
    even0.sub(odd0.lanewise(LSHL, 8)).intoArray(sums, row);
    even1.sub(odd1.lanewise(LSHL, 8)).intoArray(sums, row + 8);
    even2.sub(odd2.lanewise(LSHL, 8)).intoArray(sums, row + 16);
    even3.sub(odd3.lanewise(LSHL, 8)).intoArray(sums, row + 24);
    odd0.intoArray(sums, row + 32);
    odd1.intoArray(sums, row + 40);
    odd2.intoArray(sums, row + 48);
    odd3.intoArray(sums, row + 56);
  }

  /// Sixteen bytes of each plane of a last, shorter block.
  private static void partOfBlock(
      MemorySegment codes,
      long at,
      int width,
      int planes,
      byte[] tables,
      short[] sums,
      int row,
      int column) {
    var even = ShortVector.zero(ShortVector.SPECIES_128);
    var odd = ShortVector.zero(ShortVector.SPECIES_128);
    for (int plane = 0, table = 0;
        plane < planes;
        plane++, at += width, table += 2 * LOOKUP_BYTES) {
      var low = ByteVector.fromMemorySegment(BYTES_16, codes, at, LE);
      var high = low.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes();
      var found =
          low.selectFrom(ByteVector.fromArray(BYTES_16, tables, table))
              .add(high.selectFrom(ByteVector.fromArray(BYTES_16, tables, table + LOOKUP_BYTES)))
              .reinterpretAsShorts();
      even = even.add(found);
      odd = odd.add(found.lanewise(LSHR, 8));
    }
    even.sub(odd.lanewise(LSHL, 8)).intoArray(sums, row + column);
    odd.intoArray(sums, row + width / 2 + column);
  }

  @Override
  public int below(short[] sums, int rows, int bound, int[] hits) {
    int count = 0;
    int row = 0;
    if (bound > 0 && bound < 1 << 16) {
      short limit = (short) bound;
      for (; row <= rows - SHORTS.length(); row += SHORTS.length()) {
        long mask = ShortVector.fromArray(SHORTS, sums, row).compare(ULT, limit).toLong();
        for (; mask != 0; mask &= mask - 1) {
          hits[count++] = row + Long.numberOfTrailingZeros(mask);
        }
      }
    }
    for (; row < rows; row++) {
      if (Short.toUnsignedInt(sums[row]) < bound) {
        hits[count++] = row;
      }
    }
    return count;
  }

  @Override
  public int below(
      short[] sums,
      int rows,
      float scale,
      float shift,
      MemorySegment slopes,
      long slopesAt,
      MemorySegment offsets,
      long offsetsAt,
      float bias,
      float bound,
      float[] distances,
      int[] hits) {
    boolean sloped = slopes.byteSize() > 0;
    boolean shifted = offsets.byteSize() > 0;
    var scales = FloatVector.broadcast(FLOATS, scale);
    var shifts = FloatVector.broadcast(FLOATS, shift);
    var biases = FloatVector.broadcast(FLOATS, bias);
    int count = 0;
    for (int row = 0; row < rows; row += LANES) {
      var sum =
          (IntVector) ShortVector.fromArray(HALF, sums, row).convertShape(ZERO_EXTEND_S2I, INTS, 0);
      var value = ((FloatVector) sum.convert(I2F, 0)).fma(scales, shifts);
      long at = (long) row * Float.BYTES;
      var distance =
          sloped
              ? value.fma(FloatVector.fromMemorySegment(FLOATS, slopes, slopesAt + at, LE), biases)
              : value.add(biases);
      if (shifted) {
        distance = distance.add(FloatVector.fromMemorySegment(FLOATS, offsets, offsetsAt + at, LE));
      }
      distance.intoArray(distances, row);
      for (long mask = distance.compare(LT, bound).toLong(); mask != 0; mask &= mask - 1) {
        int hit = row + Long.numberOfTrailingZeros(mask);
        if (hit < rows) {
          hits[count++] = hit;
        }
      }
    }
    return count;
  }

  @Override
  public void byteDots(float[] query, MemorySegment codes, long offset, int rows, float[] out) {
    for (int block = 0; block < rows; block += BLOCK) {
      int width = Math.min(BLOCK, rows - block);
      for (int column = 0; column < width; column += 16) {
        sixteenByteDots(query, codes, offset + column, width, out, block + column);
      }
      offset += (long) width * query.length;
    }
  }

  private static void sixteenByteDots(
      float[] query, MemorySegment codes, long at, int width, float[] out, int row) {
    if (LANES == 16) {
      var sum = FloatVector.zero(FLOATS);
      for (int j = 0; j < query.length; j++, at += width) {
        var code =
            (IntVector)
                ByteVector.fromMemorySegment(BYTES_16, codes, at, LE)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0);
        sum =
            ((FloatVector) code.convert(I2F, 0)).fma(FloatVector.broadcast(FLOATS, query[j]), sum);
      }
      sum.intoArray(out, row);
    } else if (LANES == 8) {
      var first = FloatVector.zero(FLOATS);
      var second = FloatVector.zero(FLOATS);
      for (int j = 0; j < query.length; j++, at += width) {
        var x = FloatVector.broadcast(FLOATS, query[j]);
        var low =
            (IntVector)
                ByteVector.fromMemorySegment(ByteVector.SPECIES_64, codes, at, LE)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0);
        var high =
            (IntVector)
                ByteVector.fromMemorySegment(ByteVector.SPECIES_64, codes, at + 8, LE)
                    .convertShape(ZERO_EXTEND_B2I, INTS, 0);
        first = ((FloatVector) low.convert(I2F, 0)).fma(x, first);
        second = ((FloatVector) high.convert(I2F, 0)).fma(x, second);
      }
      first.intoArray(out, row);
      second.intoArray(out, row + 8);
    } else {
      for (int column = 0; column < 16; column += 4) {
        var sum = FloatVector.zero(FLOATS);
        long from = at + (column & ~7);
        for (int j = 0; j < query.length; j++, from += width) {
          var code =
              (IntVector)
                  ByteVector.fromMemorySegment(ByteVector.SPECIES_64, codes, from, LE)
                      .convertShape(ZERO_EXTEND_B2I, INTS, column / 4 % 2);
          sum =
              ((FloatVector) code.convert(I2F, 0))
                  .fma(FloatVector.broadcast(FLOATS, query[j]), sum);
        }
        sum.intoArray(out, row + column);
      }
    }
  }
}
