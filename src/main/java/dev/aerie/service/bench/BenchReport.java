package dev.aerie.service.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// What a benchmark found: for each index its build and one measurement a setting.
public record BenchReport(
    String dataset, String metric, long rows, int dim, int k, int threads, List<Entry> entries) {
  public BenchReport {
    entries = List.copyOf(entries);
  }

  public record Entry(BuildResult build, List<Measurement> runs) {
    public Entry {
      runs = List.copyOf(runs);
    }

    /// Queries a second of CPU time at a recall, interpolated on the logarithm between the best
    /// settings on both sides; empty where the recall is not reached. Below the lowest measured
    /// recall the best setting counts.
    public OptionalDouble qpsAt(double recall) {
      var frontier = frontier();
      for (int i = 0; i < frontier.size(); i++) {
        var above = frontier.get(i);
        double reached = above.recall().mean();
        if (reached < recall) {
          continue;
        }
        if (i == 0 || reached == recall) {
          return OptionalDouble.of(above.cpuQps());
        }
        var below = frontier.get(i - 1);
        double share = (recall - below.recall().mean()) / (reached - below.recall().mean());
        return OptionalDouble.of(
            Math.exp(
                Math.log(below.cpuQps())
                    + share * (Math.log(above.cpuQps()) - Math.log(below.cpuQps()))));
      }
      return OptionalDouble.empty();
    }

    /// The settings no other beats in both recall and throughput, by rising recall.
    public List<Measurement> frontier() {
      var sorted = new ArrayList<>(runs);
      sorted.sort(
          Comparator.comparingDouble((Measurement run) -> run.recall().mean())
              .thenComparingDouble(Measurement::cpuQps)
              .reversed());
      var kept = new ArrayList<Measurement>();
      double best = 0;
      for (var run : sorted) {
        if (run.cpuQps() > best) {
          kept.addFirst(run);
          best = run.cpuQps();
        }
      }
      return kept;
    }
  }

  /// The report as JSON, two-space indented.
  public String toJson() {
    var mapper = new ObjectMapper();
    var root = mapper.createObjectNode();
    root.put("dataset", dataset);
    root.put("metric", metric);
    root.put("rows", rows);
    root.put("dimension", dim);
    root.put("k", k);
    root.put("threads", threads);
    var indexes = root.putArray("indexes");
    for (var entry : entries) {
      var node = indexes.addObject();
      node.put("index", entry.build().index().toString());
      node.put("buildSeconds", entry.build().seconds());
      node.put("buildCpuSeconds", entry.build().cpuSeconds());
      if (!Double.isNaN(entry.build().bytesPerVector())) {
        node.put("bytesPerVectorBesideRows", entry.build().bytesPerVector());
      }
      var runs = node.putArray("runs");
      entry.runs().forEach(run -> put(run, runs.addObject()));
    }
    return root.toPrettyString();
  }

  /// The report as lines for a terminal.
  ///
  /// @param recalls to tell the throughput at
  public List<String> toLines(List<Double> recalls) {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,d × %d, %s, k = %d, %d thread%s",
            dataset,
            rows,
            dim,
            metric,
            k,
            threads,
            threads == 1 ? "" : "s"));
    for (var entry : entries) {
      var build = entry.build();
      lines.add(
          String.format(
              Locale.ROOT,
              "  %s: built in %.1f s (%.1f CPU s), %s bytes a vector beside the rows",
              build.index(),
              build.seconds(),
              build.cpuSeconds(),
              Double.isNaN(build.bytesPerVector())
                  ? "unknown"
                  : String.format(Locale.ROOT, "%.1f", build.bytesPerVector())));
      for (var run : entry.runs()) {
        lines.add(
            String.format(
                Locale.ROOT,
                "    %-24s recall %.4f ± %.4f (p5 %.2f)  %,.0f queries/s, %,.0f a CPU second,"
                    + "  p50 %.3f ms  p95 %.3f ms  p99 %.3f ms",
                IndexChoice.text(run.params()),
                run.recall().mean(),
                run.recall().margin(),
                run.recall().p5(),
                run.wallQps(),
                run.cpuQps(),
                run.latency().p50(),
                run.latency().p95(),
                run.latency().p99()));
      }
      for (double recall : recalls) {
        var qps = entry.qpsAt(recall);
        lines.add(
            qps.isPresent()
                ? String.format(
                    Locale.ROOT,
                    "    at recall %.3f: %,.0f queries a CPU second",
                    recall,
                    qps.getAsDouble())
                : String.format(Locale.ROOT, "    recall %.3f is not reached", recall));
      }
    }
    return lines;
  }

  private static void put(Measurement run, ObjectNode node) {
    var params = node.putObject("params");
    run.params().forEach(params::put);
    node.put("queries", run.queries());
    node.put("recall", run.recall().mean());
    node.put("recallMargin95", run.recall().margin());
    node.put("recallP5", run.recall().p5());
    node.put("qps", run.wallQps());
    node.put("qpsPerCpuSecond", run.cpuQps());
    node.put("p50Millis", run.latency().p50());
    node.put("p95Millis", run.latency().p95());
    node.put("p99Millis", run.latency().p99());
    node.put("maxMillis", run.latency().max());
  }
}
