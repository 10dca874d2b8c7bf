package dev.aerie.layout;

import dev.aerie.kernel.Kernels;
import dev.aerie.kernel.PanamaKernels;

/// Rows in blocks that stay in a core's cache while many queries are compared with them, each block
/// laid out for [Kernels#packedScores].
final class PackedRows {
  /// Rows of a block: 256 KB at 256 dimensions.
  static final int BLOCK = 4 * Kernels.CENTROIDS_PER_BLOCK;

  private static final int LANES = Kernels.CENTROIDS_PER_BLOCK;
  private static final float[] NO_BIAS = new float[BLOCK];

  private final float[][] blocks;
  private final int count;

  private PackedRows(float[][] blocks, int count) {
    this.blocks = blocks;
    this.count = count;
  }

  static PackedRows of(Points rows) {
    int dim = rows.dim();
    var values = rows.values();
    var blocks = new float[(rows.count() + BLOCK - 1) / BLOCK][BLOCK * dim];
    for (int row = 0; row < rows.count(); row++) {
      var block = blocks[row / BLOCK];
      int place = row % BLOCK;
      int at = place / LANES * LANES * dim + place % LANES;
      for (int d = 0; d < dim; d++) {
        block[at + d * LANES] = values[row * dim + d];
      }
    }
    return new PackedRows(blocks, rows.count());
  }

  int blocks() {
    return blocks.length;
  }

  /// Rows of a block, fewer than [#BLOCK] only in the last.
  int rows(int block) {
    return Math.min(BLOCK, count - block * BLOCK);
  }

  /// `out[i] = <query, row i of the block>`.
  ///
  /// @param out of [#BLOCK] places; those beyond the rows are not to be read
  void products(float[] query, int block, float[] out) {
    PanamaKernels.WIDEST.packedScores(query, blocks[block], NO_BIAS, out);
  }
}
