package dev.aerie.ivf;

import dev.aerie.engine.Progress;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/// Writes the rows of a partition as codes.
public record Encoding(Rows rows, Partition partition, Coder coder) {

  private static final int SAMPLE = 16_384;
  private static final int BYTE_SAMPLE = 65_536;

  /// Trains a coder on a sample of the rows.
  ///
  /// @param group dimensions of one product code, for [Coder.Kind#PRODUCT]
  public static Encoding train(
      Rows rows,
      Partition partition,
      Coder.Kind kind,
      int group,
      Workers workers,
      Progress progress) {
    progress.phase("Training codes");
    int dim = rows.dim();
    Coder coder =
        switch (kind) {
          case PRODUCT -> {
            int count = Math.min(SAMPLE, rows.count());
            var sample = sample(rows, Optional.of(partition), count);
            yield ProductCoder.train(sample, count, dim, group, rows.measure(), workers, progress);
          }
          case SIGN -> SignCoder.of(dim, rows.measure());
          case BYTE -> {
            int count =
                Math.min(Math.max(SAMPLE, Math.min(BYTE_SAMPLE, (1 << 24) / dim)), rows.count());
            yield ByteCoder.train(
                sample(rows, Optional.empty(), count), count, dim, rows.measure());
          }
        };
    return new Encoding(rows, partition, coder);
  }

  /// `count` rows or residuals, one of each of as many equal parts of the order of the lists.
  private static float[] sample(Rows rows, Optional<Partition> residuals, int count) {
    int dim = rows.dim();
    var values = new float[Math.multiplyExact(count, dim)];
    var centroid = new float[dim];
    var random = new SplittableRandom(count);
    int list = 0;
    for (int i = 0; i < count; i++) {
      long low = (long) i * rows.count() / count;
      long high = (long) (i + 1) * rows.count() / count;
      int at = (int) (low + random.nextLong(high - low));
      if (residuals.isEmpty()) {
        rows.copyRow(at, values, i * dim);
        continue;
      }
      var partition = residuals.get();
      while (partition.starts()[list + 1] <= at) {
        list++;
      }
      partition.centroids().copy(list, centroid, 0);
      rows.copyRow(partition.order()[at], values, i * dim);
      for (int j = 0; j < dim; j++) {
        values[i * dim + j] -= centroid[j];
      }
    }
    return values;
  }

  /// Encodes the lists `[from, to)`.
  ///
  /// @param bytes receives their codes one list after the other, and has to be all zero
  /// @param slopes one for each row of these lists
  /// @param shifts likewise
  public void encode(
      int from,
      int to,
      byte[] bytes,
      float[] slopes,
      float[] shifts,
      Workers workers,
      Progress progress) {
    var starts = partition.starts();
    var offsets = Codes.offsets(Arrays.copyOfRange(starts, from, to + 1), coder.planes());
    boolean nibbles = coder.kind() != Coder.Kind.BYTE;
    int dim = rows.dim();
    workers.each(
        to - from,
        Math.max(1, (1 << 18) / dim * (to - from) / Math.max(1, starts[to] - starts[from])),
        progress,
        (first, last) -> {
          var row = new float[dim];
          var centroid = new float[dim];
          var code = new byte[coder.planes()];
          for (int i = first; i < last; i++) {
            int list = from + i;
            int size = starts[list + 1] - starts[list];
            partition.centroids().copy(list, centroid, 0);
            for (int member = 0; member < size; member++) {
              rows.copyRow(partition.order()[starts[list] + member], row, 0);
              long numbers = coder.encode(row, centroid, code);
              slopes[starts[list] - starts[from] + member] = Coder.slope(numbers);
              shifts[starts[list] - starts[from] + member] = Coder.shift(numbers);
              long place = Codes.place(member, Codes.padded(size), code.length, nibbles);
              int width = (int) (place & 63) + 1;
              int at = (int) (offsets[i] + (place >>> 6));
              for (int plane = 0; plane < code.length; plane++) {
                bytes[at + plane * width] = code[plane];
              }
            }
          }
        });
  }
}
