package dev.aerie.service.bench;

import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.Metric;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// An index to build: a type and its build parameters, written `HNSW,M=16,efConstruction=100`.
public record IndexChoice(IndexType type, Map<String, String> params) {
  public IndexChoice {
    params = Map.copyOf(params);
  }

  /// @throws IllegalArgumentException if the text is not of that form
  public static IndexChoice parse(String text) {
    var parts = text.strip().split(",");
    return new IndexChoice(new IndexType(parts[0].strip()), params(parts, 1));
  }

  /// Reads `key=value,key=value`; empty for none.
  public static Map<String, String> params(String text) {
    return text.isBlank() || text.equals("-") ? Map.of() : params(text.split(","), 0);
  }

  private static Map<String, String> params(String[] parts, int from) {
    var params = new TreeMap<String, String>();
    for (int i = from; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "\"%s\" must be a parameter such as nlist=512".formatted(parts[i].strip()));
      }
      params.put(parts[i].substring(0, equals).strip(), parts[i].substring(equals + 1).strip());
    }
    return params;
  }

  public IndexSpec on(String field, Metric metric) {
    return IndexSpec.of(field, type, metric, params);
  }

  /// The text [#parse] reads.
  @Override
  public String toString() {
    return params.isEmpty() ? type.name() : type.name() + "," + text(params);
  }

  /// Parameters as text, in the order of their names.
  public static String text(Map<String, String> params) {
    return new TreeMap<>(params)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
  }
}
