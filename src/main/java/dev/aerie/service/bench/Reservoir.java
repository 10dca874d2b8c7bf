package dev.aerie.service.bench;

import java.util.SplittableRandom;

/// Where each row of a stream goes in a uniform random sample of it: Vitter's Algorithm R ("Random
/// Sampling with a Reservoir", 1985). Not safe for use by several threads.
public final class Reservoir {
  private final int most;
  private final SplittableRandom random;
  private long seen;

  /// @param most rows of the sample
  public Reservoir(int most, long seed) {
    if (most < 1) {
      throw new IllegalArgumentException("a sample needs at least 1 row; got " + most);
    }
    this.most = most;
    random = new SplittableRandom(seed);
  }

  /// The place of the next row, in `[0, most)`: the places rise by one until the sample is full,
  /// then they say which row goes. -1 where the next row is not taken.
  public int next() {
    long place = seen < most ? seen : random.nextLong(seen + 1);
    seen++;
    return place < most ? (int) place : -1;
  }

  /// Rows seen so far.
  public long seen() {
    return seen;
  }
}
