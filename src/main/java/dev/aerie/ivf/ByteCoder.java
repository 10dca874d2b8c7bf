package dev.aerie.ivf;

import dev.aerie.kernel.Measure;
import java.util.Arrays;

/// One byte a dimension, evenly between the least and the greatest value the dimension has among
/// the rows it was trained
/// on. Codes the row itself, not its residual.
public final class ByteCoder implements Coder {
  private final int dim;
  private final Measure measure;
  private final float[] least;
  private final float[] step;

  private ByteCoder(int dim, Measure measure, float[] least, float[] step) {
    this.dim = dim;
    this.measure = measure;
    this.least = least;
    this.step = step;
  }

  /// @param rows `count × dim`, row-major, a sample; read only
  static ByteCoder train(float[] rows, int count, int dim, Measure measure) {
    var least = new float[dim];
    var greatest = new float[dim];
    Arrays.fill(least, Float.MAX_VALUE);
    Arrays.fill(greatest, -Float.MAX_VALUE);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < dim; j++) {
        least[j] = Math.min(least[j], rows[i * dim + j]);
        greatest[j] = Math.max(greatest[j], rows[i * dim + j]);
      }
    }
    var step = new float[dim];
    for (int j = 0; j < dim; j++) {
      step[j] = Math.max((greatest[j] - least[j]) / 255, Float.MIN_NORMAL);
    }
    return new ByteCoder(dim, measure, least, step);
  }

  static ByteCoder of(int dim, Measure measure, float[] parameters) {
    if (parameters.length != 2 * dim) {
      throw new IllegalArgumentException(
          "a byte coder of %d dimensions has %d numbers; got %d"
              .formatted(dim, 2 * dim, parameters.length));
    }
    return new ByteCoder(
        dim, measure, Arrays.copyOf(parameters, dim), Arrays.copyOfRange(parameters, dim, 2 * dim));
  }

  @Override
  public Kind kind() {
    return Kind.BYTE;
  }

  @Override
  public int planes() {
    return dim;
  }

  @Override
  public boolean sloped() {
    return false;
  }

  @Override
  public boolean shifted() {
    return measure == Measure.L2;
  }

  @Override
  public float[] parameters() {
    var parameters = Arrays.copyOf(least, 2 * dim);
    System.arraycopy(step, 0, parameters, dim, dim);
    return parameters;
  }

  @Override
  public long encode(float[] row, float[] centroid, byte[] codes) {
    float square = 0;
    for (int j = 0; j < dim; j++) {
      int code = Math.clamp(Math.round((row[j] - least[j]) / step[j]), 0, 255);
      codes[j] = (byte) code;
      float value = Math.fma(code, step[j], least[j]);
      square = Math.fma(value, value, square);
    }
    return Coder.pack(1, square);
  }

  /// The query as it is multiplied with codes, and what is added: `factor × <query, row> = <scaled,
  /// code> + constant`.
  float scale(float[] query, float factor, float[] scaled) {
    float constant = 0;
    for (int j = 0; j < dim; j++) {
      float x = query[j] * factor;
      scaled[j] = x * step[j];
      constant = Math.fma(x, least[j], constant);
    }
    return constant;
  }
}
