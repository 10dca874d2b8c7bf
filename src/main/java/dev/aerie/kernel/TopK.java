package dev.aerie.kernel;

import java.util.function.IntUnaryOperator;

/// The `k` nearest of what is offered: a heap with the farthest on top, on two arrays, reusable.
/// Not safe for several
/// threads.
///
/// Distances are ranked, lower is nearer; of equals the one offered first stays.
public final class TopK {
  private float[] distances = new float[16];
  private int[] numbers = new int[16];
  private int k;
  private int size;

  /// Forgets everything and keeps `k` from now on.
  ///
  /// @throws IllegalArgumentException if `k < 1`
  public TopK reset(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1; got " + k);
    }
    if (distances.length < k) {
      distances = new float[k];
      numbers = new int[k];
    }
    this.k = k;
    size = 0;
    return this;
  }

  public int size() {
    return size;
  }

  /// Only what is nearer than this is taken: infinite until there are `k`.
  public float bound() {
    return size < k ? Float.POSITIVE_INFINITY : distances[0];
  }

  /// Takes the row if it is among the `k` nearest so far. A distance that is not a number is never
  /// taken.
  public void offer(int number, float distance) {
    if (size < k) {
      if (!Float.isNaN(distance)) {
        rise(size++, number, distance);
      }
    } else if (distance < distances[0]) {
      sink(0, size, number, distance);
    }
  }

  /// Orders what was kept, nearest first; nothing may be offered until the next [#reset].
  public void sort() {
    for (int last = size - 1; last > 0; last--) {
      float distance = distances[last];
      int number = numbers[last];
      distances[last] = distances[0];
      numbers[last] = numbers[0];
      sink(0, last, number, distance);
    }
  }

  /// Replaces every number by what `toNew` makes of it.
  public void renumber(IntUnaryOperator toNew) {
    for (int i = 0; i < size; i++) {
      numbers[i] = toNew.applyAsInt(numbers[i]);
    }
  }

  public int number(int i) {
    return numbers[i];
  }

  public float distance(int i) {
    return distances[i];
  }

  private void rise(int at, int number, float distance) {
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (distances[parent] >= distance) {
        break;
      }
      distances[at] = distances[parent];
      numbers[at] = numbers[parent];
      at = parent;
    }
    distances[at] = distance;
    numbers[at] = number;
  }

  private void sink(int at, int end, int number, float distance) {
    for (int child = 2 * at + 1; child < end; child = 2 * at + 1) {
      if (child + 1 < end && distances[child + 1] > distances[child]) {
        child++;
      }
      if (distances[child] <= distance) {
        break;
      }
      distances[at] = distances[child];
      numbers[at] = numbers[child];
      at = child;
    }
    distances[at] = distance;
    numbers[at] = number;
  }
}
