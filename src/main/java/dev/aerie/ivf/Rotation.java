package dev.aerie.ivf;

import java.util.SplittableRandom;

/// A rotation that is as good as random and takes `dim · ln dim` steps: in each of three rounds
/// signs are flipped and a
/// Walsh-Hadamard transform mixes the first, then the last `2^k` dimensions, the largest power of
/// two there is room for.
///
/// Signs are worth most where a row's length is spread evenly over its dimensions, which this sees
/// to whatever the rows
/// are. The rotation of a seed never changes: it is part of what is on disk.
final class Rotation {
  private static final int ROUNDS = 3;

  private final int dim;
  private final int block;
  private final float scale;
  private final boolean[][] flips = new boolean[ROUNDS][];

  Rotation(int dim, long seed) {
    this.dim = dim;
    block = Integer.highestOneBit(dim);
    scale = (float) (1 / Math.sqrt(block));
    var random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      flips[round] = new boolean[dim];
      for (int j = 0; j < dim; j++) {
        flips[round][j] = random.nextBoolean();
      }
    }
  }

  /// Rotates `values[0 … dim)` in place; lengths and inner products stay.
  void apply(float[] values) {
    for (var flip : flips) {
      for (int j = 0; j < dim; j++) {
        values[j] = flip[j] ? -values[j] : values[j];
      }
      transform(values, 0);
      if (block < dim) {
        transform(values, dim - block);
      }
    }
  }

  private void transform(float[] values, int from) {
    for (int half = 1; half < block; half *= 2) {
      for (int pair = from; pair < from + block; pair += 2 * half) {
        for (int j = pair; j < pair + half; j++) {
          float sum = values[j] + values[j + half];
          values[j + half] = values[j] - values[j + half];
          values[j] = sum;
        }
      }
    }
    for (int j = from; j < from + block; j++) {
      values[j] *= scale;
    }
  }
}
