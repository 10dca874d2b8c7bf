package dev.aerie.ui.fx;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The only bridge between the FX thread and background work. Made and used on the FX thread; work
/// runs on the workers, and everything it has to say comes back on the FX thread.
public final class Jobs {
  private final Executor workers;
  private final Executor fx;
  private final LongSupplier nanos;
  private final ObservableList<Job<?>> tasks = FXCollections.observableArrayList();

  /// @param workers run the work, one call each; may block
  /// @param fx runs on the FX thread, in order
  public Jobs(Executor workers, Executor fx) {
    this(workers, fx, System::nanoTime);
  }

  /// @param nanos the clock of rates and of the time left
  public Jobs(Executor workers, Executor fx, LongSupplier nanos) {
    this.workers = workers;
    this.fx = fx;
    this.nanos = nanos;
  }

  /// Starts work a view waits for and shows itself.
  public <T> Job<T> start(Work<T> work) {
    return run(new Job<>("", fx, nanos), work);
  }

  /// Starts work with a row of its own among the tasks.
  ///
  /// @param name for a person: "Load synsets.parquet into wordnet"
  public <T> Job<T> startTask(String name, Work<T> work) {
    var job = new Job<T>(name, fx, nanos);
    tasks.addFirst(job);
    return run(job, work);
  }

  /// Named work, newest first: what runs, and what ended until it is cleared.
  public ObservableList<Job<?>> tasks() {
    return tasks;
  }

  /// Forgets the tasks that have ended.
  public void clearEnded() {
    tasks.removeIf(job -> !job.isRunning());
  }

  private <T> Job<T> run(Job<T> job, Work<T> work) {
    workers.execute(() -> job.run(work));
    return job;
  }
}
