package dev.aerie.layout;

import java.util.Arrays;

/// The `k` best of what was offered: higher scores are nearer, of equals the lower number is. A
/// heap with the worst on top. Not safe for use by several threads.
final class NearestHeap {
  private final double[] scores;
  private final long[] numbers;
  private int size;

  NearestHeap(int k) {
    scores = new double[k];
    numbers = new long[k];
  }

  /// Only what scores at least this is worth offering.
  double bound() {
    return size < scores.length ? Double.NEGATIVE_INFINITY : scores[0];
  }

  int size() {
    return size;
  }

  void offer(long number, double score) {
    if (size < scores.length) {
      int at = size++;
      while (at > 0 && isWorse(score, number, (at - 1) >>> 1)) {
        int parent = (at - 1) >>> 1;
        scores[at] = scores[parent];
        numbers[at] = numbers[parent];
        at = parent;
      }
      scores[at] = score;
      numbers[at] = number;
    } else if (!isWorse(score, number, 0)) {
      sink(size, number, score);
    }
  }

  /// Empties the heap into arrays, nearest first.
  void drainTo(long[] toNumbers, double[] toScores) {
    for (int last = size - 1; last >= 0; last--) {
      toNumbers[last] = numbers[0];
      toScores[last] = scores[0];
      long number = numbers[last];
      double score = scores[last];
      if (last > 0) {
        sink(last, number, score);
      }
    }
    Arrays.fill(toNumbers, size, toNumbers.length, -1);
    size = 0;
  }

  private boolean isWorse(double score, long number, int than) {
    return score < scores[than] || score == scores[than] && number > numbers[than];
  }

  private void sink(int end, long number, double score) {
    int at = 0;
    for (int child = 1; child < end; child = 2 * at + 1) {
      if (child + 1 < end && isWorse(scores[child + 1], numbers[child + 1], child)) {
        child++;
      }
      if (isWorse(score, number, child)) {
        break;
      }
      scores[at] = scores[child];
      numbers[at] = numbers[child];
      at = child;
    }
    scores[at] = score;
    numbers[at] = number;
  }
}
