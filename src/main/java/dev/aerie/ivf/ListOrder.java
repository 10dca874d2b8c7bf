package dev.aerie.ivf;

import java.util.Arrays;

/// The lists of an index by distance from a query, sorted only as far as they are read. Reusable,
/// not safe for several
/// threads.
///
/// A list is one `long`: the distance's bits, made to sort as the number does, above the list's
/// number.
final class ListOrder {
  private long[] keys = new long[0];
  private int count;
  private int sorted;

  /// @param distances one for each list, lower is nearer
  void reset(float[] distances, int count) {
    if (keys.length < count) {
      keys = new long[count];
    }
    this.count = count;
    sorted = 0;
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToRawIntBits(distances[i]);
      bits ^= (bits >> 31) & Integer.MAX_VALUE;
      keys[i] = ((long) bits << 32) | i;
    }
  }

  /// The list at `rank`, the nearest being 0; `rank` grows from call to call.
  ///
  /// @param ahead how many more will be asked for, so that they are sorted together
  int list(int rank, int ahead) {
    if (rank >= sorted) {
      int to = Math.min(count, rank + Math.max(1, ahead));
      select(rank, count - 1, to - 1);
      Arrays.sort(keys, rank, to);
      sorted = to;
    }
    return (int) keys[rank];
  }

  /// Moves the smallest of `[low, high]` to the front, up to and with `nth`.
  private void select(int low, int high, int nth) {
    while (low < high) {
      long pivot = keys[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (keys[i] < pivot) {
          i++;
        }
        while (keys[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long key = keys[i];
          keys[i++] = keys[j];
          keys[j--] = key;
        }
      }
      if (nth <= j) {
        high = j;
      } else if (nth >= i) {
        low = i;
      } else {
        return;
      }
    }
  }
}
