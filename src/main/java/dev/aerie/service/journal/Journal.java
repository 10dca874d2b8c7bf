package dev.aerie.service.journal;

import dev.aerie.engine.Capabilities;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.Progress;
import dev.aerie.engine.Request;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// An engine that writes down what passes through it. Safe for use by many threads.
public final class Journal implements Engine {
  private final Engine engine;
  private final int most;
  private final Clock clock;
  private final ArrayDeque<JournalEntry> entries = new ArrayDeque<>();
  private final List<Consumer<JournalEntry>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong numbers = new AtomicLong();

  /// @param most entries kept, at least 1
  public Journal(Engine engine, int most, Clock clock) {
    if (most < 1) {
      throw new IllegalArgumentException("a journal keeps at least 1 entry; got " + most);
    }
    this.engine = engine;
    this.most = most;
    this.clock = clock;
  }

  /// Oldest first.
  public List<JournalEntry> entries() {
    synchronized (entries) {
      return List.copyOf(entries);
    }
  }

  /// Hears every entry from now on, on the thread of the call it tells of.
  ///
  /// @return to be run to hear no more
  public Runnable listen(Consumer<JournalEntry> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  public void clear() {
    synchronized (entries) {
      entries.clear();
    }
  }

  @Override
  public <R> R call(Request<R> request, Progress progress) {
    long number = numbers.incrementAndGet();
    var at = clock.instant();
    long start = System.nanoTime();
    Optional<String> failure = Optional.of("ended by an error");
    try {
      var answer = engine.call(request, progress);
      failure = Optional.empty();
      return answer;
    } catch (RuntimeException e) {
      failure = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
      throw e;
    } finally {
      record(new JournalEntry(number, at, System.nanoTime() - start, request, failure));
    }
  }

  @Override
  public Capabilities capabilities() {
    return engine.capabilities();
  }

  @Override
  public EngineInfo info() {
    return engine.info();
  }

  @Override
  public void close() {
    engine.close();
  }

  private void record(JournalEntry entry) {
    synchronized (entries) {
      if (entries.size() == most) {
        entries.removeFirst();
      }
      entries.addLast(entry);
    }
    listeners.forEach(listener -> listener.accept(entry));
  }
}
