package dev.aerie.ivf;

/// The nearest rows by their codes, unordered, and the bound that more have to be below. Reusable,
/// not safe for several
/// threads.
///
/// Twice as many as wanted are collected before the farther half is thrown out, which costs less
/// for each row than a heap.
final class Candidates {
  private float[] distances = new float[0];
  private int[] rows = new int[0];
  private int wanted;
  private int capacity;
  private int size;
  private float bound;

  void reset(int wanted) {
    this.wanted = wanted;
    capacity = 2 * wanted + 64;
    if (rows.length < capacity) {
      distances = new float[capacity];
      rows = new int[capacity];
    }
    size = 0;
    bound = Float.POSITIVE_INFINITY;
  }

  float bound() {
    return bound;
  }

  int size() {
    return size;
  }

  /// Takes a row that is below the bound.
  void add(int row, float distance) {
    distances[size] = distance;
    rows[size] = row;
    if (++size == capacity) {
      keepWanted();
    }
  }

  /// The rows wanted, at most; the first [#size] entries.
  int[] finish() {
    if (size > wanted) {
      keepWanted();
    }
    return rows;
  }

  private void keepWanted() {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      float pivot = distances[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (distances[i] < pivot) {
          i++;
        }
        while (distances[j] > pivot) {
          j--;
        }
        if (i <= j) {
          float distance = distances[i];
          distances[i] = distances[j];
          distances[j] = distance;
          int row = rows[i];
          rows[i++] = rows[j];
          rows[j--] = row;
        }
      }
      if (wanted - 1 <= j) {
        high = j;
      } else if (wanted - 1 >= i) {
        low = i;
      } else {
        break;
      }
    }
    size = wanted;
    bound = distances[0];
    for (int i = 1; i < wanted; i++) {
      bound = Math.max(bound, distances[i]);
    }
  }
}
