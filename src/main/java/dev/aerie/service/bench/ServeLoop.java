package dev.aerie.service.bench;

import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.Progress;
import dev.aerie.layout.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The command protocol of the side-by-side harness: one line in, one line out, so that an engine
/// stands in the same run as its peers.
///
/// `build NAME SPEC` answers `built NAME s=… cpu=… beside_raw=…`; `run NAME key=value,… THREADS`
/// answers `res NAME recall=… qps=… wall_qps=… p50=… p99=…` with k = 10, queries per CPU second and
/// milliseconds; `quit` ends. What fails answers `err …` and the loop goes on. Each built index has
/// a collection of its own.
public final class ServeLoop {
  private static final int K = 10;
  private static final int QUERIES = 1_000;

  private final Engine engine;
  private final BenchData data;
  private final Workers workers;
  private final Map<String, ScratchCollection> built = new HashMap<>();

  /// @param data asked with its first 1,000 queries, as its peers are
  public ServeLoop(Engine engine, BenchData data, Workers workers) {
    this.engine = engine;
    this.data = data.withQueries(QUERIES);
    this.workers = workers;
  }

  /// Answers until `quit` or the end of the input; drops what it built.
  public void run(BufferedReader in, PrintWriter out) throws IOException {
    try {
      say(
          out,
          "ready aerie %s n=%d d=%d queries=%d"
              .formatted(
                  data.name(), data.base().count(), data.base().dim(), data.queries().count()));
      String line;
      while ((line = in.readLine()) != null) {
        var words = line.strip().split("\\s+");
        if (words[0].equals("quit")) {
          return;
        }
        say(out, answer(words));
      }
    } finally {
      built.values().forEach(ScratchCollection::close);
    }
  }

  private String answer(String[] words) {
    try {
      return switch (words[0]) {
        case "build" ->
            build(word(words, 1, "a name"), IndexChoice.parse(word(words, 2, "a spec")));
        case "run" ->
            search(
                word(words, 1, "a name"),
                IndexChoice.params(words.length > 2 ? words[2] : ""),
                words.length > 3 ? Integer.parseInt(words[3]) : 1);
        default ->
            "err command \"%s\" is not known; there are build, run, quit".formatted(words[0]);
      };
    } catch (IllegalArgumentException | EngineException e) {
      return "err " + String.valueOf(e.getMessage()).replace('\n', ' ');
    }
  }

  private String build(String name, IndexChoice index) {
    var collection =
        new ScratchCollection(
            engine, "bench_" + name.replaceAll("\\W", "_"), data.metric(), data.base().dim());
    built.put(name, collection);
    collection.fill(data.base(), Progress.NONE);
    var result = collection.build(index, Progress.NONE);
    return String.format(
        Locale.ROOT,
        "built %s s=%.2f cpu=%.2f beside_raw=%.1f",
        name,
        result.seconds(),
        result.cpuSeconds(),
        result.bytesPerVector());
  }

  private String search(String name, Map<String, String> params, int threads) {
    var collection = built.get(name);
    if (collection == null) {
      throw new IllegalArgumentException("nothing named \"%s\" has been built".formatted(name));
    }
    var run = new SearchRun(collection.target(), SearchRun.embeddings(data), data.truth(), workers);
    var measured = run.measure(K, params, threads, Progress.NONE);
    return String.format(
        Locale.ROOT,
        "res %s recall=%.4f qps=%.1f wall_qps=%.1f p50=%.4f p99=%.4f",
        name,
        measured.recall().mean(),
        measured.cpuQps(),
        measured.wallQps(),
        measured.latency().p50(),
        measured.latency().p99());
  }

  private static String word(String[] words, int at, String what) {
    if (words.length <= at) {
      throw new IllegalArgumentException(
          "\"%s\" needs %s".formatted(String.join(" ", words), what));
    }
    return words[at];
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
