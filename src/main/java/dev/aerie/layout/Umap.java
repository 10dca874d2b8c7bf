package dev.aerie.layout;

import dev.aerie.engine.Progress;
import java.util.Arrays;

/// UMAP in two dimensions (McInnes, Healy and Melville, "UMAP: Uniform Manifold Approximation and
/// Projection for Dimension Reduction", 2018) from neighbours that are given.
///
/// Unlike the paper's stochastic descent, which moves both ends of an edge at once, every point
/// moves itself against the positions all points had when the epoch began, its own edges one after
/// the other, with random numbers drawn from the seed, the epoch and the point. The picture is
/// therefore the same whatever the number of threads. The paper's curve is fitted here for the
/// given distance as there.
///
/// @param minDistance how tightly points may lie, in [0, 1)
/// @param epochs 0 to choose by size: 400 up to 10,000 rows, else 200
/// @param negatives points each edge pushes away
public record Umap(double minDistance, int epochs, int negatives, long seed) {
  /// What a map is made with where nobody chooses.
  public static final Umap DEFAULT = new Umap(0.1, 0, 5, 42);

  private static final int SEARCH_ROUNDS = 64;
  private static final float LONGEST_STEP = 4;
  private static final int STRIP = 512;

  public Umap {
    if (!(minDistance >= 0 && minDistance < 1)) {
      throw new IllegalArgumentException("minDistance must be in [0, 1); got " + minDistance);
    }
    if (epochs < 0 || negatives < 1) {
      throw new IllegalArgumentException(
          "epochs must be at least 0 and negatives at least 1; got %d and %d"
              .formatted(epochs, negatives));
    }
  }

  public Umap withSeed(long other) {
    return new Umap(minDistance, epochs, negatives, other);
  }

  /// @param neighbours of each row, itself left out
  /// @param start first two columns give where points begin, such as principal components
  /// @return `count × 2`
  public Points layOut(Neighbours neighbours, Points start, Workers workers, Progress progress) {
    int count = neighbours.count();
    if (start.count() != count || start.dim() < 2) {
      throw new IllegalArgumentException(
          "%d rows need as many starting points in two dimensions; got %d in %d"
              .formatted(count, start.count(), start.dim()));
    }
    progress.phase("Laying out %,d points".formatted(count));
    var graph = FuzzyGraph.of(neighbours, workers);
    var curve = Curve.fit(minDistance);
    int rounds = epochs > 0 ? epochs : count <= 10_000 ? 400 : 200;
    var before = begin(start);
    var after = before.clone();
    for (int epoch = 0; epoch < rounds; epoch++) {
      float alpha = 1 - (float) epoch / rounds;
      int round = epoch;
      var from = before;
      var to = after;
      workers.each(
          count,
          STRIP,
          Progress.NONE,
          (first, last) -> {
            for (int point = first; point < last; point++) {
              move(point, graph, curve, round, alpha, from, to);
            }
          });
      before = to;
      after = from;
      progress.update(epoch + 1, rounds);
    }
    return Points.of(before, 2);
  }

  /// Places new rows on an existing map: each at the weighted mean of its neighbours there.
  ///
  /// @param neighbours of each new row among the rows of the map
  /// @param map `count × 2`
  public static Points place(Neighbours neighbours, Points map) {
    var placed = new float[neighbours.count() * 2];
    for (int row = 0; row < neighbours.count(); row++) {
      double nearest = neighbours.distance(row, 0);
      double reach = 0;
      int known = 0;
      for (int rank = 0; rank < neighbours.k() && neighbours.row(row, rank) >= 0; rank++) {
        reach += neighbours.distance(row, rank) - nearest;
        known++;
      }
      double scale = Math.max(1e-12, reach / Math.max(1, known));
      double weights = 0;
      double x = 0;
      double y = 0;
      for (int rank = 0; rank < known; rank++) {
        double weight = Math.exp(-(neighbours.distance(row, rank) - nearest) / scale);
        int at = Math.toIntExact(neighbours.row(row, rank));
        x += weight * map.get(at, 0);
        y += weight * map.get(at, 1);
        weights += weight;
      }
      if (known > 0) {
        placed[2 * row] = (float) (x / weights);
        placed[2 * row + 1] = (float) (y / weights);
      }
    }
    return Points.of(placed, 2);
  }

