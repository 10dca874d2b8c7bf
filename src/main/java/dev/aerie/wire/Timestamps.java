package dev.aerie.wire;

/// Milvus' hybrid timestamps: milliseconds since 1970 in the upper bits, a counter in the lower 18.
public final class Timestamps {
  private static final int COUNTER_BITS = 18;

  private Timestamps() {}

  /// The first timestamp of a millisecond.
  public static long ofMillis(long millis) {
    return millis << COUNTER_BITS;
  }

  public static long toMillis(long timestamp) {
    return timestamp >>> COUNTER_BITS;
  }
}
