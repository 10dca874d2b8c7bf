package dev.aerie.layout;

import dev.aerie.engine.Progress;
import java.util.SplittableRandom;

/// The directions along which rows differ most, by orthogonal iteration on the covariance of at
/// most 20,000 evenly chosen rows. The sign of a direction is fixed by its largest component, so
/// that the same rows always give the same picture.
///
/// @param mean of the rows, `dim`
/// @param axes the directions, each of length 1, the strongest first
/// @param shares of the whole variance, axis by axis
public record Pca(double[] mean, double[][] axes, double[] shares) {
  private static final int MOST_ROWS = 20_000;
  private static final int MOST_ROUNDS = 200;
  private static final int STRIP = 16;

  /// @param count axes wanted; no more than the dimension come back
  /// @throws IllegalArgumentException without rows
  public static Pca fit(Points rows, int count, Workers workers, Progress progress) {
    if (rows.count() == 0) {
      throw new IllegalArgumentException("principal components need at least one row");
    }
    int dim = rows.dim();
    int step = Math.max(1, rows.count() / MOST_ROWS);
    var mean = mean(rows, step);
    var covariance = covariance(rows, step, mean, workers, progress);
    double total = 0;
    for (int i = 0; i < dim; i++) {
      total += covariance[i][i];
    }
    int kept = Math.min(count, dim);
    var axes = iterate(covariance, kept);
    var shares = new double[kept];
    for (int i = 0; i < kept; i++) {
      shares[i] = total == 0 ? 0 : dot(times(covariance, axes[i]), axes[i]) / total;
    }
    return new Pca(mean, axes, shares);
  }

  /// Where rows lie on the axes: `count × axes`, row-major.
  public Points project(Points rows, Workers workers, Progress progress) {
    int dim = rows.dim();
    var projected = new float[rows.count() * axes.length];
    workers.each(
        rows.count(),
        1024,
        progress,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            for (int axis = 0; axis < axes.length; axis++) {
              double sum = 0;
              for (int i = 0; i < dim; i++) {
                sum += (rows.get(row, i) - mean[i]) * axes[axis][i];
              }
              projected[row * axes.length + axis] = (float) sum;
            }
          }
        });
    return new Points(projected, rows.count(), axes.length);
  }

  private static double[] mean(Points rows, int step) {
    var mean = new double[rows.dim()];
    int used = 0;
    for (int row = 0; row < rows.count(); row += step) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += rows.get(row, i);
      }
      used++;
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= used;
    }
    return mean;
  }

  private static double[][] covariance(
      Points rows, int step, double[] mean, Workers workers, Progress progress) {
    int dim = rows.dim();
    var covariance = new double[dim][dim];
    // Each strip of components reads all rows, so sums do not depend on the number of threads.
    workers.each(
        dim,
        STRIP,
        progress,
        (from, to) -> {
          var centred = new double[dim];
          for (int row = 0; row < rows.count(); row += step) {
            for (int i = 0; i < dim; i++) {
              centred[i] = rows.get(row, i) - mean[i];
            }
            for (int i = from; i < to; i++) {
              double at = centred[i];
              var line = covariance[i];
              for (int j = 0; j < dim; j++) {
                line[j] = Math.fma(at, centred[j], line[j]);
              }
            }
          }
        });
    return covariance;
  }

  private static double[][] iterate(double[][] covariance, int count) {
    int dim = covariance.length;
    var random = new SplittableRandom(42);
    var axes = new double[count][dim];
    for (var axis : axes) {
      for (int i = 0; i < dim; i++) {
        axis[i] = random.nextGaussian();
      }
    }
    orthonormalise(axes);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double moved = 0;
      var next = new double[count][];
      for (int axis = 0; axis < count; axis++) {
        next[axis] = times(covariance, axes[axis]);
      }
      orthonormalise(next);
      for (int axis = 0; axis < count; axis++) {
        moved = Math.max(moved, 1 - Math.abs(dot(next[axis], axes[axis])));
      }
      axes = next;
      if (moved < 1e-9) {
        break;
      }
    }
    for (var axis : axes) {
      fixSign(axis);
    }
    return axes;
  }

  private static void orthonormalise(double[][] axes) {
    for (int i = 0; i < axes.length; i++) {
      for (int j = 0; j < i; j++) {
        double shared = dot(axes[i], axes[j]);
        for (int d = 0; d < axes[i].length; d++) {
          axes[i][d] -= shared * axes[j][d];
        }
      }
      double length = Math.sqrt(dot(axes[i], axes[i]));
      if (length < 1e-30) {
        // Rows that do not vary this way: any direction will do, and its share is 0.
        axes[i][i % axes[i].length] = 1;
        length = Math.sqrt(dot(axes[i], axes[i]));
      }
      for (int d = 0; d < axes[i].length; d++) {
        axes[i][d] /= length;
      }
    }
  }

  private static void fixSign(double[] axis) {
    int largest = 0;
    for (int i = 1; i < axis.length; i++) {
      if (Math.abs(axis[i]) > Math.abs(axis[largest])) {
        largest = i;
      }
    }
    if (axis[largest] < 0) {
      for (int i = 0; i < axis.length; i++) {
        axis[i] = -axis[i];
      }
    }
  }

  private static double[] times(double[][] matrix, double[] vector) {
    var product = new double[vector.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = dot(matrix[i], vector);
    }
    return product;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