  /// Moves one point along its edges that are due and away from points drawn at random.
  private void move(
      int point, FuzzyGraph graph, Curve curve, int epoch, float alpha, float[] from, float[] to) {
    float x = from[2 * point];
    float y = from[2 * point + 1];
    int count = from.length / 2;
    long stream = mix(seed + mix(epoch * 0x9E3779B97F4A7C15L + point));
    for (int edge = graph.first(point); edge < graph.first(point + 1); edge++) {
      float rate = graph.weight(edge);
      if ((int) ((epoch + 1) * rate) == (int) (epoch * rate)) {
        continue;
      }
      int other = graph.target(edge);
      float dx = x - from[2 * other];
      float dy = y - from[2 * other + 1];
      float pull = curve.attraction(dx * dx + dy * dy);
      x += alpha * clip(pull * dx);
      y += alpha * clip(pull * dy);
      // The other end moves itself along the same edge with its own share of pushes: together they
      // are as many as the paper's for one edge.
      int pushes = (negatives + (edge & 1)) / 2;
      for (int i = 0; i < pushes; i++) {
        stream = stream * 0x5851F42D4C957F2DL + 0x14057B7EF767814FL;
        int far = (int) (((stream >>> 32) * count) >>> 32);
        if (far == point) {
          continue;
        }
        float awayX = x - from[2 * far];
        float awayY = y - from[2 * far + 1];
        float push = curve.repulsion(awayX * awayX + awayY * awayY);
        x += alpha * clip(push * awayX);
        y += alpha * clip(push * awayY);
      }
    }
    to[2 * point] = x;
    to[2 * point + 1] = y;
  }

  /// The starting points brought to a width of 20, each moved a hair of its own so that equal ones
  /// part.
  private float[] begin(Points start) {
    int count = start.count();
    double widest = 0;
    for (int i = 0; i < count; i++) {
      widest = Math.max(widest, Math.max(Math.abs(start.get(i, 0)), Math.abs(start.get(i, 1))));
    }
    double scale = widest == 0 ? 0 : 10 / widest;
    var points = new float[2 * count];
    for (int i = 0; i < count; i++) {
      long noise = mix(seed ^ i);
      points[2 * i] = (float) (start.get(i, 0) * scale + (noise & 0xFFFF) * 1e-8);
      points[2 * i + 1] = (float) (start.get(i, 1) * scale + (noise >>> 48) * 1e-8);
    }
    return points;
  }

  private static float clip(float step) {
    return Math.clamp(step, -LONGEST_STEP, LONGEST_STEP);
  }

