package dev.aerie.layout;

import dev.aerie.engine.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Threads that work may use beside the one it was called on. The caller always works too, so a
/// busy or closing pool makes work slower and never stops it.
///
/// @param executor where helpers run; not shut down here
/// @param threads in all, the caller among them, at least 1
public record Workers(Executor executor, int threads) {
  /// The calling thread alone.
  public static final Workers CALLER = new Workers(Runnable::run, 1);

  public Workers {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1; got " + threads);
    }
  }

  /// Work on the items `[from, to)`, called for disjoint ranges from several threads.
  @FunctionalInterface
  public interface Strip {
    void run(int from, int to);
  }

  /// Runs `work` over `[0, total)` in strips of at most `step` and returns when all is done.
  ///
  /// @throws RuntimeException the first failure of any strip, a cancellation by `progress` included
  public void each(int total, int step, Progress progress, Strip work) {
    var next = new AtomicInteger();
    var done = new AtomicInteger();
    var failure = new AtomicReference<@Nullable RuntimeException>();
    Runnable turn =
        () -> {
          try {
            while (failure.get() == null) {
              long from = (long) next.getAndIncrement() * step;
              if (from >= total) {
                return;
              }
              int to = (int) Math.min(total, from + step);
              work.run((int) from, to);
              progress.update(done.addAndGet(to - (int) from), total);
            }
          } catch (RuntimeException first) {
            failure.compareAndSet(null, first);
          }
        };
    var helpers = start(Math.min(threads, (int) (((long) total + step - 1) / step)) - 1, turn);
    turn.run();
    // Helpers that have not begun find nothing left to do, so this wait is short.
    for (var helper : helpers) {
      try {
        helper.join();
      } catch (CompletionException lost) {
        throw new IllegalStateException("a worker ended early", lost);
      }
    }
    var thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }

  private List<CompletableFuture<@Nullable Void>> start(int helpers, Runnable turn) {
    var started = new ArrayList<CompletableFuture<@Nullable Void>>();
    for (int i = 0; i < helpers; i++) {
      try {
        started.add(CompletableFuture.runAsync(turn, executor));
      } catch (RejectedExecutionException closing) {
        break;
      }
    }
    return started;
  }
}
