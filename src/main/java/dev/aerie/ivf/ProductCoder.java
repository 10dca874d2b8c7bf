package dev.aerie.ivf;

import dev.aerie.engine.Progress;
import dev.aerie.kernel.Measure;
import java.util.Arrays;

/// Product quantisation with 16 words a code (Jégou, Douze and Schmid, "Product quantization for
/// nearest neighbor
/// search", 2011; 4 bits as in André, Kermarrec and Le Scouarnec, "Cache locality is not enough",
/// 2015): each group of
/// dimensions of the residual is replaced by the nearest of 16 trained words.
public final class ProductCoder implements Coder {
  static final int WORDS = 16;
  private static final int ROUNDS = 12;

  private final int dim;
  private final int group;
  private final int codes;
  private final Measure measure;
  // codes × group × 16: the 16 values of a dimension side by side, as the tables of a query are
  // built.
  private final float[] book;

  private ProductCoder(int dim, int group, Measure measure, float[] book) {
    this.dim = dim;
    this.group = group;
    this.measure = measure;
    this.book = book;
    codes = codes(dim, group);
  }

  private static int codes(int dim, int group) {
    int groups = (dim + group - 1) / group;
    return groups + (groups & 1);
  }

  /// @param residuals `count × dim`, row-major, a sample; read only
  /// @param group dimensions a code stands for
  static ProductCoder train(
      float[] residuals,
      int count,
      int dim,
      int group,
      Measure measure,
      Workers workers,
      Progress progress) {
    int codes = codes(dim, group);
    var book = new float[codes * group * WORDS];
    workers.each(
        (dim + group - 1) / group,
        1,
        progress,
        (from, to) -> {
          for (int code = from; code < to; code++) {
            trainCode(residuals, count, dim, group, code, book);
          }
        });
    return new ProductCoder(dim, group, measure, book);
  }

  private static void trainCode(
      float[] residuals, int count, int dim, int group, int code, float[] book) {
    int width = Math.min(group, dim - code * group);
    int base = code * group * WORDS;
    var norms = new float[count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width; j++) {
        float value = residuals[i * dim + code * group + j];
        norms[i] += value * value;
      }
    }
    // Words begin along the sorted lengths of the sample with alternating sides left to the rows
    // themselves.
    for (int word = 0; word < WORDS; word++) {
      int row = (int) ((long) word * count / WORDS);
      for (int j = 0; j < width; j++) {
        book[base + j * WORDS + word] = residuals[row * dim + code * group + j];
      }
    }
    var sums = new double[WORDS * width];
    var sizes = new int[WORDS];
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.fill(sums, 0);
      Arrays.fill(sizes, 0);
      for (int i = 0; i < count; i++) {
        int at = i * dim + code * group;
        int word = nearest(residuals, at, width, book, base);
        sizes[word]++;
        for (int j = 0; j < width; j++) {
          sums[word * width + j] += residuals[at + j];
        }
      }
      for (int word = 0; word < WORDS; word++) {
        if (sizes[word] == 0) {
          int row = (int) ((word * 2_654_435_761L + round * 40_503L) % count);
          for (int j = 0; j < width; j++) {
            book[base + j * WORDS + word] = residuals[row * dim + code * group + j];
          }
          continue;
        }
        for (int j = 0; j < width; j++) {
          book[base + j * WORDS + word] = (float) (sums[word * width + j] / sizes[word]);
        }
      }
    }
  }

  private static int nearest(float[] values, int at, int width, float[] book, int base) {
    int best = 0;
    float least = Float.MAX_VALUE;
    for (int word = 0; word < WORDS; word++) {
      float distance = 0;
      for (int j = 0; j < width; j++) {
        float difference = values[at + j] - book[base + j * WORDS + word];
        distance = Math.fma(difference, difference, distance);
      }
      if (distance < least) {
        least = distance;
        best = word;
      }
    }
    return best;
  }

  static ProductCoder of(int dim, Measure measure, float[] parameters) {
    int group = parameters.length == 0 ? 0 : (int) parameters[0];
    if (group < 1 || group > dim || parameters.length != 1 + codes(dim, group) * group * WORDS) {
      throw new IllegalArgumentException(
          "a product coder of %d dimensions has no book of %d numbers in groups of %d"
              .formatted(dim, parameters.length - 1, group));
    }
    return new ProductCoder(
        dim, group, measure, Arrays.copyOfRange(parameters, 1, parameters.length));
  }

  @Override
  public Kind kind() {
    return Kind.PRODUCT;
  }

  @Override
  public int planes() {
    return codes / 2;
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
    var parameters = new float[1 + book.length];
    parameters[0] = group;
    System.arraycopy(book, 0, parameters, 1, book.length);
    return parameters;
  }

  @Override
  public long encode(float[] row, float[] centroid, byte[] out) {
    var residual = new float[group];
    Arrays.fill(out, 0, planes(), (byte) 0);
    float shift = 0;
    for (int code = 0; code * group < dim; code++) {
      int from = code * group;
      int width = Math.min(group, dim - from);
      for (int j = 0; j < width; j++) {
        residual[j] = row[from + j] - centroid[from + j];
      }
      int base = code * group * WORDS;
      int word = nearest(residual, 0, width, book, base);
      out[code >> 1] |= (byte) (word << 4 * (code & 1));
      for (int j = 0; j < width; j++) {
        float value = book[base + j * WORDS + word];
        shift += value * (value + 2 * centroid[from + j]);
      }
    }
    return Coder.pack(1, shift);
  }

  /// Inner products of the query's groups with all words, times `factor`.
  ///
  /// @param values receives 16 numbers for each code
  void tables(float[] query, float factor, float[] values) {
    for (int code = 0; code < codes; code++) {
      int to = code * WORDS;
      Arrays.fill(values, to, to + WORDS, 0);
      for (int j = 0; j < group && code * group + j < dim; j++) {
        float x = query[code * group + j] * factor;
        int from = (code * group + j) * WORDS;
        for (int word = 0; word < WORDS; word++) {
          values[to + word] = Math.fma(x, book[from + word], values[to + word]);
        }
      }
    }
  }
}
