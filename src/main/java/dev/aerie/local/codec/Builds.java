package dev.aerie.local.codec;

import dev.aerie.ivf.Workers;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// The threads that merges build indexes with.
///
/// @param pool a bounded pool, not shut down here; empty to build on the thread of the merge alone
/// @param threads threads one build may use, the one it runs on among them, at least 1
public record Builds(Optional<ExecutorService> pool, int threads) {

  /// Every build on the thread of its merge.
  public static final Builds ON_MERGE_THREAD = new Builds(Optional.empty(), 1);

  public Builds {
    if (threads < 1 || (threads > 1 && pool.isEmpty())) {
      throw new IllegalArgumentException(
          "threads must be 1, or more with a pool to take them from; got " + threads);
    }
  }

  /// Builds on up to `threads` threads of `pool`.
  public static Builds on(ExecutorService pool, int threads) {
    return new Builds(Optional.of(pool), threads);
  }

  Workers workers() {
    return pool.map(executor -> new Workers(executor, threads)).orElse(Workers.CALLER);
  }
}
