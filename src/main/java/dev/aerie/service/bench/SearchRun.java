package dev.aerie.service.bench;

import dev.aerie.engine.Embedding;
import dev.aerie.engine.Progress;
import dev.aerie.engine.SearchRequest.Hits;
import dev.aerie.layout.Workers;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/// Asks a query set, one query a call, and measures. Recall is counted after the clock has stopped.
public final class SearchRun {
  /// Beyond this a query counts as this long.
  private static final long LONGEST_NANOS = 3_600_000_000_000L;

  private static final int WARM_UP = 200;
  private static final int STEP = 8;

  private final SearchTarget target;
  private final List<Embedding> queries;
  private final Truth truth;
  private final Workers workers;

  /// @param queries one an answer of the truth
  /// @param workers with as many threads as the widest run asks for
  public SearchRun(
      SearchTarget target, List<? extends Embedding> queries, Truth truth, Workers workers) {
    if (queries.size() != truth.queries() || queries.isEmpty()) {
      throw new IllegalArgumentException(
          "%d queries need as many exact answers, at least one; got %d"
              .formatted(queries.size(), truth.queries()));
    }
    this.target = target;
    this.queries = List.copyOf(queries);
    this.truth = truth;
    this.workers = workers;
  }

  /// Queries of a data set in memory.
  static List<Embedding> embeddings(BenchData data) {
    return data.queryRows().stream().map(Embedding::of).toList();
  }

  /// Asks everything once after a warm-up.
  ///
  /// @param k neighbours asked for, at most what the truth knows
  /// @param threads asking at the same time
  public Measurement measure(int k, Map<String, String> params, int threads, Progress progress) {
    for (int i = 0; i < Math.min(WARM_UP, queries.size()); i++) {
      target.ask(queries.get(i), k, params, false);
      if (i % STEP == 0) {
        progress.check();
      }
    }
    var clock = ManagementFactory.getThreadMXBean();
    var histogram = new ConcurrentHistogram(LONGEST_NANOS, 3);
    var cpu = new AtomicLong();
    var answers = new Hits[queries.size()];
    long start = System.nanoTime();
    new Workers(workers.executor(), threads)
        .each(
            queries.size(),
            STEP,
            progress,
            (from, to) -> {
              long cpuStart = clock.getCurrentThreadCpuTime();
              for (int i = from; i < to; i++) {
                long asked = System.nanoTime();
                answers[i] = target.ask(queries.get(i), k, params, false);
                histogram.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - asked));
              }
              cpu.addAndGet(clock.getCurrentThreadCpuTime() - cpuStart);
            });
    double wall = (System.nanoTime() - start) / 1e9;
    var recalls = new double[answers.length];
    for (int i = 0; i < recalls.length; i++) {
      recalls[i] = truth.recall(i, SearchTarget.keys(answers[i]), k);
    }
    int asked = queries.size();
    return new Measurement(
        params,
        k,
        threads,
        asked,
        Recall.of(recalls),
        Latency.of(histogram),
        asked / wall,
        asked / Math.max(1e-9, cpu.get() / 1e9));
  }

  /// The keys each query is answered with, for who wants to look closer.
  public List<List<Object>> answers(int k, Map<String, String> params, Progress progress) {
    var all = new ArrayList<List<Object>>();
    for (var query : queries) {
      all.add(SearchTarget.keys(target.ask(query, k, params, false)));
      progress.update(all.size(), queries.size());
    }
    return all;
  }
}
