package dev.aerie.ui.fx;

import dev.aerie.engine.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// One piece of background work, as the FX thread sees it. Every method and property belongs to the
/// FX thread.
///
/// @param <T> what the work makes
public final class Job<T> {
  private static final long WINDOW_NANOS = Duration.ofSeconds(5).toNanos();

  private final String name;
  private final Executor fx;
  private final LongSupplier nanos;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final AtomicBoolean reporting = new AtomicBoolean();
  private final List<Consumer<? super T>> whenDone = new ArrayList<>();
  private final List<Consumer<? super Throwable>> whenFailed = new ArrayList<>();
  private final List<Runnable> whenCancelled = new ArrayList<>();
  private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.RUNNING);
  private final ReadOnlyStringWrapper phase = new ReadOnlyStringWrapper("");
  private final ReadOnlyLongWrapper done = new ReadOnlyLongWrapper(0);
  private final ReadOnlyLongWrapper total = new ReadOnlyLongWrapper(-1);
  private final ReadOnlyDoubleWrapper rate = new ReadOnlyDoubleWrapper(Double.NaN);
  private final Deque<Sample> samples = new ArrayDeque<>();
  private final long startedAt;
  private volatile Report latest = new Report("", 0, -1);
  private @Nullable T value;
  private @Nullable Throwable failure;

  Job(String name, Executor fx, LongSupplier nanos) {
    this.name = name;
    this.fx = fx;
    this.nanos = nanos;
    this.startedAt = nanos.getAsLong();
  }

  /// What work is doing.
  public enum State {
    RUNNING,
    /// Told to stop, and not there yet.
    CANCELLING,
    DONE,
    FAILED,
    CANCELLED
  }

  /// For a person; empty where a view shows the work itself.
  public String name() {
    return name;
  }

  /// Calls back with what the work made, at once if it is done. Never called after [#cancel].
  public Job<T> whenDone(Consumer<? super T> callback) {
    if (state.get() == State.DONE && value != null) {
      callback.accept(value);
    } else {
      whenDone.add(callback);
    }
    return this;
  }

  /// Calls back with what went wrong, at once if it has. Never called after [#cancel].
  public Job<T> whenFailed(Consumer<? super Throwable> callback) {
    if (state.get() == State.FAILED && failure != null) {
      callback.accept(failure);
    } else {
      whenFailed.add(callback);
    }
    return this;
  }

  /// Calls back when work that was cancelled has stopped.
  public Job<T> whenCancelled(Runnable callback) {
    if (state.get() == State.CANCELLED) {
      callback.run();
    } else {
      whenCancelled.add(callback);
    }
    return this;
  }

  /// Tells the work to stop at its next report. What it makes after this is dropped.
  public void cancel() {
    if (state.get() == State.RUNNING) {
      cancelled.set(true);
      state.set(State.CANCELLING);
    }
  }

  public boolean isRunning() {
    return state.get() == State.RUNNING || state.get() == State.CANCELLING;
  }

  public ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /// What the work says it is doing, or empty.
  public ReadOnlyStringProperty phaseProperty() {
    return phase.getReadOnlyProperty();
  }

  public ReadOnlyLongProperty doneProperty() {
    return done.getReadOnlyProperty();
  }

  /// -1 where not known.
  public ReadOnlyLongProperty totalProperty() {
    return total.getReadOnlyProperty();
  }

  /// Units a second over the last seconds; NaN while not known.
  public ReadOnlyDoubleProperty rateProperty() {
    return rate.getReadOnlyProperty();
  }

  /// Share done, or -1 where there is no total: what a progress bar takes.
  public double share() {
    return total.get() <= 0 ? -1 : Math.min(1, (double) done.get() / total.get());
  }

  /// Time left at the present rate.
  public Optional<Duration> timeLeft() {
    if (!isRunning() || total.get() <= 0 || !(rate.get() > 0)) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofMillis(Math.round(1000 * (total.get() - done.get()) / rate.get())));
  }

  /// Since the start.
  public Duration elapsed() {
    return Duration.ofNanos(nanos.getAsLong() - startedAt);
  }

  /// What went wrong, where it did.
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /// Runs on a worker.
  void run(Work<T> work) {
    try {
      if (cancelled.get()) {
        throw new CancellationException();
      }
      var made = work.run(new Reporter());
      fx.execute(() -> end(made));
    } catch (CancellationException e) {
      fx.execute(() -> stopOrFail(e));
    } catch (Throwable e) {
      fx.execute(() -> fail(e));
    }
  }

  private void end(T made) {
    if (cancelled.get()) {
      stop();
      return;
    }
    apply(latest);
    value = made;
    state.set(State.DONE);
    whenDone.forEach(callback -> callback.accept(made));
    forget();
  }

  private void stopOrFail(CancellationException cause) {
    if (cancelled.get()) {
      stop();
    } else {
      fail(cause);
    }
  }

  private void fail(Throwable cause) {
    if (cancelled.get()) {
      stop();
      return;
    }
    failure = cause;
    state.set(State.FAILED);
    whenFailed.forEach(callback -> callback.accept(cause));
    forget();
  }

  private void stop() {
    state.set(State.CANCELLED);
    whenCancelled.forEach(Runnable::run);
    forget();
  }

  private void forget() {
    whenDone.clear();
    whenFailed.clear();
    whenCancelled.clear();
  }

  private void apply(Report report) {
    if (!report.phase.equals(phase.get())) {
      phase.set(report.phase);
      samples.clear();
      rate.set(Double.NaN);
    }
    done.set(report.done);
    total.set(report.total);
    long now = nanos.getAsLong();
    samples.addLast(new Sample(now, report.done));
    while (samples.size() > 2 && now - samples.getFirst().at > WINDOW_NANOS) {
      samples.removeFirst();
    }
    var first = samples.getFirst();
    if (now > first.at && report.done > first.done) {
      rate.set((report.done - first.done) * 1e9 / (now - first.at));
    }
  }

  private record Report(String phase, long done, long total) {}

  private record Sample(long at, long done) {}

  /// What the work holds. Reports are handed over one at a time, so that a busy worker cannot flood
  /// the FX thread.
  private final class Reporter implements Progress {
    @Override
    public void update(long nowDone, long nowTotal) {
      check();
      tell(new Report(latest.phase, nowDone, nowTotal));
    }

    @Override
    public void phase(String nowPhase) {
      check();
      tell(new Report(nowPhase, 0, -1));
    }

    @Override
    public void check() {
      if (cancelled.get()) {
        throw new CancellationException("cancelled");
      }
    }

    private void tell(Report report) {
      latest = report;
      if (reporting.compareAndSet(false, true)) {
        fx.execute(
            () -> {
              reporting.set(false);
              if (isRunning()) {
                apply(latest);
              }
            });
      }
    }
  }
}
