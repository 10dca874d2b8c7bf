package dev.aerie.service.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The recall of a query set.
///
/// @param mean in [0, 1]
/// @param margin half the width of the 95 % interval around the mean
/// @param p5 the recall that 5 % of the queries do not exceed
/// @param byQuery in the order of the queries
public record Recall(double mean, double margin, double p5, List<Double> byQuery) {
  public Recall {
    byQuery = List.copyOf(byQuery);
    if (!(mean >= 0 && mean <= 1)) {
      throw new IllegalArgumentException("recall must be in [0, 1]; got " + mean);
    }
  }

  /// The figures of recalls measured one by one.
  ///
  /// @throws IllegalArgumentException without queries
  public static Recall of(double[] byQuery) {
    int n = byQuery.length;
    if (n == 0) {
      throw new IllegalArgumentException("recall needs at least one query");
    }
    double mean = Arrays.stream(byQuery).sum() / n;
    double squares = 0;
    for (double recall : byQuery) {
      squares += (recall - mean) * (recall - mean);
    }
    var sorted = byQuery.clone();
    Arrays.sort(sorted);
    return new Recall(
        Math.min(1, mean),
        margin(mean, squares, n),
        sorted[(int) Math.max(0, Math.ceil(0.05 * n) - 1)],
        Arrays.stream(byQuery).boxed().toList());
  }

  /// The lower end of the 95 % interval.
  public double low() {
    return Math.max(0, mean - margin);
  }

  /// The upper end of the 95 % interval.
  public double high() {
    return Math.min(1, mean + margin);
  }

  /// The numbers of the `count` queries with the lowest recall, worst first.
  public List<Integer> worst(int count) {
    return IntStream.range(0, byQuery.size())
        .boxed()
        .sorted((a, b) -> Double.compare(byQuery.get(a), byQuery.get(b)))
        .limit(count)
        .toList();
  }

  /// Normal approximation of the mean. Where all queries agree the sample says nothing of its own
  /// spread, and the rule of three bounds what may have been missed.
  private static double margin(double mean, double squares, int n) {
    if (n < 2) {
      return 1;
    }
    double normal = 1.96 * Math.sqrt(squares / (n - 1) / n);
    return mean == 0 || mean == 1 ? Math.min(1, 3.0 / n) : normal;
  }
}
