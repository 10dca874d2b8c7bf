package dev.aerie.ui.search;

import dev.aerie.engine.IndexRequest.IndexSpec;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// A parameter of a search that the index on the field knows.
///
/// @param name Milvus' own
/// @param least and `most` allowed
public record SearchParam(String name, int least, int most, StringProperty value) {
  SearchParam(String name, int least, int most, int usual) {
    this(name, least, most, new SimpleStringProperty(Integer.toString(usual)));
  }

  /// What an index can be told at search time. None where there is no index.
  static List<SearchParam> of(Optional<IndexSpec> index) {
    var type = index.map(spec -> spec.type().name()).orElse("");
    if (type.startsWith("HNSW")) {
      return List.of(new SearchParam("ef", 1, 32_768, 64));
    }
    if (type.startsWith("IVF") || type.startsWith("BIN_IVF")) {
      int lists =
          index
              .flatMap(spec -> Optional.ofNullable(spec.params().get("nlist")))
              .map(Integer::parseInt)
              .orElse(65_536);
      return List.of(new SearchParam("nprobe", 1, lists, Math.min(16, lists)));
    }
    return List.of();
  }

  /// Why the value cannot be used, where it cannot.
  Optional<String> mistake(String template) {
    try {
      int number = Integer.parseInt(value.get().strip());
      if (number >= least && number <= most) {
        return Optional.empty();
      }
    } catch (NumberFormatException e) {
      // Told below, with what would be right.
    }
    return Optional.of(template.formatted(name, least, most));
  }
}
