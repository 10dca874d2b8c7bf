package dev.aerie.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PanamaKernelsTest {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Kernels panama = PanamaKernels.WIDEST;
  private final Kernels scalar = new ScalarKernels();
  private final SplittableRandom random = new SplittableRandom(20_261_124);

  static IntStream dims() {
    return IntStream.concat(
        IntStream.rangeClosed(1, 20),
        IntStream.of(31, 32, 33, 47, 63, 64, 65, 100, 127, 128, 384, 769));
  }

  private float[] floats(int count) {
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private byte[] bytes(int count) {
    var values = new byte[count];
    random.nextBytes(values);
    return values;
  }

  private static void assertNear(float[] expected, float[] actual, int count) {
    for (int i = 0; i < count; i++) {
      assertEquals(expected[i], actual[i], 1e-4f * Math.max(1, Math.abs(expected[i])), "at " + i);
    }
  }

  @Test
  void runsOnVectorRegisters() {
    assertTrue(panama.width() >= 128, () -> "width is " + panama.width());
    assertEquals(0, scalar.width());
  }

  @ParameterizedTest
  @MethodSource("dims")
  void comparesTwoVectorsAsTheReferenceDoes(int dim) {
    var a = floats(dim);
    var b = floats(dim);
    assertEquals(scalar.dot(a, b), panama.dot(a, b), 1e-3f);
    assertEquals(scalar.squaredDistance(a, b), panama.squaredDistance(a, b), 1e-3f);
    var c = bytes(dim);
    var d = bytes(dim);
    assertEquals(scalar.dot(c, d), panama.dot(c, d));
    assertEquals(scalar.squaredDistance(c, d), panama.squaredDistance(c, d));
    assertEquals(scalar.cosine(c, d), panama.cosine(c, d));
    assertEquals(scalar.hamming(c, d), panama.hamming(c, d));
    assertEquals(scalar.jaccard(c, d), panama.jaccard(c, d));
  }

  @ParameterizedTest
  @MethodSource("dims")
  void comparesRowsOfMappedAndHeapMemoryAsTheReferenceDoes(int dim) {
    int count = 37;
    var values = floats(count * dim);
    var query = floats(dim);
    try (var arena = Arena.ofConfined()) {
      // One byte in, so that no row is aligned.
      var shifted = arena.allocate(1 + 4L * values.length, 1).asSlice(1);
      MemorySegment.copy(values, 0, shifted, FLOAT, 0, values.length);
      for (var rows : new MemorySegment[] {MemorySegment.ofArray(values), shifted}) {
        var expected = new float[count];
        var actual = new float[count];
        long offset = 4L * dim;
        scalar.dots(query, rows, offset, count - 1, expected);
        panama.dots(query, rows, offset, count - 1, actual);
        assertNear(expected, actual, count - 1);
        scalar.squaredDistances(query, rows, offset, count - 1, expected);
        panama.squaredDistances(query, rows, offset, count - 1, actual);
        assertNear(expected, actual, count - 1);
        scalar.cosines(query, rows, offset, count - 1, expected);
        panama.cosines(query, rows, offset, count - 1, actual);
        assertNear(expected, actual, count - 1);
        int[] numbers = {36, 0, 5, 5, 17};
        scalar.dots(query, rows, numbers, 5, expected);
        panama.dots(query, rows, numbers, 5, actual);
        assertNear(expected, actual, 5);
        scalar.squaredDistances(query, rows, numbers, 5, expected);
        panama.squaredDistances(query, rows, numbers, 5, actual);
        assertNear(expected, actual, 5);
        scalar.cosines(query, rows, numbers, 5, expected);
        panama.cosines(query, rows, numbers, 5, actual);
        assertNear(expected, actual, 5);
      }
    }
  }

  @Test
  void aRowWithoutLengthHasCosineZero() {
    var out = new float[] {7};
    panama.cosines(floats(33), MemorySegment.ofArray(new float[33]), 0, 1, out);
    assertEquals(0, out[0]);
  }

  @ParameterizedTest
  @MethodSource("dims")
  void findsTheNearestCentroidOfEachRow(int dim) {
    for (int count : new int[] {1, 5, 6, 7, 200}) {
      int places = 128;
      var rows = floats(count * dim);
      var packed = floats(places * dim);
      var bias = floats(places);
      Arrays.fill(bias, 100, places, Float.POSITIVE_INFINITY);
      var expected = new int[count];
      var actual = new int[count];
      var expectedScores = new float[count];
      var scores = new float[count];
      scalar.nearest(rows, count, dim, packed, bias, expected, expectedScores);
      panama.nearest(rows, count, dim, packed, bias, actual, scores);
      assertNear(expectedScores, scores, count);
      for (int place : actual) {
        assertTrue(place < 100);
      }
      var query = Arrays.copyOf(rows, dim);
      var expectedAll = new float[places];
      var all = new float[places];
      scalar.packedScores(query, packed, bias, expectedAll);
      panama.packedScores(query, packed, bias, all);
      assertNear(expectedAll, all, 100);
      assertEquals(scores[0], all[actual[0]], 1e-3f);
    }
  }

  @ParameterizedTest
  @MethodSource("dims")
  void addsWhatTheTablesSayOfEachCode(int planes) {
    var values = new float[2 * planes * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(20_000 / planes);
    }
    var least = new float[2 * planes];
    float scale = Math.min(127f / (20_000f / planes), 1);
    var expectedTables = new byte[2 * planes * scalar.tableBytes()];
    var tables = new byte[2 * planes * panama.tableBytes()];
    scalar.quantiseTables(values, least, scale, expectedTables);
    panama.quantiseTables(values, least, scale, tables);
    for (int rows : new int[] {16, 32, 48, 64, 80, 192, 240}) {
      var codes = MemorySegment.ofArray(bytes(7 + rows * planes));
      var expected = new short[rows];
      var sums = new short[rows];
      scalar.nibbleSums(codes, 7, rows, planes, expectedTables, expected);
      panama.nibbleSums(codes, 7, rows, planes, tables, sums);
      assertArrayEquals(expected, sums, "rows " + rows);
    }
  }

  @Test
  void addsTheGreatestEntriesWithoutOverflow() {
    int planes = 256;
    var values = new float[2 * planes * 16];
    Arrays.fill(values, 127);
    var tables = new byte[2 * planes * panama.tableBytes()];
    panama.quantiseTables(values, new float[2 * planes], 1, tables);
    var sums = new short[64];
    panama.nibbleSums(MemorySegment.ofArray(bytes(64 * planes)), 0, 64, planes, tables, sums);
    for (short sum : sums) {
      assertEquals(127 * 512, Short.toUnsignedInt(sum));
    }
  }

  @Test
  void findsTheSumsBelowABound() {
    int rows = 203;
    var sums = new short[240];
    for (int i = 0; i < rows; i++) {
      sums[i] = (short) random.nextInt(1 << 16);
    }
    for (int bound : new int[] {-1, 0, 1, 20_000, 40_000, 65_535, 65_536, Integer.MAX_VALUE}) {
      var expected = new int[rows];
      var hits = new int[rows];
      int count = scalar.below(sums, rows, bound, expected);
      assertEquals(count, panama.below(sums, rows, bound, hits));
      assertArrayEquals(expected, hits);
    }
  }

  @Test
  void findsTheDistancesBelowABound() {
    int rows = 203;
    var sums = new short[240];
    for (int i = 0; i < rows; i++) {
      sums[i] = (short) random.nextInt(1 << 16);
    }
    var numbers = MemorySegment.ofArray(floats(rows + 40));
    var none = MemorySegment.NULL;
    for (var slopes : new MemorySegment[] {none, numbers}) {
      for (var offsets : new MemorySegment[] {none, numbers}) {
        for (float bound : new float[] {Float.NEGATIVE_INFINITY, 0.3f, Float.POSITIVE_INFINITY}) {
          var expected = new float[240];
          var distances = new float[240];
          var expectedHits = new int[240];
          var hits = new int[240];
          int count =
              scalar.below(
                  sums, rows, 1e-4f, -2, slopes, 4, offsets, 8, 1, bound, expected, expectedHits);
          assertEquals(
              count,
              panama.below(
                  sums, rows, 1e-4f, -2, slopes, 4, offsets, 8, 1, bound, distances, hits));
          assertArrayEquals(expectedHits, hits);
          assertNear(expected, distances, rows);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dims")
  void multipliesBytesAsTheReferenceDoes(int dim) {
    for (int rows : new int[] {16, 48, 64, 112}) {
      var codes = MemorySegment.ofArray(bytes(3 + rows * dim));
      var query = floats(dim);
      var expected = new float[rows];
      var out = new float[rows];
      scalar.byteDots(query, codes, 3, rows, expected);
      panama.byteDots(query, codes, 3, rows, out);
      assertNear(expected, out, rows);
    }
  }

  @Test
  void refusesVectorsOfTwoLengths() {
    assertThrows(IllegalArgumentException.class, () -> panama.dot(new float[3], new float[4]));
    assertThrows(IllegalArgumentException.class, () -> panama.dot(new byte[3], new byte[4]));
  }
}
