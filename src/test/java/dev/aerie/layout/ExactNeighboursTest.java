package dev.aerie.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ExactNeighboursTest {
  @ParameterizedTest
  @EnumSource(
      value = Metric.class,
      names = {"L2", "IP", "COSINE"})
  void findsWhatALoopInDoublesFinds(Metric metric) {
    for (int dim : new int[] {1, 3, 4, 7, 33}) {
      var rows = random(700, dim, 1);
      var queries = random(37, dim, 2);
      var search = new ExactNeighbours(queries, metric, 9);
      try (var pool = Executors.newFixedThreadPool(2)) {
        var workers = new Workers(pool, 2);
        search.accept(rows.select(IntStream.range(0, 300).toArray()), workers, Progress.NONE);
        search.accept(rows.select(IntStream.range(300, 700).toArray()), workers, Progress.NONE);
      }
      var found = search.finish();
      for (int query = 0; query < 37; query++) {
        var expected = loop(rows, queries, query, metric);
        for (int rank = 0; rank < 9; rank++) {
          assertEquals(expected[rank], found.row(query, rank), metric + " dim " + dim);
        }
      }
    }
  }

  @Test
  void putsTheEarlierOfEqualRowsFirst() {
    var rows = Points.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1}, 2);
    var search = new ExactNeighbours(Points.of(new float[] {1, 1}, 2), Metric.L2, 3);
    search.accept(rows, Workers.CALLER, Progress.NONE);
    var found = search.finish();
    assertEquals(0, found.row(0, 0));
    assertEquals(1, found.row(0, 1));
    assertEquals(2, found.row(0, 2));
  }

  @Test
  void saysWhereThereAreFewerRowsThanWanted() {
    var search = new ExactNeighbours(Points.of(new float[] {1, 1}, 2), Metric.IP, 3);
    search.accept(Points.of(new float[] {2, 2}, 2), Workers.CALLER, Progress.NONE);
    var found = search.finish();
    assertEquals(0, found.row(0, 0));
    assertEquals(-1, found.row(0, 1));
  }

  @Test
  void refusesAMetricOfBits() {
    var queries = Points.of(new float[] {1, 1}, 2);
    assertThrows(
        IllegalArgumentException.class, () -> new ExactNeighbours(queries, Metric.HAMMING, 3));
  }

  static Points random(int count, int dim, long seed) {
    var random = new SplittableRandom(seed);
    var values = new float[count * dim];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Points(values, count, dim);
  }

  private static int[] loop(Points rows, Points queries, int query, Metric metric) {
    return IntStream.range(0, rows.count())
        .boxed()
        .sorted(
            (a, b) ->
                Double.compare(
                    score(rows, queries, query, b, metric), score(rows, queries, query, a, metric)))
        .limit(9)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double score(Points rows, Points queries, int query, int row, Metric metric) {
    double product = 0;
    double distance = 0;
    double norm = 0;
    for (int i = 0; i < rows.dim(); i++) {
      double a = queries.get(query, i);
      double b = rows.get(row, i);
      product += a * b;
      distance += (a - b) * (a - b);
      norm += b * b;
    }
    return switch (metric) {
      case L2 -> -distance;
      case COSINE -> product / Math.sqrt(norm);
      default -> product;
    };
  }
}
