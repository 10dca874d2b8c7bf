package dev.aerie.layout;

import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The nearest other rows of every row of a set in memory: exact up to a size, from cells beyond.
///
/// With cells, rows are shared out to the nearest of some centroids (Lloyd's k-means on a sample)
/// and each row is compared with the rows of the cells nearest to its own cell. Work is about
/// `n² × probes / cells`; what is missed are neighbours across far cell borders.
///
/// @param metric L2, IP or COSINE
/// @param k neighbours of each row, itself not counted
/// @param exactRows sets of at most this size are compared row by row
public record RowNeighbours(Metric metric, int k, int exactRows, long seed) {
  private static final int PROBES = 12;
  private static final int ROUNDS = 6;
  private static final int SAMPLE_PER_CELL = 40;

  public RowNeighbours {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1; got " + k);
    }
  }

  /// @return for each row its `k` nearest others, the row itself left out
  public Neighbours find(Points rows, Workers workers, Progress progress) {
    progress.phase("Finding neighbours of %,d rows".formatted(rows.count()));
    int wanted = Math.min(k, Math.max(1, rows.count() - 1));
    if (rows.count() <= exactRows) {
      var search = new ExactNeighbours(rows, metric, wanted + 1);
      search.accept(rows, workers, progress);
      return search.finish().withoutSelf();
    }
    return fromCells(rows, wanted, workers, progress);
  }

  private Neighbours fromCells(Points rows, int wanted, Workers workers, Progress progress) {
    var base = metric == Metric.COSINE ? rows.normalised() : rows;
    int cells = Math.clamp(Math.round(Math.sqrt((double) rows.count())), 16, 1024);
    var centroids = train(base, cells, workers, progress);
    var cell = assign(base, centroids, workers, progress);
    var cellRows = rowsByCell(cell, cells);
    var nearCells = nearest(centroids, PROBES);
    var ids = new long[rows.count() * wanted];
    var values = new double[ids.length];
    workers.each(
        cells,
        1,
        progress,
        (from, to) -> {
          for (int at = from; at < to; at++) {
            fillCell(base, cellRows, at, nearCells[at], wanted, ids, values);
          }
        });
    return new Neighbours(wanted, metric, ids, values);
  }

  private void fillCell(
      Points base,
      int[][] cellRows,
      int cell,
      int[] probes,
      int wanted,
      long[] ids,
      double[] values) {
    int[] members = cellRows[cell];
    int candidates = Arrays.stream(probes).map(probe -> cellRows[probe].length).sum();
    var all = new int[candidates];
    int filled = 0;
    for (int probe : probes) {
      System.arraycopy(cellRows[probe], 0, all, filled, cellRows[probe].length);
      filled += cellRows[probe].length;
    }
    var others = base.select(all);
    var packed = PackedRows.of(others);
    var squares = squares(others);
    var scores = new float[PackedRows.BLOCK];
    var heaps = new NearestHeap[members.length];
    var asked = new float[members.length][];
    var own = new double[members.length];
    for (int i = 0; i < members.length; i++) {
      heaps[i] = new NearestHeap(wanted);
      asked[i] = base.row(members[i]);
      own[i] = square(base, members[i]);
    }
    // A block stays in the cache while every member is compared with it.
    for (int block = 0; block < packed.blocks(); block++) {
      int start = block * PackedRows.BLOCK;
      for (int m = 0; m < members.length; m++) {
        packed.products(asked[m], block, scores);
        for (int i = 0; i < packed.rows(block); i++) {
          double score =
              metric == Metric.L2 ? 2 * scores[i] - own[m] - squares[start + i] : scores[i];
          if (score >= heaps[m].bound() && all[start + i] != members[m]) {
            heaps[m].offer(all[start + i], score);
          }
        }
      }
    }
    for (int m = 0; m < members.length; m++) {
      var foundRows = new long[wanted];
      var foundScores = new double[wanted];
      heaps[m].drainTo(foundRows, foundScores);
      for (int rank = 0; rank < wanted; rank++) {
        ids[members[m] * wanted + rank] = foundRows[rank];
        values[members[m] * wanted + rank] =
            metric == Metric.L2 ? Math.max(0, -foundScores[rank]) : foundScores[rank];
      }
    }
  }

  private Points train(Points base, int cells, Workers workers, Progress progress) {
    var random = new SplittableRandom(seed);
    int sampled = Math.min(base.count(), cells * SAMPLE_PER_CELL);
    var chosen = random.ints(0, base.count()).distinct().limit(sampled).toArray();
    var sample = base.select(chosen);
    var centroids = sample.select(java.util.stream.IntStream.range(0, cells).toArray());
    for (int round = 0; round < ROUNDS; round++) {
      var cell = assign(sample, centroids, workers, Progress.NONE);
      centroids = means(sample, cell, centroids);
      progress.check();
    }
    return centroids;
  }

  private static Points means(Points sample, int[] cell, Points before) {
    int dim = sample.dim();
    var sums = new double[before.count() * dim];
    var counts = new int[before.count()];
    for (int row = 0; row < cell.length; row++) {
      counts[cell[row]]++;
      for (int i = 0; i < dim; i++) {
        sums[cell[row] * dim + i] += sample.get(row, i);
      }
    }
    var means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      int of = i / dim;
      means[i] = counts[of] == 0 ? before.values()[i] : (float) (sums[i] / counts[of]);
    }
    return new Points(means, before.count(), dim);
  }

  /// The nearest centroid of each row by Euclidean distance.
  private static int[] assign(Points rows, Points centroids, Workers workers, Progress progress) {
    var packed = PackedRows.of(centroids);
    var squares = squares(centroids);
    var cell = new int[rows.count()];
    workers.each(
        rows.count(),
        512,
        progress,
        (from, to) -> {
          var scores = new float[PackedRows.BLOCK];
          for (int row = from; row < to; row++) {
            var query = rows.row(row);
            double best = Double.NEGATIVE_INFINITY;
            for (int block = 0; block < packed.blocks(); block++) {
              packed.products(query, block, scores);
              int start = block * PackedRows.BLOCK;
              for (int i = 0; i < packed.rows(block); i++) {
                double score = 2 * scores[i] - squares[start + i];
                if (score > best) {
                  best = score;
                  cell[row] = start + i;
                }
              }
            }
          }
        });
    return cell;
  }

  private static int[][] nearest(Points centroids, int probes) {
    var search = new ExactNeighbours(centroids, Metric.L2, Math.min(probes, centroids.count()));
    search.accept(centroids, Workers.CALLER, Progress.NONE);
    var found = search.finish();
    var nearest = new int[centroids.count()][found.k()];
    for (int cell = 0; cell < nearest.length; cell++) {
      for (int rank = 0; rank < found.k(); rank++) {
        nearest[cell][rank] = (int) found.row(cell, rank);
      }
    }
    return nearest;
  }

  private static int[][] rowsByCell(int[] cell, int cells) {
    var counts = new int[cells];
    for (int at : cell) {
      counts[at]++;
    }
    var rows = new int[cells][];
    Arrays.setAll(rows, at -> new int[counts[at]]);
    Arrays.fill(counts, 0);
    for (int row = 0; row < cell.length; row++) {
      rows[cell[row]][counts[cell[row]]++] = row;
    }
    return rows;
  }

  private static double[] squares(Points points) {
    var squares = new double[points.count()];
    Arrays.setAll(squares, row -> square(points, row));
    return squares;
  }

  private static double square(Points points, int row) {
    double sum = 0;
    for (int i = 0; i < points.dim(); i++) {
      sum += (double) points.get(row, i) * points.get(row, i);
    }
    return sum;
  }
}
