package dev.aerie.local;

import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.FieldFunction;
import dev.aerie.engine.Metric;
import dev.aerie.local.catalog.CollectionEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of a collection as the index sees them.
///
/// @param all the schema's, and the dynamic field last if there is one; a field's place in it never
///     changes, since fields are only added
record CollectionFields(CollectionEntry entry, List<Field> all) {
  /// The dynamic field as a field.
  static final Field META = Field.of(Field.DYNAMIC, DataType.JSON, Map.of());

  static CollectionFields of(CollectionEntry entry) {
    return new CollectionFields(entry, List.copyOf(entry.schema().fields()));
  }

  CollectionSchema schema() {
    return entry.schema();
  }

  Field key() {
    return schema().primaryKey();
  }

  /// A field of the schema, or the dynamic one.
  Optional<Field> field(String name) {
    if (name.equals(Field.DYNAMIC)) {
      return schema().dynamic() ? Optional.of(META) : Optional.empty();
    }
    return schema().field(name);
  }

  /// The field's number in stored rows: 0 for the dynamic one.
  int number(Field field) {
    if (field.isDynamic()) {
      return 0;
    }
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().equals(field.name())) {
        return i + 1;
      }
    }
    throw new IllegalStateException(
        "collection \"%s\" has no field \"%s\"".formatted(entry.name(), field.name()));
  }

  /// The field with a number; empty for one the schema does not have.
  Optional<Field> numbered(int number) {
    if (number == 0) {
      return Optional.of(META);
    }
    return number <= all.size() ? Optional.of(all.get(number - 1)) : Optional.empty();
  }

  /// How vectors of a field are compared: as its index says, else its type's default.
  Metric metric(Field field) {
    return entry
        .indexOn(field.name())
        .flatMap(index -> index.spec().metric())
        .orElseGet(() -> defaultMetric(field));
  }

  Metric defaultMetric(Field field) {
    return bm25(field).isPresent() ? Metric.BM25 : Metric.of(field.type()).getFirst();
  }

  /// The function that fills a field from text.
  Optional<FieldFunction> bm25(Field field) {
    return schema().functions().stream()
        .filter(function -> function.type().equals(FieldFunction.BM25))
        .filter(function -> function.outputs().contains(field.name()))
        .findFirst();
  }

  /// Whether the words of a VARCHAR field are indexed.
  boolean isAnalyzed(Field field) {
    return field.type() == DataType.VARCHAR
        && (field.matchEnabled()
            || schema().functions().stream()
                .anyMatch(
                    function ->
                        function.type().equals(FieldFunction.BM25)
                            && function.inputs().contains(field.name())));
  }

  /// A vector field a request names; an empty name means the only one there is.
  ///
  /// @throws EngineException if there is none of that name, or it is no vector
  Field vectorField(String name) {
    var vectors = schema().vectors();
    if (name.isEmpty() && vectors.size() == 1) {
      return vectors.getFirst();
    }
    var field =
        schema()
            .field(name)
            .orElseThrow(
                () ->
                    new EngineException(
                        ErrorCode.FIELD_NOT_FOUND,
                        "collection \"%s\" has no field \"%s\"; its vector fields are %s"
                            .formatted(
                                entry.name(), name, vectors.stream().map(Field::name).toList())));
    if (!field.type().isVector()) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "field \"%s\" of collection \"%s\" is %s and cannot be searched; its vector fields are %s"
              .formatted(
                  name,
                  entry.name(),
                  field.typeName(),
                  vectors.stream().map(Field::name).toList()));
    }
    return field;
  }
}
