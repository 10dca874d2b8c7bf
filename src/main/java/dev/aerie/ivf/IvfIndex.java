package dev.aerie.ivf;

import dev.aerie.kernel.Measure;
import dev.aerie.kernel.PanamaKernels;
import dev.aerie.kernel.TopK;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// An index ready to be searched. Immutable; safe for several threads, each with a [Scratch] of its
/// own.
///
/// A search measures all centroids, reads the lists of the nearest, nearest first so that the bound
/// tightens early, and
/// compares the best rows it found by their codes once more as they are.
public final class IvfIndex {

  private static final PanamaKernels KERNELS = PanamaKernels.WIDEST;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// From so many lists on they are chosen by codes.
  private static final int LISTS_FOR_CODES = 128;

  private final Measure measure;
  private final Centroids centroids;
  private final MemorySegment centroidRows;
  private final MemorySegment vectors;
  private final MemorySegment docs;
  private final int[] starts;
  private final @Nullable Codes codes;
  private final @Nullable CoarseCodes coarse;
  private final int longest;

  /// @param measure [Measure#L2], [Measure#IP] or [Measure#COSINE]
  /// @param centroidRows the centroids again, little-endian floats, row-major
  /// @param vectors the rows as they were given, little-endian floats, in list order
  /// @param docs for each row of `vectors` the number its owner knows it by, little-endian ints
  /// @param starts the first row of each list, and the number of rows at the end
  /// @param codes what lists are scanned as; without, they are scanned as rows
  public IvfIndex(
      Measure measure,
      Centroids centroids,
      MemorySegment centroidRows,
      MemorySegment vectors,
      MemorySegment docs,
      int[] starts,
      Optional<Codes> codes) {
    this.measure = measure;
    this.centroids = centroids;
    this.centroidRows = centroidRows;
    this.vectors = vectors;
    this.docs = docs;
    this.starts = starts;
    this.codes = codes.orElse(null);
    coarse = centroids.count() < LISTS_FOR_CODES ? null : new CoarseCodes(centroids, measure);
    int most = 0;
    for (int list = 0; list < lists(); list++) {
      most = Math.max(most, starts[list + 1] - starts[list]);
    }
    longest = most;
  }

  /// What a search may answer: all rows, or those `accepted` says, about `share` of them.
  ///
  /// @param share in (0, 1]
  public record Filter(boolean all, IntPredicate accepted, double share) {
    /// Every row.
    public static final Filter NONE = new Filter(true, doc -> true, 1);
  }

  /// What one search needs of memory; its owner keeps it from search to search of one index, so
  /// that a search allocates next
  /// to nothing.
  public static final class Scratch {
    private final float[] centroidDistances;
    private final float[] distances;
    private final short[] sums;
    private final int[] hits;
    private final float[] scaled;
    private final ListOrder order = new ListOrder();
    private final Tables coarseTables = new Tables();
    private final Tables tables = new Tables();
    private final Candidates candidates = new Candidates();
    private final TopK best = new TopK();
    private long visited;

    /// @param index the one to be searched with it
    public Scratch(IvfIndex index) {
      int places = index.centroids.halfSquares().length;
      int rows = Math.max(places, Codes.padded(index.longest) + 16);
      centroidDistances = new float[places];
      distances = new float[rows];
      sums = new short[rows];
      hits = new int[rows];
      scaled = new float[index.centroids.dim()];
    }

    /// Rows whose distance was computed by the last search, by code or as they are.
    public long visited() {
      return visited;
    }

    /// The hits of the last search, sorted: numbers are those of `docs`, distances as
    /// [Measure#toDistance].
    public TopK best() {
      return best;
    }
  }

  public Measure measure() {
    return measure;
  }

  public MemorySegment vectors() {
    return vectors;
  }

  public int dim() {
    return centroids.dim();
  }

  public int lists() {
    return starts.length - 1;
  }

  public int rows() {
    return starts[starts.length - 1];
  }

