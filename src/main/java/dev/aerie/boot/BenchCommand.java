package dev.aerie.boot;

import dev.aerie.engine.Engine;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Place;
import dev.aerie.engine.Progress;
import dev.aerie.layout.Workers;
import dev.aerie.service.bench.BenchData;
import dev.aerie.service.bench.BenchService;
import dev.aerie.service.bench.IndexChoice;
import dev.aerie.service.bench.ServeLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `aerie bench`: recall, speed, build time and size of indexes on a data set, through the engine's
/// own
/// search.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures indexes on a data set: recall, QPS, latency, build time, bytes.")
final class BenchCommand implements Callable<Integer> {
  @Mixin private EngineOptions engine = new EngineOptions();

  @Parameters(
      paramLabel = "DATASET",
      arity = "1..2",
      description =
          "PATH/NAME for NAME_base.fvecs, NAME_query.fvecs, NAME_truth.ivecs; with --serve followed by"
              + " ip, l2 or cosine")
  private List<String> words = List.of();

  @Option(names = "--metric", paramLabel = "ip|l2|cosine", description = "default cosine")
  private String metric = "cosine";

  @Option(
      names = "--index",
      paramLabel = "SPEC",
      description = "such as HNSW,M=16,efConstruction=200 or IVF_PQ,nlist=1024; several allowed")
  private List<String> indexes = List.of("HNSW", "IVF_FLAT");

  @Option(names = "--recall", split = ",", description = "recalls to tell the speed at")
  private List<Double> recalls = List.of(0.9, 0.95, 0.99);

  @Option(names = "--k", description = "neighbours wanted; default 10")
  private int k = 10;

  @Option(names = "--threads", description = "query threads; default 1")
  private int threads = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "write all figures there")
  private Optional<Path> json = Optional.empty();

  @Option(names = "--serve", description = "answer the command protocol on standard input")
  private boolean serve;

  @Override
  public Integer call() throws IOException {
    var measure =
        Metric.valueOf((words.size() > 1 ? words.get(1) : metric).toUpperCase(Locale.ROOT));
    var folder = Files.createTempDirectory("aerie-bench");
    try (var parts = new Parts();
        var opened = open(parts, folder)) {
      var workers = new Workers(parts.builders(), parts.cores());
      var data = BenchData.read(Path.of(words.get(0)), measure, workers, Progress.NONE);
      if (serve) {
        new ServeLoop(opened, data, workers)
            .run(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        return 0;
      }
      var plan =
          new BenchService.Plan(
              data, indexes.stream().map(IndexChoice::parse).toList(), k, threads);
      var report =
          new BenchService(opened, workers)
              .run(plan, entry -> System.out.println("built " + entry.build()), Progress.NONE);
      report.toLines(recalls).forEach(System.out::println);
      if (json.isPresent()) {
        Files.writeString(json.get(), report.toJson());
      }
      return 0;
    } finally {
      try (var tree = Files.walk(folder)) {
        for (var file : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /// A server where one was named, else a throw-away folder: a bench leaves nothing behind.
  private Engine open(Parts parts, Path folder) {
    return engine.place() instanceof Place.Server
        ? engine.open(parts)
        : parts.open(new Place.Folder(folder), Progress.NONE);
  }
}
