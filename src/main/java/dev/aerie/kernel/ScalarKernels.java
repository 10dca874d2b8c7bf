package dev.aerie.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The reference: each loop as its definition reads, one number after the other.
public final class ScalarKernels implements Kernels {

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public int width() {
    return 0;
  }

  @Override
  public float dot(float[] a, float[] b) {
    checkLengths(a, b);
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum = Math.fma(a[i], b[i], sum);
    }
    return sum;
  }

  @Override
  public float squaredDistance(float[] a, float[] b) {
    checkLengths(a, b);
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      float difference = a[i] - b[i];
      sum = Math.fma(difference, difference, sum);
    }
    return sum;
  }

  @Override
  public void dots(float[] query, MemorySegment rows, long offset, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = dot(query, rows, offset + i * rowBytes(query));
    }
  }

  @Override
  public void squaredDistances(
      float[] query, MemorySegment rows, long offset, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = squaredDistance(query, rows, offset + i * rowBytes(query));
    }
  }

  @Override
  public void cosines(float[] query, MemorySegment rows, long offset, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = cosine(query, rows, offset + i * rowBytes(query));
    }
  }

  @Override
  public void dots(float[] query, MemorySegment rows, int[] numbers, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = dot(query, rows, numbers[i] * rowBytes(query));
    }
  }

  @Override
  public void squaredDistances(
      float[] query, MemorySegment rows, int[] numbers, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = squaredDistance(query, rows, numbers[i] * rowBytes(query));
    }
  }

  @Override
  public void cosines(float[] query, MemorySegment rows, int[] numbers, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = cosine(query, rows, numbers[i] * rowBytes(query));
    }
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
    for (int row = 0; row < count; row++) {
      scores[row] = Float.NEGATIVE_INFINITY;
      for (int place = 0; place < bias.length; place++) {
        float score = packedDot(rows, row * dim, dim, packed, place) - bias[place];
        if (score > scores[row]) {
          scores[row] = score;
          nearest[row] = place;
        }
      }
    }
  }

  @Override
  public void packedScores(float[] query, float[] packed, float[] bias, float[] out) {
    for (int place = 0; place < bias.length; place++) {
      out[place] = packedDot(query, 0, query.length, packed, place) - bias[place];
    }
  }

  private static float packedDot(float[] row, int from, int dim, float[] packed, int place) {
    int at = place / CENTROIDS_PER_BLOCK * CENTROIDS_PER_BLOCK * dim + place % CENTROIDS_PER_BLOCK;
    float sum = 0;
    for (int j = 0; j < dim; j++) {
      sum = Math.fma(row[from + j], packed[at + j * CENTROIDS_PER_BLOCK], sum);
    }
    return sum;
  }

  private static long rowBytes(float[] query) {
    return (long) query.length * Float.BYTES;
  }

  private static float dot(float[] query, MemorySegment rows, long at) {
    float sum = 0;
    for (int j = 0; j < query.length; j++) {
      sum = Math.fma(query[j], rows.get(FLOAT, at + (long) j * Float.BYTES), sum);
    }
    return sum;
  }

  private static float squaredDistance(float[] query, MemorySegment rows, long at) {
    float sum = 0;
    for (int j = 0; j < query.length; j++) {
      float difference = query[j] - rows.get(FLOAT, at + (long) j * Float.BYTES);
      sum = Math.fma(difference, difference, sum);
    }
    return sum;
  }

  private static float cosine(float[] query, MemorySegment rows, long at) {
    float sum = 0;
    float square = 0;
    for (int j = 0; j < query.length; j++) {
      float value = rows.get(FLOAT, at + (long) j * Float.BYTES);
      sum = Math.fma(query[j], value, sum);
      square = Math.fma(value, value, square);
    }
    return square == 0 ? 0 : sum / (float) Math.sqrt(square);
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
    int sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public int squaredDistance(byte[] a, byte[] b) {
    checkLengths(a, b);
    int sum = 0;
    for (int i = 0; i < a.length; i++) {
      int difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public int hamming(byte[] a, byte[] b) {
    checkLengths(a, b);
    int differing = 0;
    for (int i = 0; i < a.length; i++) {
      differing += Integer.bitCount((a[i] ^ b[i]) & 0xff);
    }
    return differing;
  }

  @Override
  public float jaccard(byte[] a, byte[] b) {
    checkLengths(a, b);
    int both = 0;
    int either = 0;
    for (int i = 0; i < a.length; i++) {
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
    return 16;
  }

  @Override
  public void quantiseTables(float[] values, float[] least, float scale, byte[] tables) {
    for (int i = 0; i < least.length * 16; i++) {
      tables[i] = (byte) (int) Math.fma(values[i] - least[i / 16], scale, 0.5f);
    }
  }

  @Override
  public void nibbleSums(
      MemorySegment codes, long offset, int rows, int planes, byte[] tables, short[] sums) {
    for (int row = 0; row < rows; row++) {
      int block = row / 64 * 64;
      int width = Math.min(64, rows - block);
      int half = width / 2;
      int inBlock = row - block;
      int position = inBlock < half ? 2 * inBlock : 2 * (inBlock - half) + 1;
      long at = offset + (long) block * planes + position;
      int sum = 0;
      for (int plane = 0; plane < planes; plane++) {
        int code = codes.get(ValueLayout.JAVA_BYTE, at + (long) plane * width) & 0xff;
        sum += tables[plane * 32 + (code & 15)] + tables[plane * 32 + 16 + (code >> 4)];
      }
      sums[row] = (short) sum;
    }
  }

  @Override
  public int below(short[] sums, int rows, int bound, int[] hits) {
    int count = 0;
    for (int row = 0; row < rows; row++) {
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
    int count = 0;
    for (int row = 0; row < rows; row++) {
      float value = Math.fma(Short.toUnsignedInt(sums[row]), scale, shift);
      float slope =
          slopes.byteSize() == 0 ? 1 : slopes.get(FLOAT, slopesAt + (long) row * Float.BYTES);
      float distance = Math.fma(value, slope, bias);
      if (offsets.byteSize() > 0) {
        distance += offsets.get(FLOAT, offsetsAt + (long) row * Float.BYTES);
      }
      distances[row] = distance;
      if (distance < bound) {
        hits[count++] = row;
      }
    }
    return count;
  }

  @Override
  public void byteDots(float[] query, MemorySegment codes, long offset, int rows, float[] out) {
    for (int row = 0; row < rows; row++) {
      int block = row / 64 * 64;
      int width = Math.min(64, rows - block);
      long at = offset + (long) block * query.length + (row - block);
      float sum = 0;
      for (int j = 0; j < query.length; j++) {
        int code = codes.get(ValueLayout.JAVA_BYTE, at + (long) j * width) & 0xff;
        sum = Math.fma(query[j], code, sum);
      }
      out[row] = sum;
    }
  }
}
