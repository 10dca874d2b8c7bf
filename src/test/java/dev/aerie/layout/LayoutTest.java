package dev.aerie.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class LayoutTest {
  private static final int GROUPS = 6;

  @Test
  void findsTheDirectionOfMostSpread() {
    var random = new SplittableRandom(5);
    var values = new float[500 * 3];
    for (int row = 0; row < 500; row++) {
      double along = random.nextGaussian() * 10;
      values[3 * row] = (float) (along * 0.6 + random.nextGaussian() * 0.1);
      values[3 * row + 1] = (float) (along * 0.8 + random.nextGaussian() * 0.1);
      values[3 * row + 2] = (float) random.nextGaussian();
    }
    var pca = Pca.fit(Points.of(values, 3), 2, Workers.CALLER, Progress.NONE);
    assertEquals(0.6, pca.axes()[0][0], 0.02);
    assertEquals(0.8, pca.axes()[0][1], 0.02);
    assertTrue(pca.shares()[0] > 0.95);
    assertTrue(Math.abs(pca.axes()[1][2]) > 0.99);
  }

  @Test
  void survivesRowsThatAreAllEqual() {
    var rows = Points.of(new float[60], 3);
    var pca = Pca.fit(rows, 2, Workers.CALLER, Progress.NONE);
    var neighbours =
        new RowNeighbours(Metric.L2, 5, 100, 1).find(rows, Workers.CALLER, Progress.NONE);
    var map =
        Umap.DEFAULT.layOut(
            neighbours,
            pca.project(rows, Workers.CALLER, Progress.NONE),
            Workers.CALLER,
            Progress.NONE);
    for (float value : map.values()) {
      assertTrue(Float.isFinite(value));
    }
  }

  @Test
  void drawsTheSameMapWithAnyNumberOfThreads() {
    var rows = blobs(900, 10, 3);
    var alone = map(rows, Workers.CALLER, 42);
    try (var pool = Executors.newFixedThreadPool(3)) {
      assertArrayEquals(alone.values(), map(rows, new Workers(pool, 4), 42).values());
    }
  }

  @Test
  void drawsAnotherMapWithAnotherSeed() {
    var rows = blobs(300, 10, 3);
    assertTrue(
        !java.util.Arrays.equals(
            map(rows, Workers.CALLER, 42).values(), map(rows, Workers.CALLER, 43).values()));
  }

  @Test
  void keepsNeighboursTogether() {
    var rows = blobs(1200, 16, 7);
    var map = map(rows, Workers.CALLER, 42);
    var quality =
        MapQuality.measure(rows, map, Metric.L2, 15, 300, 1, Workers.CALLER, Progress.NONE);
    assertTrue(quality.trustworthiness() > 0.93, quality.toString());
  }

  @Test
  void trustsAMapThatIsTheDataItself() {
    var rows = blobs(400, 2, 7);
    var quality =
        MapQuality.measure(rows, rows, Metric.L2, 10, 100, 1, Workers.CALLER, Progress.NONE);
    assertEquals(1, quality.trustworthiness(), 1e-9);
    assertEquals(1, quality.kept(), 1e-9);
  }

  @Test
  void findsTheGroupsThereAre() {
    var rows = blobs(1800, 16, 11);
    var clusters = DensityClusters.find(map(rows, Workers.CALLER, 42), 50);
    assertEquals(GROUPS, clusters.clusters().size());
    for (int group = 0; group < GROUPS; group++) {
      var seen = new HashSet<Integer>();
      for (int row = group; row < 1800; row += GROUPS) {
        if (clusters.cluster().get(row) >= 0) {
          seen.add(clusters.cluster().get(row));
        }
      }
      assertEquals(1, seen.size(), "group " + group + " lies in " + seen);
    }
  }

  @Test
  void namesClustersByWhatOthersLack() {
    var texts = List.of("red apple pie", "green apple juice", "fast steam engine", "diesel engine");
    var labels = ClusterLabels.of(texts, List.of(0, 0, 1, 1), 2, 1);
    assertEquals(List.of(List.of("apple"), List.of("engine")), labels);
  }

  @Test
  void findsMostNeighboursFromCells() {
    var rows = blobs(4000, 24, 13);
    var exact =
        new RowNeighbours(Metric.COSINE, 10, 10_000, 1).find(rows, Workers.CALLER, Progress.NONE);
    var cells =
        new RowNeighbours(Metric.COSINE, 10, 10, 1).find(rows, Workers.CALLER, Progress.NONE);
    int right = 0;
    for (int row = 0; row < 4000; row++) {
      var wanted = new HashSet<Long>();
      for (int rank = 0; rank < 10; rank++) {
        wanted.add(exact.row(row, rank));
      }
      for (int rank = 0; rank < 10; rank++) {
        right += wanted.contains(cells.row(row, rank)) ? 1 : 0;
      }
    }
    assertTrue(right > 0.85 * 40_000, right + " of 40,000");
  }

  @Test
  void placesANewRowAmongItsNeighbours() {
    var map = Points.of(new float[] {0, 0, 1, 0, 10, 10}, 2);
    var neighbours = new Neighbours(2, Metric.L2, new long[] {0, 1}, new double[] {1, 1});
    var placed = Umap.place(neighbours, map);
    assertEquals(0.5f, placed.get(0, 0), 1e-6f);
    assertEquals(0f, placed.get(0, 1), 1e-6f);
  }

  @Test
  void stopsWhenItIsCancelled() {
    var rows = blobs(300, 10, 3);
    var neighbours =
        new RowNeighbours(Metric.L2, 5, 1000, 1).find(rows, Workers.CALLER, Progress.NONE);
    var cancelled =
        new Progress() {
          @Override
          public void update(long done, long total) {
            throw new CancellationException();
          }

          @Override
          public void phase(String name) {}

          @Override
          public void check() {}
        };
    assertThrows(
        CancellationException.class,
        () -> Umap.DEFAULT.layOut(neighbours, rows, Workers.CALLER, cancelled));
  }

  private static Points map(Points rows, Workers workers, long seed) {
    var neighbours = new RowNeighbours(Metric.L2, 15, 10_000, 1).find(rows, workers, Progress.NONE);
    var start = Pca.fit(rows, 2, workers, Progress.NONE).project(rows, workers, Progress.NONE);
    return Umap.DEFAULT.withSeed(seed).layOut(neighbours, start, workers, Progress.NONE);
  }

  /// Rows around six centres, row `i` at centre `i mod 6`.
  private static Points blobs(int count, int dim, long seed) {
    var random = new SplittableRandom(seed);
    var centres = new float[GROUPS * dim];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = (float) (random.nextGaussian() * 6);
    }
    var values = new float[count * dim];
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < dim; i++) {
        values[row * dim + i] = centres[row % GROUPS * dim + i] + (float) random.nextGaussian();
      }
    }
    return new Points(values, count, dim);
  }
}
