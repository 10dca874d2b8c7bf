package dev.aerie.layout;

import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.SplittableRandom;

/// How far a map can be trusted, measured on a sample of its points.
///
/// @param trustworthiness of Venna and Kaski ("Neighborhood preservation in nonlinear projection
///     methods", 2001): 1 where no point has false neighbours on the map
/// @param kept share of the true nearest neighbours that are neighbours on the map
/// @param k neighbours looked at
/// @param sampled points looked at
public record MapQuality(double trustworthiness, double kept, int k, int sampled) {
  /// @param rows the vectors
  /// @param map `count × 2`, row for row
  public static MapQuality measure(
      Points rows,
      Points map,
      Metric metric,
      int k,
      int sample,
      long seed,
      Workers workers,
      Progress progress) {
    int count = rows.count();
    if (map.count() != count || k < 1 || 2 * k >= count) {
      throw new IllegalArgumentException(
          "a map of %d points for %d rows cannot be judged at k=%d; it needs more than 2k rows"
              .formatted(map.count(), count, k));
    }
    progress.phase("Judging the map");
    var chosen =
        new SplittableRandom(seed)
            .ints(0, count)
            .distinct()
            .limit(Math.min(sample, count))
            .toArray();
    var near = near(map, chosen, k, workers);
    var penalties = new double[chosen.length];
    var shares = new double[chosen.length];
    var base = metric == Metric.COSINE ? rows.normalised() : rows;
    workers.each(
        chosen.length,
        4,
        progress,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            judge(base, metric, chosen[i], near, i, k, penalties, shares);
          }
        });
    double scale = 2.0 / ((double) k * (2.0 * count - 3.0 * k - 1));
    return new MapQuality(
        1 - scale * Arrays.stream(penalties).sum() / chosen.length,
        Arrays.stream(shares).average().orElse(0),
        k,
        chosen.length);
  }

  private static Neighbours near(Points map, int[] chosen, int k, Workers workers) {
    var search = new ExactNeighbours(map.select(chosen), Metric.L2, k + 1);
    search.accept(map, workers, Progress.NONE);
    return search.finish();
  }

  private static void judge(
      Points rows,
      Metric metric,
      int row,
      Neighbours near,
      int at,
      int k,
      double[] penalties,
      double[] shares) {
    int count = rows.count();
    var scores = new float[count];
    for (int other = 0; other < count; other++) {
      scores[other] = score(rows, metric, row, other);
    }
    scores[row] = Float.NEGATIVE_INFINITY;
    var sorted = scores.clone();
    Arrays.sort(sorted);
    var seen = new HashSet<Long>();
    int right = 0;
    for (int rank = 0; rank <= k && seen.size() < k; rank++) {
      long other = near.row(at, rank);
      if (other == row || other < 0 || !seen.add(other)) {
        continue;
      }
      float score = scores[Math.toIntExact(other)];
      int place = firstAbove(sorted, score);
      int trueRank = count - place + 1;
      if (trueRank <= k) {
        right++;
      } else {
        penalties[at] += trueRank - k;
      }
    }
    shares[at] = (double) right / k;
  }

  /// Entries of a sorted array that are not greater, at the least.
  private static int firstAbove(float[] sorted, float value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static float score(Points rows, Metric metric, int a, int b) {
    int dim = rows.dim();
    var values = rows.values();
    int atA = a * dim;
    int atB = b * dim;
    float sum = 0;
    if (metric == Metric.L2) {
      for (int i = 0; i < dim; i++) {
        float difference = values[atA + i] - values[atB + i];
        sum -= difference * difference;
      }
      return sum;
    }
    for (int i = 0; i < dim; i++) {
      sum += values[atA + i] * values[atB + i];
    }
    return sum;
  }
}
