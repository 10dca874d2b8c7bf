package dev.aerie.layout;

import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import java.util.Arrays;

/// t-SNE in two dimensions (van der Maaten and Hinton, 2008) with the Barnes-Hut approximation of
/// the pushing forces (van der Maaten, "Accelerating t-SNE using Tree-Based Algorithms", 2014).
/// Forces are summed point by point and their scale in a fixed order, so that the map does not
/// depend on the number of threads. Starts from given places, as Kobak and Berens (2019) advise.
///
/// @param perplexity about how many neighbours count
/// @param rounds of the descent; a quarter of them with the pull exaggerated
public record Tsne(double perplexity, int rounds) {
  public static final Tsne DEFAULT = new Tsne(30, 750);

  /// More rows take too long to be of use.
  public static final int MOST_ROWS = 20_000;

  private static final double THETA = 0.7;
  private static final double EXAGGERATION = 12;
  private static final int STRIP = 128;

  public Tsne {
    if (!(perplexity >= 1) || rounds < 1) {
      throw new IllegalArgumentException(
          "perplexity and rounds must be at least 1; got %s and %d".formatted(perplexity, rounds));
    }
  }

  /// @param rows compared by Euclidean distance
  /// @param start `count × 2` or wider
  /// @throws IllegalArgumentException above 20,000 rows
  public Points layOut(Points rows, Points start, Workers workers, Progress progress) {
    int count = rows.count();
    if (count > MOST_ROWS) {
      throw new IllegalArgumentException(
          "t-SNE takes at most %,d rows; got %,d; UMAP takes more".formatted(MOST_ROWS, count));
    }
    if (count < 4) {
      return Points.of(firstTwo(start), 2);
    }
    int k = (int) Math.min(count - 1L, Math.round(3 * perplexity));
    var neighbours = new RowNeighbours(Metric.L2, k, MOST_ROWS, 42).find(rows, workers, progress);
    var edges = Affinities.of(neighbours, Math.min(perplexity, k / 3.0), workers);
    var places = begin(start);
    var speed = new double[2 * count];
    var gains = new double[2 * count];
    Arrays.fill(gains, 1);
    progress.phase("Laying out %,d points".formatted(count));
    for (int round = 0; round < rounds; round++) {
      boolean early = round < rounds / 4;
      step(edges, places, speed, gains, early, workers);
      progress.update(round + 1, rounds);
    }
    var map = new float[2 * count];
    for (int i = 0; i < map.length; i++) {
      map[i] = (float) places[i];
    }
    return Points.of(map, 2);
  }

  private static void step(
      Affinities edges,
      double[] places,
      double[] speed,
      double[] gains,
      boolean early,
      Workers workers) {
    int count = places.length / 2;
    var tree = new QuadTree(places);
    var pull = new double[2 * count];
    var push = new double[2 * count];
    var weights = new double[count];
    workers.each(
        count,
        STRIP,
        Progress.NONE,
        (from, to) -> {
          for (int point = from; point < to; point++) {
            edges.pull(point, places, pull);
            weights[point] = tree.push(point, places, push);
          }
        });
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double rate = Math.max(count / EXAGGERATION, 50);
    double momentum = early ? 0.5 : 0.8;
    double factor = early ? EXAGGERATION : 1;
    for (int i = 0; i < places.length; i++) {
      double gradient = 4 * (factor * pull[i] - push[i] / Math.max(1e-12, total));
      gains[i] = (gradient > 0) == (speed[i] > 0) ? Math.max(0.01, gains[i] * 0.8) : gains[i] + 0.2;
      speed[i] = momentum * speed[i] - rate * gains[i] * gradient;
      places[i] += speed[i];
    }
  }

  private static double[] begin(Points start) {
    double widest = 1e-30;
    for (int row = 0; row < start.count(); row++) {
      widest = Math.max(widest, Math.max(Math.abs(start.get(row, 0)), Math.abs(start.get(row, 1))));
    }
    var places = new double[2 * start.count()];
    for (int row = 0; row < start.count(); row++) {
      // The golden angle parts equal rows, the same way each time.
      places[2 * row] = start.get(row, 0) / widest * 0.01 + 1e-6 * Math.cos(row * 2.39996);
      places[2 * row + 1] = start.get(row, 1) / widest * 0.01 + 1e-6 * Math.sin(row * 2.39996);
    }
    return places;
  }

