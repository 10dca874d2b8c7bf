package dev.aerie.service.bench;

import org.HdrHistogram.Histogram;

/// How long single queries took, in milliseconds.
public record Latency(double mean, double p50, double p95, double p99, double max) {
  private static final double NANOS = 1e6;

  /// The figures of a histogram of nanoseconds.
  public static Latency of(Histogram nanos) {
    return new Latency(
        nanos.getMean() / NANOS,
        nanos.getValueAtPercentile(50) / NANOS,
        nanos.getValueAtPercentile(95) / NANOS,
        nanos.getValueAtPercentile(99) / NANOS,
        nanos.getMaxValue() / NANOS);
  }
}
