package dev.aerie.ivf;

import dev.aerie.engine.Progress;
import dev.aerie.kernel.PanamaKernels;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Lloyd's k-means ("Least squares quantization in PCM", 1982) on a sample of the rows, seeded by
/// k-means++ (Arthur and
/// Vassilvitskii, 2007) on a smaller sample.
///
/// Unlike both, a centroid that loses all its rows is put beside the one that has most, so that
/// exactly `k` come back.
/// The sample is what makes the cost of a build independent of the number of rows: what an inverted
/// file needs are
/// cells of about one size, not the least error.
///
/// @param rowsPerCentroid rows of the sample for each centroid, at least 1
/// @param iterations rounds at most; it ends earlier when a round gains less than one part in a
///     thousand
public record KMeans(int rowsPerCentroid, int iterations, long seed) {

  /// What indexes are built with.
  public static final KMeans DEFAULT = new KMeans(96, 10, 42);

  /// Work of seeding, in multiplications; beyond it seeds are drawn at random.
  private static final double SEEDING_WORK = 4e9;

  private static final int SEEDING_ROWS_PER_CENTROID = 6;
  private static final double LEAST_GAIN = 1e-3;

  public KMeans {
    if (rowsPerCentroid < 1 || iterations < 1) {
      throw new IllegalArgumentException(
          "rows per centroid and iterations must be at least 1; got %d and %d"
              .formatted(rowsPerCentroid, iterations));
    }
  }

  /// @param centroids `k × dim`, row-major
  /// @param error mean squared distance of the sample's rows to their centroid, after each round
  @SuppressWarnings("ArrayRecordComponent") // never compared; arrays are what loops read
  public record Trained(float[] centroids, double[] error) {}

  /// @return `k` centroids, owned by the caller
  /// @throws IllegalArgumentException if there are fewer than `k` rows
  public Trained train(Rows rows, int k, Workers workers, Progress progress) {
    if (k < 1 || rows.count() < k) {
      throw new IllegalArgumentException(
          "k must be in [1, rows=%d]; got %d".formatted(rows.count(), k));
    }
    int dim = rows.dim();
    var random = new SplittableRandom(seed);
    int count = (int) Math.min(rows.count(), (long) k * rowsPerCentroid);
    var sample = sample(rows, count, random);
    var centroids = seed(sample, count, dim, k, random, progress);
    var errors = new double[iterations];
    var assigned = new int[count];
    var scores = new float[count];
    double squares = 0;
    for (float value : sample) {
      squares += (double) value * value;
    }
    for (int round = 0; round < iterations; round++) {
      var packed = Centroids.of(centroids, k, dim);
      workers.each(
          count,
          Centroids.chunk(dim),
          progress,
          (from, to) -> assign(sample, dim, from, to, packed, assigned, scores));
      double products = 0;
      for (float score : scores) {
        products += score;
      }
      errors[round] = Math.max(0, (squares - 2 * products) / count);
      update(sample, dim, assigned, centroids, k);
      if (round > 0 && errors[round - 1] - errors[round] < LEAST_GAIN * errors[round - 1]) {
        return new Trained(centroids, Arrays.copyOf(errors, round + 1));
      }
    }
    return new Trained(centroids, errors);
  }

  /// `count` different rows in random order, by Floyd's method of drawing without replacement when
  /// it is not all.
  private static float[] sample(Rows rows, int count, SplittableRandom random) {
    int dim = rows.dim();
    var values = new float[Math.multiplyExact(count, dim)];
    // One row of each of `count` equal strides: no table of all rows is needed, and no part of the
    // rows is left out.
    var order = new int[count];
    for (int i = 0; i < count; i++) {
      long low = (long) i * rows.count() / count;
      long high = (long) (i + 1) * rows.count() / count;
      order[i] = (int) (low + random.nextLong(high - low));
    }
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    for (int i = 0; i < count; i++) {
      rows.copyRow(order[i], values, i * dim);
    }
    return values;
  }

  private static float[] seed(
      float[] sample, int count, int dim, int k, SplittableRandom random, Progress progress) {
    int candidates = Math.min(count, k * SEEDING_ROWS_PER_CENTROID);
    var centroids = new float[Math.multiplyExact(k, dim)];
    if ((double) candidates * k * dim > SEEDING_WORK) {
      System.arraycopy(sample, 0, centroids, 0, k * dim);
      return centroids;
    }
    var rows = MemorySegment.ofArray(sample);
    var nearest = new float[candidates];
    var distances = new float[candidates];
    Arrays.fill(nearest, Float.MAX_VALUE);
    int chosen = random.nextInt(candidates);
    for (int i = 0; i < k; i++) {
      var centroid = Arrays.copyOfRange(sample, chosen * dim, (chosen + 1) * dim);
      System.arraycopy(centroid, 0, centroids, i * dim, dim);
      PanamaKernels.WIDEST.squaredDistances(centroid, rows, 0, candidates, distances);
      double total = 0;
      for (int row = 0; row < candidates; row++) {
        nearest[row] = Math.min(nearest[row], distances[row]);
        total += nearest[row];
      }
      chosen = draw(nearest, total, random);
      progress.check();
    }
    return centroids;
  }

  /// A row drawn with a chance in proportion to its weight; any row where all weights are zero.
  private static int draw(float[] weights, double total, SplittableRandom random) {
    if (!(total > 0)) {
      return random.nextInt(weights.length);
    }
    double left = random.nextDouble(total);
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  private static void assign(
      float[] sample,
      int dim,
      int from,
      int to,
      Centroids centroids,
      int[] assigned,
      float[] scores) {
    int count = to - from;
    var rows = Arrays.copyOfRange(sample, from * dim, to * dim);
    var nearest = new int[count];
    var best = new float[count];
    PanamaKernels.WIDEST.nearest(
        rows, count, dim, centroids.packed(), centroids.halfSquares(), nearest, best);
    System.arraycopy(nearest, 0, assigned, from, count);
    System.arraycopy(best, 0, scores, from, count);
  }

  /// Moves each centroid to the mean of its rows.
  private static void update(float[] sample, int dim, int[] assigned, float[] centroids, int k) {
    var sizes = new int[k];
    Arrays.fill(centroids, 0);
    for (int row = 0; row < assigned.length; row++) {
      int from = row * dim;
      int to = assigned[row] * dim;
      sizes[assigned[row]]++;
      for (int j = 0; j < dim; j++) {
        centroids[to + j] += sample[from + j];
      }
    }
    for (int i = 0; i < k; i++) {
      if (sizes[i] > 0) {
        float scale = 1f / sizes[i];
        for (int j = i * dim; j < (i + 1) * dim; j++) {
          centroids[j] *= scale;
        }
      }
    }
    for (int i = 0; i < k; i++) {
      if (sizes[i] == 0) {
        split(centroids, dim, largest(sizes), i, sizes);
      }
    }
  }

  private static int largest(int[] sizes) {
    int best = 0;
    for (int i = 1; i < sizes.length; i++) {
      if (sizes[i] > sizes[best]) {
        best = i;
      }
    }
    return best;
  }

  /// Puts an emptied centroid a little to one side of a full one, and that one a little to the
  /// other.
  private static void split(float[] centroids, int dim, int full, int empty, int[] sizes) {
    for (int j = 0; j < dim; j++) {
      float value = centroids[full * dim + j];
      float shift = value * ((j & 1) == 0 ? 1 : -1) / 1024;
      centroids[empty * dim + j] = value + shift;
      centroids[full * dim + j] = value - shift;
    }
    sizes[empty] = sizes[full] / 2;
    sizes[full] -= sizes[empty];
  }
}
