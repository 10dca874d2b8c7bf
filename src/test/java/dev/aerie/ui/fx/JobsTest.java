package dev.aerie.ui.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class JobsTest {
  private final ArrayDeque<Runnable> workers = new ArrayDeque<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Jobs jobs = new Jobs(workers::add, Runnable::run, nanos::get);

  @Test
  void callsBackWithWhatTheWorkMade() {
    var made = new ArrayList<String>();
    jobs.start(_ -> "done").whenDone(made::add);

    workers.remove().run();

    assertEquals(List.of("done"), made);
  }

  @Test
  void callsBackAtOnceWhereTheWorkIsDoneAlready() {
    var made = new ArrayList<String>();

    new Jobs(Runnable::run, Runnable::run).start(_ -> "done").whenDone(made::add);

    assertEquals(List.of("done"), made);
  }

  @Test
  void dropsWhatCancelledWorkMakes() {
    var made = new ArrayList<String>();
    var stopped = new ArrayList<Boolean>();
    var job = jobs.start(_ -> "late").whenDone(made::add).whenCancelled(() -> stopped.add(true));

    job.cancel();
    workers.remove().run();

    assertEquals(List.of(), made);
    assertEquals(List.of(true), stopped);
  }

  @Test
  void stopsCancelledWorkAtItsNextReport() {
    var reached = new ArrayList<Integer>();
    var cancel = new ArrayList<Job<?>>();
    var job =
        jobs.start(
            progress -> {
              reached.add(1);
              cancel.getFirst().cancel();
              progress.update(1, 2);
              reached.add(2);
              return true;
            });
    cancel.add(job);

    workers.remove().run();

    assertEquals(List.of(1), reached);
    assertEquals(Job.State.CANCELLED, job.stateProperty().get());
  }

  @Test
  void tellsRateAndTimeLeft() {
    var left = new ArrayList<Optional<Duration>>();
    var jobsSoFar = new ArrayList<Job<?>>();
    jobsSoFar.add(
        jobs.startTask(
            "load",
            progress -> {
              progress.update(0, 300);
              nanos.addAndGet(1_000_000_000L);
              progress.update(100, 300);
              left.add(jobsSoFar.getFirst().timeLeft());
              return true;
            }));

    workers.remove().run();

    assertEquals(List.of(Optional.of(Duration.ofSeconds(2))), left);
  }

  @Test
  void keepsTheFailureOfATask() {
    var job =
        jobs.startTask(
            "load",
            _ -> {
              throw new IllegalStateException("no room");
            });

    workers.remove().run();

    assertEquals(Job.State.FAILED, job.stateProperty().get());
    assertEquals("no room", job.failure().orElseThrow().getMessage());
  }

  @Test
  void forgetsOnlyTasksThatHaveEnded() {
    jobs.startTask("first", _ -> true);
    workers.remove().run();
    var second = jobs.startTask("second", _ -> true);

    jobs.clearEnded();

    assertEquals(List.of(second), jobs.tasks());
    assertTrue(second.isRunning());
    assertFalse(jobs.tasks().isEmpty());
  }
}
