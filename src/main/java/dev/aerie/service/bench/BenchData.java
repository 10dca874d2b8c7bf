package dev.aerie.service.bench;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.layout.ExactNeighbours;
import dev.aerie.layout.Neighbours;
import dev.aerie.layout.Points;
import dev.aerie.layout.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Rows and queries of a benchmark with their exact answers. The key of a row is its number.
///
/// @param name as it stands in reports
public record BenchData(String name, Metric metric, Points base, Points queries, Truth truth) {
  /// Neighbours computed for each query where no file knows them.
  public static final int TRUTH_K = 100;

  private static final int BLOCK_ROWS = 16_384;

  public BenchData {
    if (base.dim() != queries.dim()) {
      throw new IllegalArgumentException(
          "rows of \"%s\" have %d dimensions, its queries %d"
              .formatted(name, base.dim(), queries.dim()));
    }
    if (truth.queries() != queries.count()) {
      throw new IllegalArgumentException(
          "\"%s\" has %d queries and %d exact answers"
              .formatted(name, queries.count(), truth.queries()));
    }
  }

  /// Rows and queries whose truth is computed here.
  public static BenchData of(
      String name, Metric metric, Points base, Points queries, Workers workers, Progress progress) {
    progress.phase("Finding the exact neighbours");
    int k = Math.clamp(base.count(), 1, TRUTH_K);
    return new BenchData(
        name, metric, base, queries, exact(base, queries, metric, k, workers, progress));
  }

  /// Reads `PATH/NAME_base.fvecs`, `_query.fvecs` and, where it is there, `_truth.ivecs`.
  ///
  /// @throws EngineException `NOT_FOUND` or `CORRUPT` if the files cannot be used
  public static BenchData read(Path stem, Metric metric, Workers workers, Progress progress) {
    var name = stem.getFileName().toString();
    progress.phase("Reading " + name);
    try {
      var base = VecsFile.readFloats(beside(stem, "_base.fvecs"));
      var queries = VecsFile.readFloats(beside(stem, "_query.fvecs"));
      var truth = beside(stem, "_truth.ivecs");
      if (Files.exists(truth)) {
        return new BenchData(
            name, metric, base, queries, truth(VecsFile.readInts(truth), base, queries, metric));
      }
      return of(name, metric, base, queries, workers, progress);
    } catch (IOException e) {
      throw new EngineException(
          ErrorCode.NOT_FOUND,
          "data set \"%s\" cannot be read: %s; it needs %s_base.fvecs and %s_query.fvecs"
              .formatted(stem, e.getMessage(), name, name),
          e);
    }
  }

  /// The same with at most so many queries, from the first on.
  public BenchData withQueries(int most) {
    if (most >= queries.count()) {
      return this;
    }
    return new BenchData(
        name,
        metric,
        base,
        new Points(queries.values(), most, queries.dim()),
        new Truth(truth.k(), truth.answers().subList(0, most)));
  }

  /// The exact answers, keys being row numbers.
  public static Truth exact(
      Points base, Points queries, Metric metric, int k, Workers workers, Progress progress) {
    var search = new ExactNeighbours(queries, metric, k);
    for (int start = 0; start < base.count(); start += BLOCK_ROWS) {
      int count = Math.min(BLOCK_ROWS, base.count() - start);
      var block = new float[count * base.dim()];
      System.arraycopy(base.values(), start * base.dim(), block, 0, block.length);
      search.accept(new Points(block, count, base.dim()), workers, Progress.NONE);
      progress.update(start + count, base.count());
    }
    return truth(search.finish());
  }

  private static Truth truth(Neighbours neighbours) {
    var answers = new ArrayList<Truth.Answer>();
    for (int query = 0; query < neighbours.count(); query++) {
      var keys = new ArrayList<Object>();
      var values = new ArrayList<Double>();
      for (int rank = 0; rank < neighbours.k() && neighbours.row(query, rank) >= 0; rank++) {
        keys.add(neighbours.row(query, rank));
        values.add(neighbours.value(query, rank));
      }
      answers.add(new Truth.Answer(keys, values));
    }
    return new Truth(neighbours.k(), answers);
  }

  private static Truth truth(int[][] rows, Points base, Points queries, Metric metric)
      throws IOException {
    var answers = new ArrayList<Truth.Answer>();
    int k = rows.length == 0 ? 1 : rows[0].length;
    for (int query = 0; query < rows.length; query++) {
      var keys = new ArrayList<Object>();
      var values = new ArrayList<Double>();
      for (int row : rows[query]) {
        if (row < 0 || row >= base.count()) {
          throw new IOException(
              "its truth names row %d of %d; the files do not belong together"
                  .formatted(row, base.count()));
        }
        keys.add((long) row);
        values.add(value(metric, queries, query, base, row));
      }
      answers.add(new Truth.Answer(keys, values));
    }
    return new Truth(k, answers);
  }

  private static double value(Metric metric, Points queries, int query, Points base, int row) {
    double product = 0;
    double distance = 0;
    double queryNorm = 0;
    double norm = 0;
    for (int i = 0; i < base.dim(); i++) {
      double q = queries.get(query, i);
      double b = base.get(row, i);
      product += q * b;
      distance += (q - b) * (q - b);
      queryNorm += q * q;
      norm += b * b;
    }
    if (metric == Metric.L2) {
      return distance;
    }
    if (metric == Metric.COSINE) {
      return queryNorm == 0 || norm == 0 ? 0 : product / Math.sqrt(queryNorm * norm);
    }
    return product;
  }

  /// All queries as they are sent.
  List<float[]> queryRows() {
    var rows = new ArrayList<float[]>();
    for (int query = 0; query < queries.count(); query++) {
      rows.add(queries.row(query));
    }
    return rows;
  }

  private static Path beside(Path stem, String suffix) {
    return stem.resolveSibling(stem.getFileName() + suffix);
  }
}
