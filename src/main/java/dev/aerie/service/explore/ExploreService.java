package dev.aerie.service.explore;

import dev.aerie.engine.Consistency;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Filter;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.layout.ClusterLabels;
import dev.aerie.layout.DensityClusters;
import dev.aerie.layout.ExactNeighbours;
import dev.aerie.layout.MapQuality;
import dev.aerie.layout.Neighbours;
import dev.aerie.layout.Pca;
import dev.aerie.layout.Points;
import dev.aerie.layout.RowNeighbours;
import dev.aerie.layout.Tsne;
import dev.aerie.layout.Umap;
import dev.aerie.layout.Workers;
import dev.aerie.service.bench.CollectionRows;
import dev.aerie.service.bench.Reservoir;
import dev.aerie.service.bench.SearchTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Draws samples and makes maps of them.
public final class ExploreService {
  /// Neighbours a map is made from.
  public static final int NEIGHBOURS = 15;

  /// Neighbours a map is judged by.
  private static final int QUALITY_K = 15;

  private static final int QUALITY_SAMPLE = 500;
  private static final int EXACT_ROWS = 20_000;
  private static final int LABEL_WORDS = 3;
  private static final int PAGE = 1_000;

  private final Engine engine;
  private final Workers workers;

  public ExploreService(Engine engine, Workers workers) {
    this.engine = engine;
    this.workers = workers;
  }

