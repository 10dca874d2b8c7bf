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

  /// Bytes of one lookup table of [#nibbleSums]; its 16 entries stand in them as often as they fit.
  int tableBytes();

  /// Tables for [#nibbleSums]: each entry less the least of its table, times `scale`, rounded.
  ///
  /// @param values 16 numbers for each of `least.length` tables
  /// @param least the least of each table; `scale × (greatest - least)` is at most 127
  void quantiseTables(float[] values, float[] least, float scale, byte[] tables);

  /// Looks up every code of packed rows and adds: `sums[row] = Σ tables[code]`, as unsigned 16-bit
  /// numbers.
  ///
  /// Rows come in blocks of 64, the last one shorter by whole sixteens. A block of `w` rows is
  /// `planes` times `w` bytes; a
  /// byte holds two codes, that of table `2 × plane` in its low half, and belongs to the row at
  /// half its position, odd
  /// positions counting from `w / 2`. So every width of register stores its sums in the order of
  /// the rows.
  ///
  /// @param rows a multiple of 16
  /// @param tables of [#quantiseTables]; their sum is below 65536
  void nibbleSums(
      MemorySegment codes, long offset, int rows, int planes, byte[] tables, short[] sums);

  /// The rows whose sum, as an unsigned number, is below `bound`.
  ///
  /// @param hits receives their numbers, ascending
  /// @return how many
  int below(short[] sums, int rows, int bound, int[] hits);

  /// The rows whose distance `bias + slope[row] × (scale × sum + shift) + offset[row]` is below
  /// `bound`.
  ///
  /// @param slopes floats from byte `slopesAt` on, readable for whole registers beyond `rows`;
  ///     empty for all 1
  /// @param offsets floats from byte `offsetsAt` on, likewise; empty for all 0
  /// @param distances receives all of them, rounded up to whole registers
  /// @return how many stand in `hits`
  int below(
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
      int[] hits);

  /// `out[row] = Σ query[j] × code[row][j]` for rows of unsigned bytes in the blocks of
  /// [#nibbleSums], one plane for each
  /// dimension and rows in their order.
  ///
  /// @param rows a multiple of 16
  void byteDots(float[] query, MemorySegment codes, long offset, int rows, float[] out);
}
