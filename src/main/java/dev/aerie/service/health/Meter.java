package dev.aerie.service.health;

import dev.aerie.engine.Capabilities;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.Progress;
import dev.aerie.engine.Request;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.SearchRequest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// An engine that measures what passes through it. Safe for use by many threads.
public final class Meter implements Engine {
  private static final double NANOS = 1e6;

  private final Engine engine;
  private final Recorder searches = new Recorder(3);
  private final LongAdder rowsWritten = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final AtomicLong since = new AtomicLong(System.nanoTime());

  public Meter(Engine engine) {
    this.engine = engine;
  }

  /// What passed between two looks.
  ///
  /// @param seconds between them
  /// @param failures of any request
  public record Figures(
      double seconds,
      long searches,
      double p50Millis,
      double p95Millis,
      double p99Millis,
      long rowsWritten,
      long failures) {
    public double qps() {
      return seconds == 0 ? 0 : searches / seconds;
    }

    public double rowsPerSecond() {
      return seconds == 0 ? 0 : rowsWritten / seconds;
    }
  }

  /// The figures since the last look; begins anew.
  public Figures take() {
    long now = System.nanoTime();
    double seconds = (now - since.getAndSet(now)) / 1e9;
    Histogram histogram = searches.getIntervalHistogram();
    return new Figures(
        seconds,
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(50) / NANOS,
        histogram.getValueAtPercentile(95) / NANOS,
        histogram.getValueAtPercentile(99) / NANOS,
        rowsWritten.sumThenReset(),
        failures.sumThenReset());
  }

  @Override
  public <R> R call(Request<R> request, Progress progress) {
    long start = System.nanoTime();
    boolean answered = false;
    try {
      R answer = engine.call(request, progress);
      answered = true;
      count(request, answer, System.nanoTime() - start);
      return answer;
    } finally {
      if (!answered) {
        failures.increment();
      }
    }
  }

  private void count(Request<?> request, @Nullable Object answer, long nanos) {
    if (request instanceof SearchRequest<?>) {
      searches.recordValue(nanos);
    } else if (request instanceof RowRequest<?> && answer instanceof RowRequest.Written written) {
      rowsWritten.add(written.inserted());
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
}
