package dev.aerie.service.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.engine.IndexType;
import dev.aerie.service.bench.BuildResult;
import dev.aerie.service.bench.IndexChoice;
import dev.aerie.service.bench.Latency;
import dev.aerie.service.bench.Measurement;
import dev.aerie.service.bench.Recall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Experiments as text: JSON to keep and to read again, CSV for a spreadsheet, and a report as one
/// HTML file that needs nothing else.
///
/// The recommendation is not stored: it follows from goal and trials.
public final class ExperimentFile {
  private static final int VERSION = 1;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().configure(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, false);

  private ExperimentFile() {}

  public static void save(Experiment experiment, Path file) throws IOException {
    Files.writeString(file, toJson(experiment));
  }

  /// @throws IOException if the file cannot be read or is no experiment
  public static Experiment read(Path file) throws IOException {
    try {
      return fromJson(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException("\"%s\": %s".formatted(file, e.getMessage()), e);
    }
  }

  public static String toJson(Experiment experiment) {
    var root = MAPPER.createObjectNode();
    root.put("version", VERSION);
    root.put("id", experiment.id());
    root.put("startedAt", experiment.startedAt().toString());
    root.put("seconds", experiment.seconds());
    root.put("source", experiment.source());
    root.put("metric", experiment.metric());
    root.put("rows", experiment.rows());
    root.put("total", experiment.total());
    root.put("queries", experiment.queries());
    root.put("complete", experiment.complete());
    var goal = root.putObject("goal");
    goal.put("k", experiment.goal().k());
    goal.put("recall", experiment.goal().recall());
    experiment.goal().p95Millis().ifPresent(p95 -> goal.put("p95Millis", p95));
    experiment.goal().memoryBytes().ifPresent(bytes -> goal.put("memoryBytes", bytes));
    var trials = root.putArray("trials");
    experiment.trials().forEach(trial -> put(trial, trials.addObject()));
    experiment
        .recommendation()
        .ifPresent(
            advice -> {
              var node = root.putObject("recommendation");
              node.put("met", advice.met());
              node.put("setting", advice.best().name());
              node.put("reason", advice.reason());
            });
    return root.toPrettyString();
  }

  /// @throws IllegalArgumentException if the text is no experiment of a known version
  public static Experiment fromJson(String text) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this is no JSON: " + e.getOriginalMessage(), e);
    }
    if (root.path("version").asInt() != VERSION) {
      throw new IllegalArgumentException(
          "this experiment has version \"%s\"; version %d is known"
              .formatted(root.path("version").asText(), VERSION));
    }
    var goalNode = root.path("goal");
    var goal =
        new Goal(
            goalNode.path("k").asInt(),
            goalNode.path("recall").asDouble(),
            goalNode.has("p95Millis")
                ? OptionalDouble.of(goalNode.path("p95Millis").asDouble())
                : OptionalDouble.empty(),
            goalNode.has("memoryBytes")
                ? OptionalLong.of(goalNode.path("memoryBytes").asLong())
                : OptionalLong.empty());
    var trials = new ArrayList<Trial>();
    root.path("trials").forEach(node -> trials.add(trial(node)));
    return new Experiment(
        root.path("id").asText(),
        Instant.parse(root.path("startedAt").asText()),
        root.path("seconds").asDouble(),
        root.path("source").asText(),
        root.path("metric").asText(),
        root.path("rows").asLong(),
        root.path("total").asLong(),
        root.path("queries").asInt(),
        goal,
        trials,
        Recommendation.of(goal, trials.stream().filter(Trial::finalist).toList()),
        root.path("complete").asBoolean());
  }

  /// One line a trial, with a header.
  public static String toCsv(Experiment experiment) {
    var lines = new ArrayList<String>();
    lines.add(
        "index,search,stage,rows,recall,recall_margin95,recall_p5,p50_ms,p95_ms,p99_ms,"
            + "qps,qps_cpu,build_s,build_cpu_s,bytes");
    for (var trial : experiment.trials()) {
      var run = trial.run();
      lines.add(
          String.format(
              Locale.ROOT,
              "\"%s\",\"%s\",%s,%d,%.5f,%.5f,%.4f,%.4f,%.4f,%.4f,%.1f,%.1f,%.3f,%.3f,%s",
              trial.build().index(),
              IndexChoice.text(run.params()),
              trial.finalist() ? "final" : "sample",
              trial.rows(),
              run.recall().mean(),
              run.recall().margin(),
              run.recall().p5(),
              run.latency().p50(),
              run.latency().p95(),
              run.latency().p99(),
              run.wallQps(),
              run.cpuQps(),
              trial.build().seconds(),
              trial.build().cpuSeconds(),
              trial.bytes().isPresent() ? trial.bytes().getAsLong() : ""));
    }
    return String.join("\n", lines) + "\n";
  }

  /// A report in one file.
  public static String toHtml(Experiment experiment) {
    var rows =
        experiment.trials().stream().map(ExperimentFile::htmlRow).collect(Collectors.joining("\n"));
    var advice =
        experiment.recommendation().map(Recommendation::reason).orElse("Nothing was measured.");
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>%1$s</title><style>
        body{font:14px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em}
        table{border-collapse:collapse;width:100%%}
        th,td{text-align:right;padding:.25em .6em;border-bottom:1px solid #d0d7de}
        th:first-child,td:first-child{text-align:left}
        svg{width:100%%;height:auto;border:1px solid #d0d7de}
        </style></head><body>
        <h1>%1$s</h1>
        <p>%2$,d of %3$,d rows, %4$,d queries, %5$s, %6$s. Goal: %7$s.</p>
        <p><strong>%8$s</strong></p>
        %9$s
        <table><tr><th>Setting</th><th>Rows</th><th>Recall</th><th>p50 ms</th><th>p95 ms</th>
        <th>p99 ms</th><th>Queries/s</th><th>Build s</th><th>MB</th></tr>
        %10$s
        </table></body></html>
        """
        .formatted(
            escape(experiment.source()),
            experiment.rows(),
            experiment.total(),
            experiment.queries(),
            escape(experiment.metric()),
            experiment.startedAt(),
            escape(experiment.goal().toString()),
            escape(advice),
            chart(experiment),
            rows);
  }

  /// Recall against the 95th percentile of latency, logarithmic, of the final trials.
  private static String chart(Experiment experiment) {
    var trials = experiment.trials().stream().filter(Trial::finalist).toList();
    if (trials.isEmpty()) {
      return "";
    }
    double low = trials.stream().mapToDouble(t -> t.run().latency().p95()).min().orElse(1);
    double high = trials.stream().mapToDouble(t -> t.run().latency().p95()).max().orElse(1);
    double floor = trials.stream().mapToDouble(t -> t.run().recall().mean()).min().orElse(0);
    double width = Math.max(1e-9, Math.log(high / low));
    double height = Math.max(1e-9, 1 - floor);
    var svg = new StringBuilder("<svg viewBox=\"0 0 640 320\" role=\"img\">");
    svg.append("<text x=\"320\" y=\"314\" text-anchor=\"middle\">p95, ms (logarithmic)</text>");
    svg.append("<text x=\"8\" y=\"16\">recall</text>");
    for (var trial : trials) {
      double x = 40 + 560 * Math.log(trial.run().latency().p95() / low) / width;
      double y = 30 + 250 * (1 - trial.run().recall().mean()) / height;
      boolean best =
          experiment.recommendation().map(advice -> advice.best().equals(trial)).orElse(false);
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"%s\"><title>%s: recall %.4f, p95"
                  + " %.3f ms</title></circle>",
              x,
              y,
              best ? 7 : 4,
              best ? "#f72b80" : "#3e8bfe",
              escape(trial.name()),
              trial.run().recall().mean(),
              trial.run().latency().p95()));
    }
    return svg.append("</svg>").toString();
  }

  private static String htmlRow(Trial trial) {
    var run = trial.run();
    return String.format(
        Locale.ROOT,
        "<tr><td>%s</td><td>%,d</td><td>%.4f ± %.4f</td><td>%.3f</td><td>%.3f</td><td>%.3f</td>"
            + "<td>%,.0f</td><td>%.1f</td><td>%s</td></tr>",
        escape(trial.name()),
        trial.rows(),
        run.recall().mean(),
        run.recall().margin(),
        run.latency().p50(),
        run.latency().p95(),
        run.latency().p99(),
        run.wallQps(),
        trial.build().seconds(),
        trial.bytes().isPresent()
            ? String.format(Locale.ROOT, "%,.0f", trial.bytes().getAsLong() / 1e6)
            : "");
  }

  private static void put(Trial trial, ObjectNode node) {
    var build = trial.build();
    var run = trial.run();
    node.put("type", build.index().type().name());
    put(build.index().params(), node.putObject("build"));
    node.put("buildSeconds", build.seconds());
    node.put("buildCpuSeconds", build.cpuSeconds());
    if (!Double.isNaN(build.bytesPerVector())) {
      node.put("bytesPerVector", build.bytesPerVector());
    }
    put(run.params(), node.putObject("search"));
    node.put("rows", trial.rows());
    node.put("dim", trial.dim());
    node.put("finalist", trial.finalist());
    node.put("k", run.k());
    node.put("threads", run.threads());
    node.put("wallQps", run.wallQps());
    node.put("cpuQps", run.cpuQps());
    var latency = node.putArray("latency");
    latency.add(run.latency().mean()).add(run.latency().p50()).add(run.latency().p95());
    latency.add(run.latency().p99()).add(run.latency().max());
    var recalls = node.putArray("recalls");
    run.recall().byQuery().forEach(recalls::add);
  }

  private static void put(Map<String, String> params, ObjectNode node) {
    new TreeMap<>(params).forEach(node::put);
  }

  private static Trial trial(JsonNode node) {
    var index =
        new IndexChoice(new IndexType(node.path("type").asText()), params(node.path("build")));
    var build =
        new BuildResult(
            index,
            node.path("buildSeconds").asDouble(),
            node.path("buildCpuSeconds").asDouble(),
            node.has("bytesPerVector") ? node.path("bytesPerVector").asDouble() : Double.NaN);
    var latency = node.path("latency");
    var recalls = new double[node.path("recalls").size()];
    for (int i = 0; i < recalls.length; i++) {
      recalls[i] = node.path("recalls").path(i).asDouble();
    }
    var run =
        new Measurement(
            params(node.path("search")),
            node.path("k").asInt(),
            node.path("threads").asInt(),
            recalls.length,
            Recall.of(recalls),
            new Latency(
                latency.path(0).asDouble(),
                latency.path(1).asDouble(),
                latency.path(2).asDouble(),
                latency.path(3).asDouble(),
                latency.path(4).asDouble()),
            node.path("wallQps").asDouble(),
            node.path("cpuQps").asDouble());
    return new Trial(
        build,
        run,
        node.path("rows").asLong(),
        node.path("dim").asInt(),
        node.path("finalist").asBoolean());
  }

  private static Map<String, String> params(JsonNode node) {
    var params = new TreeMap<String, String>();
    for (var entry : node.properties()) {
      params.put(entry.getKey(), entry.getValue().asText());
    }
    return params;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /// Every experiment in a folder, the newest first; files that are none are left out.
  public static List<Experiment> library(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var found = new ArrayList<Experiment>();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        try {
          found.add(read(file));
        } catch (IOException | RuntimeException _) {
          // A folder may hold other files too.
        }
      }
    }
    found.sort((a, b) -> b.startedAt().compareTo(a.startedAt()));
    return found;
  }
}
