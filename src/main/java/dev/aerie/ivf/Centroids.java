package dev.aerie.ivf;

import static dev.aerie.kernel.Kernels.CENTROIDS_PER_BLOCK;

import dev.aerie.engine.Progress;
import dev.aerie.kernel.Kernels;
import dev.aerie.kernel.PanamaKernels;
import java.util.Arrays;

/// Centroids laid out for the kernels: blocks of [Kernels#CENTROIDS_PER_BLOCK], dimension-major
/// within a block, with half
/// of each squared length beside, so that `<x, c> - |c|²/2` is largest at the nearest centroid.
///
/// @param packed the blocks; places beyond `count` are zeros
/// @param halfSquares one for each place, infinite beyond `count`
@SuppressWarnings("ArrayRecordComponent") // never compared; arrays are what loops read
public record Centroids(int count, int dim, float[] packed, float[] halfSquares) {

  private static final int CHUNK = 1536;

  /// @param centroids `count × dim`, row-major; read only
  public static Centroids of(float[] centroids, int count, int dim) {
    int blocks = (count + CENTROIDS_PER_BLOCK - 1) / CENTROIDS_PER_BLOCK;
    var packed = new float[Math.multiplyExact(blocks * CENTROIDS_PER_BLOCK, dim)];
    var halfSquares = new float[blocks * CENTROIDS_PER_BLOCK];
    Arrays.fill(halfSquares, Float.POSITIVE_INFINITY);
    for (int i = 0; i < count; i++) {
      int at = i / CENTROIDS_PER_BLOCK * CENTROIDS_PER_BLOCK * dim + i % CENTROIDS_PER_BLOCK;
      float square = 0;
      for (int j = 0; j < dim; j++) {
        float value = centroids[i * dim + j];
        packed[at + j * CENTROIDS_PER_BLOCK] = value;
        square = Math.fma(value, value, square);
      }
      halfSquares[i] = square / 2;
    }
    return new Centroids(count, dim, packed, halfSquares);
  }

  /// Copies centroid `number` to `out[at … at + dim)`.
  void copy(int number, float[] out, int at) {
    int from =
        number / CENTROIDS_PER_BLOCK * CENTROIDS_PER_BLOCK * dim + number % CENTROIDS_PER_BLOCK;
    for (int j = 0; j < dim; j++) {
      out[at + j] = packed[from + j * CENTROIDS_PER_BLOCK];
    }
  }

  /// The centroids as `count × dim`, row-major.
  public float[] toRows() {
    var rows = new float[count * dim];
    for (int i = 0; i < count; i++) {
      copy(i, rows, i * dim);
    }
    return rows;
  }

  /// The nearest centroid of each of the rows, by Euclidean distance.
  ///
  /// @param assigned receives `rows.count` numbers of centroids
  public void assign(Rows rows, int[] assigned, Workers workers, Progress progress) {
    workers.each(
        rows.count(),
        chunk(dim),
        progress,
        (from, to) -> {
          var values = new float[(to - from) * dim];
          var nearest = new int[to - from];
          rows.copy(from, to, values);
          PanamaKernels.WIDEST.nearest(
              values, to - from, dim, packed, halfSquares, nearest, new float[to - from]);
          System.arraycopy(nearest, 0, assigned, from, to - from);
        });
  }

  /// Rows of one step, fewer of many dimensions, so that a cancel is answered soon.
  static int chunk(int dim) {
    return Math.max(48, Math.min(CHUNK, (1 << 18) / dim));
  }
}
