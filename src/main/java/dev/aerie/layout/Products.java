package dev.aerie.layout;

import java.util.Arrays;

/// Inner products of one row with a block of rows, in a shape the compiler vectorises by itself:
/// the block lies dimension by dimension and the inner loop runs over its rows.
final class Products {
  private Products() {}

  /// Lays rows out in blocks of `block`, within a block dimension-major; the last block is filled
  /// with zeros.
  ///
  /// @param packed receives `⌈count / block⌉ × block × dim`
  static void pack(Points rows, int block, float[] packed) {
    int dim = rows.dim();
    var values = rows.values();
    for (int start = 0; start < rows.count(); start += block) {
      int count = Math.min(block, rows.count() - start);
      int base = start * dim;
      for (int row = 0; row < count; row++) {
        int from = (start + row) * dim;
        for (int d = 0; d < dim; d++) {
          packed[base + d * block + row] = values[from + d];
        }
      }
    }
  }

  /// `out[i] = <query, row i>` for the `block` rows packed from `offset` on.
  static void of(
      float[] query, int at, int dim, float[] packed, int offset, int block, float[] out) {
    Arrays.fill(out, 0, block, 0);
    int d = 0;
    for (; d + 4 <= dim; d += 4) {
      addFour(query, at + d, packed, offset + d * block, block, out);
    }
    for (; d < dim; d++) {
      float q = query[at + d];
      int from = offset + d * block;
      for (int i = 0; i < block; i++) {
        out[i] = Math.fma(q, packed[from + i], out[i]);
      }
    }
  }

  private static void addFour(
      float[] query, int at, float[] packed, int from, int block, float[] out) {
    float q0 = query[at];
    float q1 = query[at + 1];
    float q2 = query[at + 2];
    float q3 = query[at + 3];
    int second = from + block;
    int third = second + block;
    int fourth = third + block;
    for (int i = 0; i < block; i++) {
      float sum = Math.fma(q0, packed[from + i], out[i]);
      sum = Math.fma(q1, packed[second + i], sum);
      sum = Math.fma(q2, packed[third + i], sum);
      out[i] = Math.fma(q3, packed[fourth + i], sum);
    }
  }
}
