package dev.aerie.kernel;

import java.lang.foreign.MemorySegment;

/// The inner loops over vectors, each a pure function: no state, no allocation, safe from any
/// thread.
///
/// Rows lie one after the other in a segment as little-endian floats, `4 × dim` bytes each, at any
/// alignment; `dim` is
/// the length of the query. Offsets are in bytes, row numbers count from the start of the segment.
public sealed interface Kernels permits ScalarKernels, PanamaKernels {

  /// Centroids of one block of the packed layout of [#nearest].
  int CENTROIDS_PER_BLOCK = 64;

  /// Bits of the vector registers used; 0 where none are.
  int width();

  /// @throws IllegalArgumentException if the lengths differ
  float dot(float[] a, float[] b);

  /// @throws IllegalArgumentException if the lengths differ
  float squaredDistance(float[] a, float[] b);

  /// `out[i] = <query, row i>` for `count` rows from byte `offset` on.
  void dots(float[] query, MemorySegment rows, long offset, int count, float[] out);

  /// `out[i] = |query - row i|²` for `count` rows from byte `offset` on.
  void squaredDistances(float[] query, MemorySegment rows, long offset, int count, float[] out);

  /// `out[i] = <query, row i> / |row i|`, 0 for a row without length; the cosine if the query has
  /// length 1.
  void cosines(float[] query, MemorySegment rows, long offset, int count, float[] out);

  /// As [#dots(float[], MemorySegment, long, int, float[])] for the rows `numbers[0 … count)`.
  void dots(float[] query, MemorySegment rows, int[] numbers, int count, float[] out);

  /// As [#squaredDistances(float[], MemorySegment, long, int, float[])] for the rows `numbers[0 …
  /// count)`.
  void squaredDistances(float[] query, MemorySegment rows, int[] numbers, int count, float[] out);

  /// As [#cosines(float[], MemorySegment, long, int, float[])] for the rows `numbers[0 … count)`.
  void cosines(float[] query, MemorySegment rows, int[] numbers, int count, float[] out);

  /// The nearest centroid of each row: that with the largest `<row, c> - bias(c)`, which with half
  /// the squared length of
  /// the centroid as bias is the one at the smallest Euclidean distance. Of equals any may be
  /// taken.
  ///
  /// @param rows `count × dim`, row-major
  /// @param packed centroids in blocks of [#CENTROIDS_PER_BLOCK], within a block dimension-major
  /// @param bias one number for each place in `packed`, very large where there is no centroid
  /// @param nearest receives the place of the nearest centroid of each row
  /// @param scores receives its `<row, c> - bias(c)`
  void nearest(
      float[] rows,
      int count,
      int dim,
      float[] packed,
      float[] bias,
      int[] nearest,
      float[] scores);

  /// `out[p] = <query, centroid p> - bias[p]` for every place of the packed layout of [#nearest].
  void packedScores(float[] query, float[] packed, float[] bias, float[] out);

  /// The inner product of numbers in [-128, 127].
  ///
  /// @throws IllegalArgumentException if the lengths differ
  int dot(byte[] a, byte[] b);

  /// The squared distance of numbers in [-128, 127].
  ///
  /// @throws IllegalArgumentException if the lengths differ
  int squaredDistance(byte[] a, byte[] b);

  /// The cosine of numbers in [-128, 127]; 0 where a vector has no length.
  ///
  /// @throws IllegalArgumentException if the lengths differ
  default float cosine(byte[] a, byte[] b) {
    double squares = (double) dot(a, a) * dot(b, b);
    return squares == 0 ? 0 : (float) (dot(a, b) / Math.sqrt(squares));
  }

  /// The number of bits that differ.
  ///
  /// @throws IllegalArgumentException if the lengths differ
  int hamming(byte[] a, byte[] b);

  /// One less the share of bits set in both among those set in either; 0 where none is set in
  /// either.
  ///
  /// @throws IllegalArgumentException if the lengths differ
  float jaccard(byte[] a, byte[] b);
}