  private static float[] firstTwo(Points start) {
    var values = new float[2 * start.count()];
    for (int row = 0; row < start.count(); row++) {
      values[2 * row] = start.get(row, 0);
      values[2 * row + 1] = start.get(row, 1);
    }
    return values;
  }

  /// Symmetric shares of closeness between neighbours; they sum to 1.
  private record Affinities(int[] firsts, int[] targets, double[] shares) {
    static Affinities of(Neighbours neighbours, double perplexity, Workers workers) {
      int count = neighbours.count();
      int k = neighbours.k();
      var directed = new double[count * k];
      workers.each(
          count,
          STRIP,
          Progress.NONE,
          (from, to) -> {
            for (int row = from; row < to; row++) {
              spread(neighbours, row, perplexity, directed);
            }
          });
      var sizes = new int[count + 1];
      for (int row = 0; row < count; row++) {
        for (int rank = 0; rank < k; rank++) {
          sizes[row + 1]++;
          sizes[(int) neighbours.row(row, rank) + 1]++;
        }
      }
      for (int row = 0; row < count; row++) {
        sizes[row + 1] += sizes[row];
      }
      var next = Arrays.copyOf(sizes, count);
      var targets = new int[sizes[count]];
      var shares = new double[targets.length];
      // Both directions are kept as edges of their own; pulls along them add up.
      for (int row = 0; row < count; row++) {
        for (int rank = 0; rank < k; rank++) {
          int other = (int) neighbours.row(row, rank);
          double share = directed[row * k + rank] / (2.0 * count);
          targets[next[row]] = other;
          shares[next[row]++] = share;
          targets[next[other]] = row;
          shares[next[other]++] = share;
        }
      }
      return new Affinities(sizes, targets, shares);
    }

    /// Weights of one row's neighbours with the given perplexity, by bisection.
    private static void spread(
        Neighbours neighbours, int row, double perplexity, double[] directed) {
      int k = neighbours.k();
      double wanted = Math.log(perplexity);
      double low = 0;
      double high = Double.POSITIVE_INFINITY;
      double beta = 1;
      double nearest = neighbours.value(row, 0);
      double sum = 0;
      for (int round = 0; round < 60; round++) {
        sum = 0;
        double weighted = 0;
        for (int rank = 0; rank < k; rank++) {
          double beyond = neighbours.value(row, rank) - nearest;
          double weight = Math.exp(-beta * beyond);
          directed[row * k + rank] = weight;
          sum += weight;
          weighted += weight * beyond;
        }
        double entropy = Math.log(sum) + beta * weighted / sum;
        if (Math.abs(entropy - wanted) < 1e-5) {
          break;
        }
        if (entropy > wanted) {
          low = beta;
          beta = Double.isInfinite(high) ? beta * 2 : (low + high) / 2;
        } else {
          high = beta;
          beta = (low + high) / 2;
        }
      }
      for (int rank = 0; rank < k; rank++) {
        directed[row * k + rank] /= sum;
      }
    }

    void pull(int point, double[] places, double[] into) {
      double x = 0;
      double y = 0;
      for (int edge = firsts[point]; edge < firsts[point + 1]; edge++) {
        double dx = places[2 * point] - places[2 * targets[edge]];
        double dy = places[2 * point + 1] - places[2 * targets[edge] + 1];
        double force = shares[edge] / (1 + dx * dx + dy * dy);
        x += force * dx;
        y += force * dy;
      }
      into[2 * point] = x;
      into[2 * point + 1] = y;
    }
  }

  /// Places in nested squares, each with its number of points and their centre.
  private static final class QuadTree {
    private static final int DEEPEST = 40;

    private int[] children = new int[4096];
    private double[] massX = new double[1024];
    private double[] massY = new double[1024];
    private int[] counts = new int[1024];
    private int[] single = new int[1024];
    private int nodes = 1;
    private final double side;
    private final double left;
    private final double top;