  /// The rows compared again as they are where nobody said how many.
  public int defaultRerank(int k) {
    return codes == null ? k : IvfDefaults.rerank(k, codes.coder(), dim());
  }

  /// Finds the `k` nearest rows in the `nprobe` nearest lists; with a filter in as many more lists
  /// as it takes to see about
  /// as many rows of the neighbourhood, and at least `k` of them.
  ///
  /// @param query as [Rows#prepareQuery] leaves it
  /// @param rerank rows compared as they are, of those their codes say are nearest
  public void search(float[] query, int k, int nprobe, int rerank, Filter filter, Scratch scratch) {
    scratch.visited = 0;
    orderLists(query, scratch);
    scratch.best.reset(k);
    int wanted = Math.min(lists(), (int) Math.ceil(nprobe / Math.sqrt(filter.share())));
    if (codes == null) {
      for (int rank = 0; rank < lists() && (rank < wanted || scratch.best.size() < k); rank++) {
        scanRows(query, scratch.order.list(rank, wanted - rank), filter, scratch);
      }
    } else {
      var candidates = scratch.candidates;
      candidates.reset(Math.max(rerank, k));
      float constant = prepare(codes.coder(), query, scratch);
      for (int rank = 0; rank < lists() && (rank < wanted || candidates.size() < k); rank++) {
        int list = scratch.order.list(rank, wanted - rank);
        scanCodes(codes, query, list, constant, filter, scratch);
      }
      compare(query, scratch);
    }
    scratch.best.sort();
  }

  private void orderLists(float[] query, Scratch scratch) {
    var distances = scratch.centroidDistances;
    if (coarse != null) {
      coarse.distances(query, scratch.coarseTables, scratch.sums, scratch.hits, distances);
    } else {
      var halfSquares = centroids.halfSquares();
      KERNELS.packedScores(query, centroids.packed(), halfSquares, distances);
      for (int list = 0; list < lists(); list++) {
        distances[list] =
            measure == Measure.L2 ? -distances[list] : -(distances[list] + halfSquares[list]);
      }
    }
    scratch.order.reset(distances, lists());
  }

  /// Makes the tables of a query, or its scaled form, and answers what is added to each distance by
  /// bytes.
  private float prepare(Coder coder, float[] query, Scratch scratch) {
    float factor = measure == Measure.L2 ? -2 : -1;
    float square = measure == Measure.L2 ? KERNELS.dot(query, query) : 0;
    return switch (coder) {
      case ProductCoder product -> {
        product.tables(query, factor, scratch.tables.values(2 * coder.planes()));
        scratch.tables.quantise();
        yield square;
      }
      case SignCoder sign -> {
        sign.tables(query, factor, scratch.tables.values(2 * coder.planes()));
        scratch.tables.quantise();
        yield square;
      }
      case ByteCoder bytes -> square + bytes.scale(query, factor, scratch.scaled);
    };
  }

  /// How far the list's centroid is from the query, as the distances of its rows begin.
  private float bias(float[] query, int list, float constant, Scratch scratch) {
    KERNELS.dots(
        query, centroidRows, (long) list * query.length * Float.BYTES, 1, scratch.distances);
    float product = scratch.distances[0];
    return measure == Measure.L2
        ? constant - 2 * (product - centroids.halfSquares()[list])
        : -product;
  }