  /// Stafford's thirteenth mixer.
  private static long mix(long z) {
    long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /// How near two points of the map are: `1 / (1 + a d^2b)`, with its gradients.
  private record Curve(float a, float b) {
    /// The curve nearest, in least squares over [0, 3], to 1 up to the distance and falling
    /// exponentially from there, found by a shrinking search.
    static Curve fit(double minDistance) {
      double a = 1.5;
      double b = 0.9;
      double span = 0.8;
      for (int round = 0; round < SEARCH_ROUNDS; round++) {
        double bestA = a;
        double bestB = b;
        double best = error(a, b, minDistance);
        for (int i = -2; i <= 2; i++) {
          for (int j = -2; j <= 2; j++) {
            double triedA = Math.max(1e-3, a + i * span);
            double triedB = Math.max(1e-2, b + j * span / 4);
            double error = error(triedA, triedB, minDistance);
            if (error < best) {
              best = error;
              bestA = triedA;
              bestB = triedB;
            }
          }
        }
        a = bestA;
        b = bestB;
        span *= 0.8;
      }
      return new Curve((float) a, (float) b);
    }

    private static double error(double a, double b, double minDistance) {
      double sum = 0;
      for (int i = 1; i <= 300; i++) {
        double d = i / 100.0;
        double wanted = d <= minDistance ? 1 : Math.exp(minDistance - d);
        double miss = wanted - 1 / (1 + a * Math.pow(d, 2 * b));
        sum += miss * miss;
      }
      return sum;
    }

    float attraction(float square) {
      if (square <= 0) {
        return 0;
      }
      float power = (float) Math.exp(b * Math.log(square));
      return -2 * a * b * power / (square * (1 + a * power));
    }

    float repulsion(float square) {
      if (square <= 0) {
        return 0;
      }
      float power = (float) Math.exp(b * Math.log(square));
      return 2 * b / ((0.001f + square) * (1 + a * power));
    }
  }

  /// The neighbours as a symmetric graph whose weights say how surely two rows belong together.
  private static final class FuzzyGraph {
    private final int[] firsts;
    private final int[] targets;
    private final float[] weights;

    private FuzzyGraph(int[] firsts, int[] targets, float[] weights) {
      this.firsts = firsts;
      this.targets = targets;
      this.weights = weights;
    }

    int first(int point) {
      return firsts[point];
    }

    int target(int edge) {
      return targets[edge];
    }

    /// Share of the epochs in which the edge pulls; the strongest edge pulls in each.
    float weight(int edge) {
      return weights[edge];
    }

    static FuzzyGraph of(Neighbours neighbours, Workers workers) {
      int count = neighbours.count();
      int k = neighbours.k();
      var directed = new float[count * k];
      workers.each(
          count,
          STRIP,
          Progress.NONE,
          (from, to) -> {
            for (int row = from; row < to; row++) {
              smooth(neighbours, row, directed);
            }
          });
      return symmetric(neighbours, directed);
    }

    /// Weights of one row's neighbours: 1 for the nearest, falling so that they sum to log2(k).
    private static void smooth(Neighbours neighbours, int row, float[] weights) {
      int k = neighbours.k();
      double nearest = 0;
      for (int rank = 0; rank < k && nearest == 0; rank++) {
        nearest = neighbours.row(row, rank) < 0 ? 0 : neighbours.distance(row, rank);
      }
      double wanted = Math.log(k + 1) / Math.log(2);
      double low = 0;
      double high = Double.POSITIVE_INFINITY;
      double sigma = 1;
      for (int round = 0; round < SEARCH_ROUNDS; round++) {
        double sum = 0;
        for (int rank = 0; rank < k; rank++) {
          sum += weight(neighbours, row, rank, nearest, sigma);
        }
        if (Math.abs(sum - wanted) < 1e-5) {
          break;
        }
        if (sum > wanted) {
          high = sigma;
          sigma = (low + high) / 2;
        } else {
          low = sigma;
          sigma = Double.isInfinite(high) ? sigma * 2 : (low + high) / 2;
        }
      }
      for (int rank = 0; rank < k; rank++) {
        weights[row * k + rank] = (float) weight(neighbours, row, rank, nearest, sigma);
      }
    }

    private static double weight(
        Neighbours neighbours, int row, int rank, double nearest, double sigma) {
      if (neighbours.row(row, rank) < 0) {
        return 0;
      }
      double beyond = neighbours.distance(row, rank) - nearest;
      return beyond <= 0 ? 1 : Math.exp(-beyond / sigma);
    }

    /// The probabilistic union of both directions: `w + w' - w w'`.
    private static FuzzyGraph symmetric(Neighbours neighbours, float[] directed) {
      int count = neighbours.count();
      int k = neighbours.k();
      var keys = new long[2 * count * k];
      int edges = 0;
      for (int row = 0; row < count; row++) {
        for (int rank = 0; rank < k; rank++) {
          long other = neighbours.row(row, rank);
          if (other >= 0 && directed[row * k + rank] > 0) {
            keys[edges++] = (long) row << 32 | other;
            keys[edges++] = other << 32 | row;
          }
        }
      }
      Arrays.sort(keys, 0, edges);
      var firsts = new int[count + 1];
      var targets = new int[edges];
      var weights = new float[edges];
      int kept = 0;
      for (int i = 0; i < edges; i++) {
        if (i > 0 && keys[i] == keys[i - 1]) {
          continue;
        }
        int row = (int) (keys[i] >>> 32);
        int other = (int) keys[i];
        float there = find(neighbours, directed, row, other);
        float back = find(neighbours, directed, other, row);
        targets[kept] = other;
        weights[kept++] = there + back - there * back;
        firsts[row + 1] = kept;
      }
      for (int row = 1; row <= count; row++) {
        firsts[row] = Math.max(firsts[row], firsts[row - 1]);
      }
      return new FuzzyGraph(firsts, Arrays.copyOf(targets, kept), Arrays.copyOf(weights, kept));
    }

    private static float find(Neighbours neighbours, float[] directed, int row, int other) {
      for (int rank = 0; rank < neighbours.k(); rank++) {
        if (neighbours.row(row, rank) == other) {
          return directed[row * neighbours.k() + rank];
        }
      }
      return 0;
    }
  }
}
