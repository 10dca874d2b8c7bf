package dev.aerie.ivf;

import dev.aerie.kernel.Measure;
import dev.aerie.kernel.PanamaKernels;
import dev.aerie.kernel.TopK;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.IntPredicate;

/// An index ready to be searched: rows in list order, and where each list begins. Safe for several
/// threads, each with a
/// [Scratch] of its own.
///
/// @param measure [Measure#L2], [Measure#IP] or [Measure#COSINE]
/// @param vectors the rows as they were given, little-endian floats, in list order
/// @param docs for each row of `vectors` the number its owner knows it by, little-endian ints
/// @param starts the first row of each list, and the number of rows at the end
@SuppressWarnings("ArrayRecordComponent") // never compared; arrays are what loops read
public record IvfIndex(
    Measure measure, Centroids centroids, MemorySegment vectors, MemorySegment docs, int[] starts) {

  private static final PanamaKernels KERNELS = PanamaKernels.WIDEST;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// What one search needs of memory; kept by its owner from search to search so that a search
  /// allocates next to nothing.
  public static final class Scratch {
    private float[] centroidDistances = new float[0];
    private float[] distances = new float[0];
    private final ListOrder order = new ListOrder();
    private final TopK best = new TopK();
    private long visited;

    /// Rows whose distance was computed by the last search.
    public long visited() {
      return visited;
    }

    /// The hits of the last search, sorted: numbers are those of `docs`, distances as
    /// [Measure#toDistance].
    public TopK best() {
      return best;
    }

    private float[] centroidDistances(int count) {
      if (centroidDistances.length < count) {
        centroidDistances = new float[count];
      }
      return centroidDistances;
    }

    private float[] distances(int count) {
      if (distances.length < count) {
        distances = new float[count];
      }
      return distances;
    }
  }

  /// What a search may answer: all rows, or those `accepted` says, about `share` of them.
  ///
  /// @param share in (0, 1]
  public record Filter(boolean all, IntPredicate accepted, double share) {
    /// Every row.
    public static final Filter NONE = new Filter(true, doc -> true, 1);
  }

  public int lists() {
    return starts.length - 1;
  }

  public int rows() {
    return starts[starts.length - 1];
  }

  /// Finds the `k` nearest rows in the `nprobe` nearest lists; with a filter in as many more lists
  /// as it takes to see about as many
  /// rows of the neighbourhood, and at least `k` of them.
  ///
  /// @param query as [Rows#prepareQuery] leaves it
  public void search(float[] query, int k, int nprobe, Filter filter, Scratch scratch) {
    int lists = lists();
    var distances = scratch.centroidDistances(centroids.halfSquares().length);
    KERNELS.packedScores(query, centroids.packed(), centroids.halfSquares(), distances);
    for (int list = 0; list < lists; list++) {
      float score = distances[list];
      distances[list] = measure == Measure.L2 ? -score : -(score + centroids.halfSquares()[list]);
    }
    var order = scratch.order;
    order.reset(distances, lists);
    var best = scratch.best.reset(k);
    scratch.visited = 0;
    int wanted = Math.min(lists, (int) Math.ceil(nprobe / Math.sqrt(filter.share())));
    for (int rank = 0; rank < lists && (rank < wanted || best.size() < k); rank++) {
      int list = order.list(rank, Math.max(wanted - rank, 8));
      scanRows(query, list, filter, scratch);
    }
    best.sort();
  }

  private void scanRows(float[] query, int list, Filter filter, Scratch scratch) {
    int first = starts[list];
    int count = starts[list + 1] - first;
    var values = scratch.distances(count);
    long offset = (long) first * query.length * Float.BYTES;
    switch (measure) {
      case L2 -> KERNELS.squaredDistances(query, vectors, offset, count, values);
      case IP -> KERNELS.dots(query, vectors, offset, count, values);
      case COSINE -> KERNELS.cosines(query, vectors, offset, count, values);
      case HAMMING, JACCARD ->
          throw new IllegalStateException("lists of floats are not compared by " + measure);
    }
    scratch.visited += count;
    var best = scratch.best;
    float bound = best.bound();
    for (int i = 0; i < count; i++) {
      float distance = measure.toDistance(values[i]);
      if (distance < bound) {
        int doc = docs.get(INT, (long) (first + i) * Integer.BYTES);
        if (filter.all() || filter.accepted().test(doc)) {
          best.offer(doc, distance);
          bound = best.bound();
        }
      }
    }
  }
}
