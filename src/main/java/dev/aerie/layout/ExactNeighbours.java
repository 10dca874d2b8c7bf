package dev.aerie.layout;

import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import java.util.Arrays;

/// The exact nearest rows of many queries, found in one pass over rows that come in blocks and need
/// not fit in memory.
///
/// Scores are computed in single precision with a bound on their error; whatever could belong to
/// the answer is computed again in double precision, so the answer is that of a loop in doubles. Of
/// equals the row that came first is nearer. Not safe for use by several threads; works on several
/// itself.
public final class ExactNeighbours {
  private static final int QUERY_STEP = 64;

  private final Points queries;
  private final Metric metric;
  private final int k;
  private final NearestHeap[] heaps;
  private final double[] queryNorms;
  private long seen;

  /// @param metric L2, IP or COSINE
  /// @param k rows wanted for each query
  /// @throws IllegalArgumentException for another metric or `k < 1`
  public ExactNeighbours(Points queries, Metric metric, int k) {
    if (metric != Metric.L2 && metric != Metric.IP && metric != Metric.COSINE) {
      throw new IllegalArgumentException(
          "exact neighbours of float vectors know L2, IP and COSINE; got " + metric);
    }
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1; got " + k);
    }
    this.queries = queries;
    this.metric = metric;
    this.k = k;
    heaps = new NearestHeap[queries.count()];
    Arrays.setAll(heaps, i -> new NearestHeap(k));
    queryNorms = norms(queries);
  }

  /// Rows taken so far.
  public long seen() {
    return seen;
  }

  /// Takes the next rows; they are numbered on from those before.
  ///
  /// @throws IllegalArgumentException if their dimension is not the queries'
  public void accept(Points rows, Workers workers, Progress progress) {
    int dim = queries.dim();
    if (rows.dim() != dim) {
      throw new IllegalArgumentException(
          "rows have %d dimensions; the queries have %d".formatted(rows.dim(), dim));
    }
    var norms = norms(rows);
    var packed = PackedRows.of(rows);
    workers.each(
        queries.count(),
        QUERY_STEP,
        progress,
        (from, to) -> {
          var scores = new float[PackedRows.BLOCK];
          var asked = new float[to - from][];
          Arrays.setAll(asked, i -> queries.row(from + i));
          for (int block = 0; block < packed.blocks(); block++) {
            for (int query = from; query < to; query++) {
              packed.products(asked[query - from], block, scores);
              offer(query, rows, norms, block * PackedRows.BLOCK, packed.rows(block), scores);
            }
          }
        });
    seen += rows.count();
  }

  /// The answer; this object starts anew afterwards.
  public Neighbours finish() {
    int count = queries.count();
    var ids = new long[count * k];
    var values = new double[count * k];
    for (int query = 0; query < count; query++) {
      var rows = new long[k];
      var scores = new double[k];
      heaps[query].drainTo(rows, scores);
      for (int i = 0; i < k; i++) {
        ids[query * k + i] = rows[i];
        values[query * k + i] = metric == Metric.L2 ? -scores[i] : scores[i];
      }
    }
    seen = 0;
    return new Neighbours(k, metric, ids, values);
  }

  private void offer(
      int query, Points rows, double[] norms, int start, int count, float[] products) {
    var heap = heaps[query];
    double queryNorm = queryNorms[query];
    // Rounding of a sum of dim products, and as much again for the products themselves.
    double precision = (queries.dim() + 8) * 1.2e-7;
    for (int i = 0; i < count; i++) {
      double norm = norms[start + i];
      double product = products[i];
      double slack = precision * queryNorm * norm;
      double most =
          switch (metric) {
            case L2 -> 2 * (product + slack) - queryNorm * queryNorm - norm * norm;
            case COSINE -> norm == 0 || queryNorm == 0 ? 0 : (product + slack) / (queryNorm * norm);
            case IP -> product + slack;
            case HAMMING, JACCARD, BM25, SUBSTRUCTURE, SUPERSTRUCTURE, MHJACCARD, MAX_SIM ->
                throw new IllegalStateException(metric + " passed the constructor");
          };
      // The squares of the norms are rounded too; this covers them where rows and query are large.
      if (most + 1e-12 * (queryNorm * queryNorm + norm * norm) >= heap.bound()) {
        heap.offer(seen + start + i, exact(query, rows, start + i, norm));
      }
    }
  }

  private double exact(int query, Points rows, int row, double norm) {
    int dim = queries.dim();
    var a = queries.values();
    var b = rows.values();
    int atA = query * dim;
    int atB = row * dim;
    double sum = 0;
    if (metric == Metric.L2) {
      for (int i = 0; i < dim; i++) {
        double difference = (double) a[atA + i] - b[atB + i];
        sum += difference * difference;
      }
      return -sum;
    }
    for (int i = 0; i < dim; i++) {
      sum += (double) a[atA + i] * b[atB + i];
    }
    if (metric == Metric.IP) {
      return sum;
    }
    double norms = norm * queryNorms[query];
    return norms == 0 ? 0 : sum / norms;
  }

  private static double[] norms(Points points) {
    var norms = new double[points.count()];
    var values = points.values();
    int dim = points.dim();
    for (int row = 0; row < norms.length; row++) {
      double square = 0;
      for (int i = row * dim; i < (row + 1) * dim; i++) {
        square += (double) values[i] * values[i];
      }
      norms[row] = Math.sqrt(square);
    }
    return norms;
  }
}
