package dev.aerie.service.tune;

import dev.aerie.engine.Progress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Pauses a run between two of its steps and lets it go on. Safe for use by several threads.
public final class TuneControl {
  private static final long LOOK_MILLIS = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean paused;

  public void pause() {
    set(true);
  }

  public void resume() {
    set(false);
  }

  public boolean isPaused() {
    lock.lock();
    try {
      return paused;
    } finally {
      lock.unlock();
    }
  }

  /// Waits while paused; a cancellation ends the wait.
  void await(Progress progress) {
    lock.lock();
    try {
      while (paused) {
        progress.check();
        // Woken by resume(); the time limit is for the cancellation, which nobody signals.
        var _ = changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      progress.check();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while paused");
    } finally {
      lock.unlock();
    }
  }

  private void set(boolean pause) {
    lock.lock();
    try {
      paused = pause;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
