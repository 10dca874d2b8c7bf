package dev.aerie.ui.search;

import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.engine.Metric;
import dev.aerie.engine.SearchRequest.Hits;
import dev.aerie.ui.fx.Cells;
import dev.aerie.ui.fx.VectorSketch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes [Hit]s of an engine's answer, and lays an exact answer beside an approximate one.
record HitReader(CollectionSchema schema, String vectorField) {
  /// The hits in their order.
  List<Hit> read(Hits hits) {
    var texts = textFields();
    var all = new ArrayList<Hit>();
    for (int row = 0; row < hits.size(); row++) {
      var values = new LinkedHashMap<String, Optional<String>>();
      for (var field : schema.fields()) {
        if (!field.type().isVector()) {
          int at = row;
          values.put(
              field.name(),
              hits.rows().column(field.name()).flatMap(column -> Cells.shown(column.value(at))));
        }
      }
      Object id = hits.ids().value(row).orElse("");
      int at = row;
      all.add(
          new Hit(
              OptionalInt.of(row + 1),
              id,
              hits.values().get(row),
              0,
              text(texts, 0, values).orElse(id.toString()),
              text(texts, 1, values).orElse(""),
              OptionalInt.empty(),
              hits.rows().column(vectorField).flatMap(column -> VectorSketch.of(column, at)),
              values));
    }
    return all;
  }

  /// The found hits with their exact ranks, and the missed ones where they would have stood.
  static List<Hit> merge(List<Hit> found, List<Hit> exact, Metric metric) {
    Map<Object, Integer> exactRanks = new HashMap<>();
    for (int i = 0; i < exact.size(); i++) {
      exactRanks.put(exact.get(i).id(), i + 1);
    }
    var all = new ArrayList<Hit>();
    var seen = new HashMap<Object, Boolean>();
    for (var hit : found) {
      seen.put(hit.id(), true);
      var rank = exactRanks.get(hit.id());
      all.add(
          hit.at(
              hit.rank(), rank == null ? OptionalInt.empty() : OptionalInt.of(rank), hit.share()));
    }
    for (int i = 0; i < exact.size(); i++) {
      if (!seen.containsKey(exact.get(i).id())) {
        all.add(exact.get(i).at(OptionalInt.empty(), OptionalInt.of(i + 1), 0));
      }
    }
    if (!exact.isEmpty()) {
      all.sort((a, b) -> metric.compare(a.value(), b.value()));
    }
    return all;
  }

  /// The same hits with bars: full for the nearest, shorter the farther.
  static List<Hit> withBars(List<Hit> hits, Metric metric) {
    if (hits.isEmpty()) {
      return hits;
    }
    double best = hits.getFirst().value();
    var all = new ArrayList<Hit>();
    for (var hit : hits) {
      double share =
          switch (metric) {
            case COSINE -> hit.value();
            case L2, HAMMING, JACCARD, SUBSTRUCTURE, SUPERSTRUCTURE, MHJACCARD ->
                hit.value() <= 0 ? 1 : Math.max(best, 1e-9) / hit.value();
            case IP, BM25, MAX_SIM -> best <= 0 ? 0 : hit.value() / best;
          };
      all.add(hit.at(hit.rank(), hit.exactRank(), Math.clamp(share, 0, 1)));
    }
    return all;
  }

  private List<Field> textFields() {
    return schema.fields().stream()
        .filter(field -> !field.primaryKey())
        .filter(
            field ->
                field.type() == DataType.VARCHAR
                    || field.type() == DataType.TEXT
                    || field.elementType().filter(DataType.VARCHAR::equals).isPresent())
        .sorted(Comparator.comparingInt(HitReader::shortness))
        .toList();
  }

  /// Names first: fields called so, then lists of words, then the rest in the schema's order.
  private static int shortness(Field field) {
    return switch (field.name()) {
      case "title", "name", "headline", "label" -> 0;
      default -> field.type() == DataType.ARRAY ? 1 : 2;
    };
  }

  private static Optional<String> text(
      List<Field> fields, int at, Map<String, Optional<String>> values) {
    return at < fields.size()
        ? values.getOrDefault(fields.get(at).name(), Optional.empty())
        : Optional.empty();
  }
}
