package dev.aerie.service.load;

import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.IndexRequest.IndexSpec;
import java.util.List;

/// A schema for a file, how the file fills it, and why.
///
/// @param notes for a person, one a decision that is not plain
public record Suggestion(
    CollectionSchema schema,
    List<LoadPlan.Mapping> mapping,
    List<IndexSpec> indexes,
    List<String> notes) {
  public Suggestion {
    mapping = List.copyOf(mapping);
    indexes = List.copyOf(indexes);
    notes = List.copyOf(notes);
  }
}
