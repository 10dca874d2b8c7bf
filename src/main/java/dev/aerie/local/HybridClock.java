package dev.aerie.local;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Timestamps that only rise, across restarts too: milliseconds since 1970 in the upper 46 bits, a
/// counter in the lower 18.
final class HybridClock {
  static final int COUNTER_BITS = 18;

  private final LongSupplier millis;
  private final AtomicLong last = new AtomicLong();

  HybridClock(LongSupplier millis) {
    this.millis = millis;
  }

  /// The first of `count` timestamps that are the caller's alone.
  long take(int count) {
    while (true) {
      long seen = last.get();
      long first = Math.max(seen + 1, millis.getAsLong() << COUNTER_BITS);
      if (last.compareAndSet(seen, first + count - 1)) {
        return first;
      }
    }
  }

  long next() {
    return take(1);
  }

  /// Every later timestamp is above this one.
  void advanceTo(long timestamp) {
    last.accumulateAndGet(timestamp, Math::max);
  }

  static long toMillis(long timestamp) {
    return timestamp >>> COUNTER_BITS;
  }
}
