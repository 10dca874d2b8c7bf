package dev.aerie.ivf;

import dev.aerie.engine.Progress;
import dev.aerie.kernel.Measure;
import java.lang.foreign.MemorySegment;

/// Rows cut into lists.
///
/// @param centroids one for each list
/// @param order the numbers of all rows, list after list, ascending within a list
/// @param starts where in `order` each list begins, and its length at the end: `lists + 1` entries
@SuppressWarnings("ArrayRecordComponent") // never compared; arrays are what loops read
public record Partition(Centroids centroids, int[] order, int[] starts) {

  /// No list is longer than this many times the mean.
  public static final int LARGEST_LIST = 8;

  /// Trains centroids and puts each row into the list of the nearest one; lists far longer than the
  /// others are cut, so
  /// that the number of lists may come out a little above `nlist`.
  public static Partition of(
      Rows rows, int nlist, KMeans kMeans, Workers workers, Progress progress) {
    progress.phase("Finding centroids");
    var trained = kMeans.train(rows, nlist, workers, progress);
    progress.phase("Sorting rows into lists");
    var centroids = Centroids.of(trained.centroids(), nlist, rows.dim());
    var assigned = new int[rows.count()];
    centroids.assign(rows, assigned, workers, progress);
    return group(centroids, assigned).cutLong(rows, kMeans, progress);
  }

  public int lists() {
    return starts.length - 1;
  }

  private static Partition group(Centroids centroids, int[] assigned) {
    var starts = new int[centroids.count() + 1];
    for (int list : assigned) {
      starts[list + 1]++;
    }
    for (int list = 0; list < centroids.count(); list++) {
      starts[list + 1] += starts[list];
    }
    var next = starts.clone();
    var order = new int[assigned.length];
    for (int row = 0; row < assigned.length; row++) {
      order[next[assigned[row]]++] = row;
    }
    return new Partition(centroids, order, starts);
  }

  private Partition cutLong(Rows rows, KMeans kMeans, Progress progress) {
    int mean = Math.max(1, rows.count() / lists());
    int longest = LARGEST_LIST * mean;
    int dim = rows.dim();
    int extra = 0;
    for (int list = 0; list < lists(); list++) {
      int size = starts[list + 1] - starts[list];
      if (size > longest) {
        extra += parts(size, mean) - 1;
      }
    }
    if (extra == 0) {
      return this;
    }
    var assigned = new int[rows.count()];
    var values = new float[(lists() + extra) * dim];
    int added = lists();
    for (int list = 0; list < lists(); list++) {
      int size = starts[list + 1] - starts[list];
      centroids.copy(list, values, list * dim);
      if (size <= longest) {
        for (int i = starts[list]; i < starts[list + 1]; i++) {
          assigned[order[i]] = list;
        }
        continue;
      }
      int parts = parts(size, mean);
      cut(rows, list, parts, added, values, assigned, kMeans, longest, progress);
      added += parts - 1;
    }
    return group(Centroids.of(values, added, dim), assigned);
  }

  /// Cuts one list into `parts`, which keep its number and take those from `added` on: by k-means
  /// of its rows, or, where
  /// a part stays too long because the rows are all alike, evenly around one centroid.
  private void cut(
      Rows rows,
      int list,
      int parts,
      int added,
      float[] values,
      int[] assigned,
      KMeans kMeans,
      int longest,
      Progress progress) {
    int dim = rows.dim();
    int size = starts[list + 1] - starts[list];
    var own = new float[Math.multiplyExact(size, dim)];
    for (int i = 0; i < size; i++) {
      rows.copyRow(order[starts[list] + i], own, i * dim);
    }
    var members = new Rows(MemorySegment.ofArray(own), size, dim, Measure.L2);
    var trained = kMeans.train(members, parts, Workers.CALLER, progress);
    var nearest = new int[size];
    Centroids.of(trained.centroids(), parts, dim)
        .assign(members, nearest, Workers.CALLER, progress);
    var sizes = new int[parts];
    boolean even = false;
    for (int part : nearest) {
      even |= ++sizes[part] > longest;
    }
    for (int part = 0; part < parts; part++) {
      int number = part == 0 ? list : added + part - 1;
      if (even) {
        centroids.copy(list, values, number * dim);
      } else {
        System.arraycopy(trained.centroids(), part * dim, values, number * dim, dim);
      }
    }
    for (int i = 0; i < size; i++) {
      int part = even ? (int) ((long) i * parts / size) : nearest[i];
      assigned[order[starts[list] + i]] = part == 0 ? list : added + part - 1;
    }
  }

  private static int parts(int size, int mean) {
    return Math.max(2, size / (2 * mean));
  }
}