  /// A uniform random sample in one pass, the same for the same rows and seed.
  ///
  /// @param most rows wanted
  /// @throws IllegalArgumentException if no row has a vector
  public Sample sample(
      String database,
      String collection,
      String field,
      Metric metric,
      Filter filter,
      int most,
      long seed,
      Progress progress) {
    progress.phase("Reading " + collection);
    var reservoir = new Reservoir(most, seed);
    var keys = new ArrayList<Object>();
    var rows = new ArrayList<float[]>();
    new CollectionRows(new SearchTarget(engine, database, collection, field, filter))
        .stream(
            block -> {
              for (int row = 0; row < block.points().count(); row++) {
                int place = reservoir.next();
                if (place == rows.size()) {
                  rows.add(block.points().row(row));
                  keys.add(block.keys().get(row));
                } else if (place >= 0) {
                  rows.set(place, block.points().row(row));
                  keys.set(place, block.keys().get(row));
                }
              }
            },
            progress);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "no row of \"%s\" that passes the filter has a vector in \"%s\""
              .formatted(collection, field));
    }
    return new Sample(
        database,
        collection,
        field,
        metric,
        filter.expression(),
        seed,
        reservoir.seen(),
        keys,
        points(rows));
  }

  /// The texts of a field for the rows of a sample, "" where a row has none.
  public List<String> texts(Sample sample, String field, Progress progress) {
    return values(sample, field, progress).stream()
        .map(value -> value.map(String::valueOf).orElse(""))
        .toList();
  }

  /// The values of a field for the rows of a sample, for colours and cards.
  public List<Optional<Object>> values(Sample sample, String field, Progress progress) {
    progress.phase("Reading \"%s\"".formatted(field));
    var found = new HashMap<Object, Object>();
    var key =
        engine
            .call(
                new dev.aerie.engine.CollectionRequest.Describe(
                    sample.database(), sample.collection()))
            .schema()
            .primaryKey()
            .name();
    for (int start = 0; start < sample.size(); start += PAGE) {
      var ids = sample.keys().subList(start, Math.min(sample.size(), start + PAGE));
      var scope = QueryRequest.Scope.of(Filter.ids(key, ids), field).at(Consistency.BOUNDED);
      var batch =
          engine.call(
              new QueryRequest.Query(sample.database(), sample.collection(), scope, 0, ids.size()));
      var column = batch.column(field);
      var keys = batch.column(key).orElseThrow();
      for (int row = 0; column.isPresent() && row < batch.size(); row++) {
        var id = keys.value(row).orElseThrow();
        column.get().value(row).ifPresent(value -> found.put(id, value));
      }
      progress.update(start + ids.size(), sample.size());
    }
    return sample.keys().stream().map(id -> Optional.ofNullable(found.get(id))).toList();
  }

  /// The nearest other rows of each row of a sample.
  public Neighbours neighbours(Sample sample, Progress progress) {
    return new RowNeighbours(sample.metric(), NEIGHBOURS, EXACT_ROWS, sample.seed())
        .find(sample.points(), workers, progress);
  }

  /// A map with clusters, and with labels where texts are given.
  ///
  /// @param texts row for row, or empty for none
  public RowMap map(
      Sample sample, Projection projection, long seed, List<String> texts, Progress progress) {
    var places = project(sample, projection, seed, progress);
    progress.phase("Finding clusters");
    var clusters = DensityClusters.find(places, Math.max(5, sample.size() / 500));
    var labels =
        texts.isEmpty()
            ? List.<List<String>>of()
            : ClusterLabels.of(texts, clusters.cluster(), clusters.clusters().size(), LABEL_WORDS);
    var quality =
        sample.size() > 4 * QUALITY_K
            ? Optional.of(
                MapQuality.measure(
                    sample.points(),
                    places,
                    sample.metric(),
                    QUALITY_K,
                    QUALITY_SAMPLE,
                    seed,
                    workers,
                    progress))
            : Optional.<MapQuality>empty();
    return new RowMap(sample, projection, seed, places, clusters, labels, quality);
  }

  /// Places other rows on a map, each among its nearest rows there.
  public Points place(RowMap map, Points rows, Progress progress) {
    var search = new ExactNeighbours(rows, map.sample().metric(), NEIGHBOURS);
    search.accept(map.sample().points(), workers, progress);
    return Umap.place(search.finish(), map.places());
  }

  private Points project(Sample sample, Projection projection, long seed, Progress progress) {
    progress.phase("Finding the main directions");
    var base = sample.metric() == Metric.COSINE ? sample.points().normalised() : sample.points();
    var start = Pca.fit(base, 2, workers, progress).project(base, workers, Progress.NONE);
    if (start.dim() < 2) {
      start = widened(start);
    }
    return switch (projection) {
      case PCA -> start;
      case UMAP ->
          Umap.DEFAULT
              .withSeed(seed)
              .layOut(neighbours(sample, progress), start, workers, progress);
      case T_SNE -> Tsne.DEFAULT.layOut(base, start, workers, progress);
    };
  }

  /// Vectors of one dimension lie on a line.
  private static Points widened(Points line) {
    var values = new float[2 * line.count()];
    for (int row = 0; row < line.count(); row++) {
      values[2 * row] = line.get(row, 0);
    }
    return Points.of(values, 2);
  }

  private static Points points(List<float[]> rows) {
    int dim = rows.getFirst().length;
    var values = new float[Math.multiplyExact(rows.size(), dim)];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, values, row * dim, dim);
    }
    return new Points(values, rows.size(), dim);
  }

  /// What stands out among the rows of a sample.
  ///
  /// @param duplicates pairs whose vectors are all but equal, nearest first
  /// @param hubs rows in far more neighbour lists than others, the most first
  /// @param neverReturned rows in nobody's list
  /// @param outliers rows farthest from their nearest neighbours, the farthest first
  public record Oddities(
      List<Pair> duplicates, List<Counted> hubs, List<Object> neverReturned, List<Far> outliers) {
    public Oddities {
      duplicates = List.copyOf(duplicates);
      hubs = List.copyOf(hubs);
      neverReturned = List.copyOf(neverReturned);
      outliers = List.copyOf(outliers);
    }

    public record Pair(Object first, Object second, double distance) {}

    public record Counted(Object key, int lists) {}

    public record Far(Object key, double distance) {}
  }

  /// @param near distance below which two rows count as duplicates: Euclidean for L2, one less the
  ///     score else
  /// @param most entries of each list
  public Oddities oddities(Sample sample, Neighbours neighbours, double near, int most) {
    int count = neighbours.count();
    int k = neighbours.k();
    var lists = new int[count];
    var reach = new double[count];
    var pairs = new ArrayList<Oddities.Pair>();
    for (int row = 0; row < count; row++) {
      int known = 0;
      for (int rank = 0; rank < k && neighbours.row(row, rank) >= 0; rank++) {
        int other = Math.toIntExact(neighbours.row(row, rank));
        lists[other]++;
        double distance = neighbours.distance(row, rank);
        reach[row] += distance;
        known++;
        boolean first = row < other || !isListed(neighbours, other, row);
        if (distance <= near && first) {
          pairs.add(new Oddities.Pair(sample.keys().get(row), sample.keys().get(other), distance));
        }
      }
      reach[row] = known == 0 ? 0 : reach[row] / known;
    }
    pairs.sort((a, b) -> Double.compare(a.distance(), b.distance()));
    var byLists = rowsBy(count, row -> -lists[row]);
    var byReach = rowsBy(count, row -> -reach[row]);
    // In a space without hubs a row is in k lists, give or take; five times that stands out.
    var hubs =
        byLists.stream()
            .filter(row -> lists[row] >= 5 * k)
            .limit(most)
            .map(row -> new Oddities.Counted(sample.keys().get(row), lists[row]))
            .toList();
    var never =
        byLists.reversed().stream()
            .filter(row -> lists[row] == 0)
            .limit(most)
            .map(row -> sample.keys().get(row))
            .toList();
    var outliers =
        byReach.stream()
            .limit(most)
            .map(row -> new Oddities.Far(sample.keys().get(row), reach[row]))
            .toList();
    return new Oddities(pairs.subList(0, Math.min(most, pairs.size())), hubs, never, outliers);
  }

  private static boolean isListed(Neighbours neighbours, int of, int row) {
    for (int rank = 0; rank < neighbours.k(); rank++) {
      if (neighbours.row(of, rank) == row) {
        return true;
      }
    }
    return false;
  }

  private static List<Integer> rowsBy(int count, java.util.function.IntToDoubleFunction order) {
    return java.util.stream.IntStream.range(0, count)
        .boxed()
        .sorted((a, b) -> Double.compare(order.applyAsDouble(a), order.applyAsDouble(b)))
        .toList();
  }

  /// Rows of a sample by key, for who has keys and wants places.
  public static Map<Object, Integer> rowsByKey(Sample sample) {
    var rows = new HashMap<Object, Integer>();
    for (int row = 0; row < sample.size(); row++) {
      rows.put(sample.keys().get(row), row);
    }
    return rows;
  }
}
