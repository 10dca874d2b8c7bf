package dev.aerie.ivf;

import dev.aerie.kernel.Measure;
import java.util.Arrays;

/// One bit a dimension: the signs of the rotated residual (RaBitQ; Gao and Long, "RaBitQ:
/// Quantizing high-dimensional
/// vectors with a theoretical error bound for approximate nearest neighbor search", 2024).
///
/// `<q, r>` is estimated as the paper does, by the product with the signs over the product of the
/// residual with its own
/// signs. Unlike it, the query stays at 7 bits a table entry instead of 4 bits a dimension, since
/// four signs at a time are
/// looked up in the same tables product codes use.
public final class SignCoder implements Coder {
  private static final long SEED = 0x5eed;
  private static final int GROUP = 4;

  private final int dim;
  private final Measure measure;
  private final Rotation rotation;

  private SignCoder(int dim, Measure measure) {
    this.dim = dim;
    this.measure = measure;
    rotation = new Rotation(dim, SEED);
  }

  static SignCoder of(int dim, Measure measure) {
    return new SignCoder(dim, measure);
  }

  @Override
  public Kind kind() {
    return Kind.SIGN;
  }

  @Override
  public int planes() {
    return (dim + 7) / 8;
  }

  @Override
  public boolean sloped() {
    return true;
  }

  @Override
  public boolean shifted() {
    return measure == Measure.L2;
  }

  @Override
  public float[] parameters() {
    return new float[0];
  }

  @Override
  public long encode(float[] row, float[] centroid, byte[] codes) {
    var residual = new float[dim];
    float square = 0;
    float product = 0;
    for (int j = 0; j < dim; j++) {
      residual[j] = row[j] - centroid[j];
      square = Math.fma(residual[j], residual[j], square);
      product = Math.fma(residual[j], centroid[j], product);
    }
    rotation.apply(residual);
    Arrays.fill(codes, 0, planes(), (byte) 0);
    float sum = 0;
    for (int j = 0; j < dim; j++) {
      sum += Math.abs(residual[j]);
      if (residual[j] >= 0) {
        codes[j / 8] |= (byte) (1 << (j & 7));
      }
    }
    return Coder.pack(sum == 0 ? 0 : 2 * square / sum, square + 2 * product);
  }

  /// Products of the rotated query with all signs of four dimensions, a sign standing for one half,
  /// times `factor`.
  void tables(float[] query, float factor, float[] values) {
    var rotated = query.clone();
    rotation.apply(rotated);
    int codes = 2 * planes();
    for (int code = 0; code < codes; code++) {
      for (int word = 0; word < ProductCoder.WORDS; word++) {
        float sum = 0;
        for (int j = 0; j < GROUP && code * GROUP + j < dim; j++) {
          float half = rotated[code * GROUP + j] * factor / 2;
          sum += (word >> j & 1) == 1 ? half : -half;
        }
        values[code * ProductCoder.WORDS + word] = sum;
      }
    }
  }
}