  private void scanCodes(
      Codes codes, float[] query, int list, float constant, Filter filter, Scratch scratch) {
    int first = starts[list];
    int count = starts[list + 1] - first;
    var coder = codes.coder();
    var candidates = scratch.candidates;
    var distances = scratch.distances;
    var hits = scratch.hits;
    float bound = candidates.bound();
    long at = (long) first * Float.BYTES;
    scratch.visited += count;
    if (coder instanceof ByteCoder) {
      KERNELS.byteDots(
          scratch.scaled, codes.bytes(), codes.offsets()[list], Codes.padded(count), distances);
      for (int i = 0; i < count; i++) {
        float distance = distances[i] + constant;
        if (coder.shifted()) {
          distance += codes.shift(first + i);
        }
        if (distance < bound) {
          bound = offer(first + i, distance, filter, candidates);
        }
      }
      return;
    }
    var tables = scratch.tables;
    float bias = bias(query, list, constant, scratch);
    KERNELS.nibbleSums(
        codes.bytes(),
        codes.offsets()[list],
        Codes.padded(count),
        coder.planes(),
        tables.bytes(),
        scratch.sums);
    if (!coder.sloped() && !coder.shifted()) {
      float base = bias + tables.shift();
      float limit = (bound - base) / tables.scale();
      if (limit <= 0) {
        return;
      }
      int found = KERNELS.below(scratch.sums, count, limit < 65_535 ? (int) limit : 65_536, hits);
      for (int i = 0; i < found; i++) {
        float distance = base + tables.scale() * Short.toUnsignedInt(scratch.sums[hits[i]]);
        if (distance < bound) {
          bound = offer(first + hits[i], distance, filter, candidates);
        }
      }
      return;
    }
    int found =
        KERNELS.below(
            scratch.sums,
            count,
            tables.scale(),
            tables.shift(),
            codes.slopes(),
            at,
            codes.shifts(),
            at,
            bias,
            bound,
            distances,
            hits);
    for (int i = 0; i < found; i++) {
      if (distances[hits[i]] < bound) {
        bound = offer(first + hits[i], distances[hits[i]], filter, candidates);
      }
    }
  }

  private float offer(int row, float distance, Filter filter, Candidates candidates) {
    if (filter.all() || filter.accepted().test(doc(row))) {
      candidates.add(row, distance);
    }
    return candidates.bound();
  }

  private int doc(int row) {
    return docs.get(INT, (long) row * Integer.BYTES);
  }

  /// Compares the candidates as they are.
  private void compare(float[] query, Scratch scratch) {
    var rows = scratch.candidates.finish();
    int count = scratch.candidates.size();
    scratch.visited += count;
    for (int from = 0; from < count; from += scratch.hits.length) {
      int step = Math.min(scratch.hits.length, count - from);
      System.arraycopy(rows, from, scratch.hits, 0, step);
      switch (measure) {
        case L2 -> KERNELS.squaredDistances(query, vectors, scratch.hits, step, scratch.distances);
        case IP -> KERNELS.dots(query, vectors, scratch.hits, step, scratch.distances);
        case COSINE -> KERNELS.cosines(query, vectors, scratch.hits, step, scratch.distances);
        case HAMMING, JACCARD -> throw unsupported();
      }
      for (int i = 0; i < step; i++) {
        float distance = measure.toDistance(scratch.distances[i]);
        if (distance < scratch.best.bound()) {
          scratch.best.offer(doc(scratch.hits[i]), distance);
        }
      }
    }
  }

  private void scanRows(float[] query, int list, Filter filter, Scratch scratch) {
    int first = starts[list];
    int count = starts[list + 1] - first;
    var values = scratch.distances;
    long offset = (long) first * query.length * Float.BYTES;
    switch (measure) {
      case L2 -> KERNELS.squaredDistances(query, vectors, offset, count, values);
      case IP -> KERNELS.dots(query, vectors, offset, count, values);
      case COSINE -> KERNELS.cosines(query, vectors, offset, count, values);
      case HAMMING, JACCARD -> throw unsupported();
    }
    scratch.visited += count;
    var best = scratch.best;
    float bound = best.bound();
    for (int i = 0; i < count; i++) {
      float distance = measure.toDistance(values[i]);
      if (distance < bound) {
        int doc = doc(first + i);
        if (filter.all() || filter.accepted().test(doc)) {
          best.offer(doc, distance);
          bound = best.bound();
        }
      }
    }
  }

  private IllegalStateException unsupported() {
    return new IllegalStateException("lists of floats are not compared by " + measure);
  }
}
