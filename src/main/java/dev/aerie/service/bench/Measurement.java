package dev.aerie.service.bench;

import java.util.Map;

/// What one setting reached on a query set.
///
/// @param params search parameters
/// @param k neighbours asked for
/// @param threads that asked at the same time
/// @param queries asked, after the warm-up
/// @param wallQps queries in a second of the clock, all threads together
/// @param cpuQps queries in a second of CPU time of the asking threads; for an engine in another
///     process that counts only the client's part
public record Measurement(
    Map<String, String> params,
    int k,
    int threads,
    int queries,
    Recall recall,
    Latency latency,
    double wallQps,
    double cpuQps) {
  public Measurement {
    params = Map.copyOf(params);
  }
}
