package dev.aerie.service.load;

import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.IndexRequest.IndexSpec;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/// All a load needs to know.
///
/// @param mapping one for each field that gets values
public record LoadPlan(Path file, Target target, List<Mapping> mapping, LoadOptions options) {
  public LoadPlan {
    mapping = List.copyOf(mapping);
    if (mapping.isEmpty()) {
      throw new IllegalArgumentException("no column is mapped to a field");
    }
    var fields = new HashSet<String>();
    for (var entry : mapping) {
      if (!fields.add(entry.field())) {
        throw new IllegalArgumentException(
            "field \"%s\" is mapped twice; it needs one origin".formatted(entry.field()));
      }
    }
  }

  /// A field and where it comes from.
  public record Mapping(String field, Origin origin) {}

  /// Where the rows go.
  public sealed interface Target {
    String database();

    String collection();

    /// A collection that is made first, with its indexes, and loaded.
    record New(String database, CollectionSchema schema, List<IndexSpec> indexes)
        implements Target {
      public New {
        indexes = List.copyOf(indexes);
      }

      @Override
      public String collection() {
        return schema.name();
      }
    }

    record Existing(String database, String collection) implements Target {}
  }
}
