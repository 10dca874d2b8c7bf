package dev.aerie.ui.tune;

import dev.aerie.service.bench.IndexChoice;
import dev.aerie.service.tune.Trial;
import dev.aerie.ui.fx.Figures;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;

/// A trial as it is shown.
///
/// @param series of its build among all builds, for colour
/// @param kind of its index type among all types, for shape
/// @param meets the goal
record Setup(Trial trial, int series, int kind, boolean meets, boolean recommended) {
  double recall() {
    return trial.run().recall().mean();
  }

  double margin() {
    return trial.run().recall().margin();
  }

  double p95() {
    return trial.run().latency().p95();
  }

  /// `HNSW M 16, efC 100`
  String indexName() {
    return name(trial.build().index());
  }

  /// `HNSW M=16 efConstruction=100 · ef=96`
  String fullName() {
    return trial.name();
  }

  /// Search parameters: `ef 96`; empty without any.
  String search() {
    return String.join(
        ", ",
        trial.run().params().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .toList());
  }

  int k() {
    return trial.run().k();
  }

  /// Searches a second, thousands separated.
  String rate() {
    return Figures.count(Math.round(trial.run().wallQps()));
  }

  /// Rows and index together; – where the engine does not tell.
  String megabytes() {
    var bytes = trial.bytes();
    return bytes.isPresent() ? Figures.count(Math.round(bytes.getAsLong() / 1e6)) : "–";
  }

  double buildSeconds() {
    return trial.build().seconds();
  }

  String type() {
    return trial.build().index().type().toString();
  }

  /// `M 16, ef 96`
  String settings() {
    var parts = new ArrayList<String>();
    trial.build().index().params().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> parts.add(word(entry.getKey()) + " " + entry.getValue()));
    trial.run().params().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> parts.add(word(entry.getKey()) + " " + entry.getValue()));
    return parts.isEmpty() ? "–" : String.join(", ", parts);
  }

  /// `HNSW M 16, efC 100`
  static String name(IndexChoice choice) {
    var parts =
        choice.params().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> word(entry.getKey()) + " " + entry.getValue())
            .toList();
    return parts.isEmpty()
        ? choice.type().toString()
        : choice.type() + " " + String.join(", ", parts);
  }

  /// `0.961 ± 0.006`
  String recallText() {
    return String.format(Locale.ROOT, "%.3f ± %.3f", recall(), margin());
  }

  private static String word(String param) {
    return param.equals("efConstruction") ? "efC" : param;
  }
}
