package dev.aerie.ivf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.Progress;
import dev.aerie.kernel.Measure;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {
  private static final int DIM = 19;

  private static Rows rows(int count, long seed, Measure measure) {
    var random = new SplittableRandom(seed);
    var values = new float[count * DIM];
    for (int i = 0; i < values.length; i++) {
      // Seven groups, each along a dimension of its own.
      values[i] = (float) random.nextGaussian() + (i % DIM == i / DIM % 7 ? 4 : 0);
    }
    return new Rows(MemorySegment.ofArray(values), count, DIM, measure);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theErrorNeverRises(long seed) {
    var error =
        new KMeans(50, 12, seed)
            .train(rows(3000, seed, Measure.L2), 31, Workers.CALLER, Progress.NONE)
            .error();
    for (int round = 1; round < error.length; round++) {
      assertTrue(error[round] <= error[round - 1] * (1 + 1e-5), Arrays.toString(error));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyRowIsInTheListOfItsNearestCentroid(long seed) {
    var rows = rows(2000, seed, Measure.COSINE);
    var partition = Partition.of(rows, 40, KMeans.DEFAULT, Workers.CALLER, Progress.NONE);
    assertEquals(40, partition.lists());
    var centroids = partition.centroids().toRows();
    var row = new float[DIM];
    for (int list = 0; list < partition.lists(); list++) {
      for (int i = partition.starts()[list]; i < partition.starts()[list + 1]; i++) {
        rows.copyRow(partition.order()[i], row, 0);
        double own = distance(row, centroids, list);
        for (int other = 0; other < partition.lists(); other++) {
          assertTrue(own <= distance(row, centroids, other) + 1e-5);
        }
      }
    }
  }

  private static double distance(float[] row, float[] centroids, int list) {
    double distance = 0;
    for (int j = 0; j < DIM; j++) {
      double difference = row[j] - centroids[list * DIM + j];
      distance += difference * difference;
    }
    return distance;
  }

  @Test
  void everyRowIsInOneList() {
    var partition =
        Partition.of(rows(1000, 3, Measure.IP), 17, KMeans.DEFAULT, Workers.CALLER, Progress.NONE);
    assertArrayEquals(
        IntStream.range(0, 1000).toArray(), Arrays.stream(partition.order()).sorted().toArray());
    assertEquals(1000, partition.starts()[partition.lists()]);
  }

  @Test
  void noListIsFarLongerThanTheMeanEvenOfEqualRows() {
    var values = new float[4000 * DIM];
    var random = new SplittableRandom(4);
    for (int i = 3000 * DIM; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    var rows = new Rows(MemorySegment.ofArray(values), 4000, DIM, Measure.L2);
    var partition = Partition.of(rows, 50, KMeans.DEFAULT, Workers.CALLER, Progress.NONE);
    for (int list = 0; list < partition.lists(); list++) {
      assertTrue(
          partition.starts()[list + 1] - partition.starts()[list] <= Partition.LARGEST_LIST * 80);
    }
    assertArrayEquals(
        IntStream.range(0, 4000).toArray(), Arrays.stream(partition.order()).sorted().toArray());
  }

  @Test
  void severalThreadsMakeTheSamePartition() throws Exception {
    var rows = rows(5000, 6, Measure.L2);
    try (var pool = Executors.newFixedThreadPool(3)) {
      var alone = Partition.of(rows, 30, KMeans.DEFAULT, Workers.CALLER, Progress.NONE);
      var together = Partition.of(rows, 30, KMeans.DEFAULT, new Workers(pool, 4), Progress.NONE);
      assertArrayEquals(alone.order(), together.order());
      assertArrayEquals(alone.starts(), together.starts());
    }
  }

  @Test
  void endsWhenItIsCancelled() {
    var cancelled =
        new Progress() {
          @Override
          public void update(long done, long total) {
            throw new CancellationException("enough");
          }

          @Override
          public void phase(String name) {}

          @Override
          public void check() {}
        };
    var rows = rows(500, 6, Measure.L2);
    assertThrows(
        CancellationException.class,
        () -> Partition.of(rows, 5, KMeans.DEFAULT, Workers.CALLER, cancelled));
  }

  @Test
  void refusesMoreListsThanRows() {
    var rows = rows(10, 1, Measure.L2);
    assertThrows(
        IllegalArgumentException.class,
        () -> KMeans.DEFAULT.train(rows, 11, Workers.CALLER, Progress.NONE));
  }
}