    QuadTree(double[] places) {
      double minX = Double.POSITIVE_INFINITY;
      double minY = Double.POSITIVE_INFINITY;
      double maxX = Double.NEGATIVE_INFINITY;
      double maxY = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < places.length; i += 2) {
        minX = Math.min(minX, places[i]);
        maxX = Math.max(maxX, places[i]);
        minY = Math.min(minY, places[i + 1]);
        maxY = Math.max(maxY, places[i + 1]);
      }
      side = Math.max(1e-30, Math.max(maxX - minX, maxY - minY)) * 1.0001;
      left = minX;
      top = minY;
      single[0] = -1;
      for (int i = 0; i < places.length; i += 2) {
        insert(i / 2, places);
      }
    }

    /// Adds up the pushes on a point and returns the sum of their weights.
    double push(int point, double[] places, double[] into) {
      double x = places[2 * point];
      double y = places[2 * point + 1];
      var stack = new int[4 * DEEPEST + 8];
      var sides = new double[stack.length];
      int depth = 0;
      stack[depth] = 0;
      sides[depth++] = side;
      double total = 0;
      double forceX = 0;
      double forceY = 0;
      while (depth > 0) {
        int node = stack[--depth];
        double size = sides[depth];
        int count = counts[node];
        if (count == 0 || count == 1 && single[node] == point) {
          continue;
        }
        double dx = x - massX[node] / count;
        double dy = y - massY[node] / count;
        double square = dx * dx + dy * dy;
        if (isLeaf(node) || size * size < THETA * THETA * square) {
          double weight = 1 / (1 + square);
          total += count * weight;
          forceX += count * weight * weight * dx;
          forceY += count * weight * weight * dy;
          continue;
        }
        for (int quarter = 0; quarter < 4; quarter++) {
          if (children[4 * node + quarter] != 0) {
            stack[depth] = children[4 * node + quarter];
            sides[depth++] = size / 2;
          }
        }
      }
      into[2 * point] = forceX;
      into[2 * point + 1] = forceY;
      return total;
    }

    private boolean isLeaf(int node) {
      return (children[4 * node]
              | children[4 * node + 1]
              | children[4 * node + 2]
              | children[4 * node + 3])
          == 0;
    }

    private void insert(int point, double[] places) {
      double x = places[2 * point];
      double y = places[2 * point + 1];
      int node = 0;
      double atX = left;
      double atY = top;
      double size = side;
      for (int depth = 0; ; depth++) {
        boolean wasLeaf = isLeaf(node);
        int before = counts[node]++;
        massX[node] += x;
        massY[node] += y;
        if (before == 0) {
          single[node] = point;
          return;
        }
        if (depth == DEEPEST) {
          return;
        }
        size /= 2;
        if (wasLeaf) {
          int lodger = single[node];
          int down = child(node, places[2 * lodger], places[2 * lodger + 1], atX, atY, size);
          counts[down] = 1;
          massX[down] = places[2 * lodger];
          massY[down] = places[2 * lodger + 1];
          single[down] = lodger;
        }
        int down = child(node, x, y, atX, atY, size);
        atX += x >= atX + size ? size : 0;
        atY += y >= atY + size ? size : 0;
        node = down;
      }
    }

    private int child(int node, double x, double y, double atX, double atY, double size) {
      int quarter = (x >= atX + size ? 1 : 0) + (y >= atY + size ? 2 : 0);
      int place = 4 * node + quarter;
      if (children[place] == 0) {
        if (nodes == counts.length) {
          grow();
        }
        single[nodes] = -1;
        children[place] = nodes++;
      }
      return children[place];
    }

    private void grow() {
      int length = 2 * counts.length;
      children = Arrays.copyOf(children, 4 * length);
      massX = Arrays.copyOf(massX, length);
      massY = Arrays.copyOf(massY, length);
      counts = Arrays.copyOf(counts, length);
      single = Arrays.copyOf(single, length);
    }
  }
}
