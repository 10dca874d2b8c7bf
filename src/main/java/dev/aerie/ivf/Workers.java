package dev.aerie.ivf;

import dev.aerie.engine.Progress;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Threads a build may use beside the one it runs on.
///
/// The calling thread always works too and never waits for a helper that has not begun, so that a
/// pool that is full, or
/// one that runs everything at once on the caller, slows a build down and cannot stop it.
///
/// @param executor where helpers run; not shut down here
/// @param count threads in all, the caller among them, at least 1
public record Workers(Executor executor, int count) {

  /// The calling thread alone.
  public static final Workers CALLER = new Workers(Runnable::run, 1);

  public Workers {
    if (count < 1) {
      throw new IllegalArgumentException("workers must be at least 1; got " + count);
    }
  }

  /// Work on the rows or blocks `[from, to)`; called for disjoint ranges from several threads.
  @FunctionalInterface
  public interface Range {
    void run(int from, int to);
  }

  /// Runs `work` over `[0, total)` in steps of at most `step`, and returns when all of it is done.
  ///
  /// `progress` is told after each step and may cancel; the first failure of any thread ends the
  /// others at their next
  /// step and is thrown.
  public void each(int total, int step, Progress progress, Range work) {
    var loop = new Loop(total, step, progress, work);
    var helpers = new ArrayList<Helper>();
    int wanted = Math.min(count, (total + step - 1) / step) - 1;
    for (int i = 0; i < wanted; i++) {
      var helper = new Helper(loop);
      helpers.add(helper);
      try {
        executor.execute(helper);
      } catch (RejectedExecutionException closing) {
        break;
      }
    }
    loop.run();
    for (var helper : helpers) {
      helper.join();
    }
    loop.rethrow();
  }

  /// The steps of one call, handed out to whoever asks.
  private static final class Loop {
    private final int total;
    private final int step;
    private final Progress progress;
    private final Range work;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Loop(int total, int step, Progress progress, Range work) {
      this.total = total;
      this.step = step;
      this.progress = progress;
      this.work = work;
    }

    void run() {
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
      } catch (RuntimeException | Error first) {
        failure.compareAndSet(null, first);
      }
    }

    void rethrow() {
      switch (failure.get()) {
        case null -> {}
        case Error error -> throw error;
        case RuntimeException unchecked -> throw unchecked;
        case Throwable other -> throw new IllegalStateException(other);
      }
    }
  }

  /// One helping thread's turn, which can be taken back until it begins.
  private static final class Helper implements Runnable {
    private final Loop loop;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    Helper(Loop loop) {
      this.loop = loop;
    }

    @Override
    public void run() {
      if (taken.compareAndSet(false, true)) {
        loop.run();
        ended.countDown();
      }
    }

    void join() {
      if (taken.compareAndSet(false, true)) {
        return;
      }
      boolean interrupted = false;
      while (true) {
        try {
          ended.await();
          break;
        } catch (InterruptedException late) {
          // The helper still reads the rows; the interrupt is kept for whoever asks next.
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
