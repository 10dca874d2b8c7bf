package dev.aerie.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What the rows of a collection are made of.
///
/// @param fields in the user's order; exactly one primary key, at least one vector; without the
///     dynamic field's own entry
/// @param dynamic whether rows may carry keys the schema does not name
public record CollectionSchema(
    String name,
    String description,
    List<Field> fields,
    List<FieldFunction> functions,
    boolean dynamic) {
  public static final int MAX_FIELDS = 64;
  public static final int MAX_VECTOR_FIELDS = 10;

  public CollectionSchema {
    fields = List.copyOf(fields);
    functions = List.copyOf(functions);
    Field.requireName("collection", name, false);
    if (fields.size() > MAX_FIELDS) {
      throw new IllegalArgumentException(
          "collection \"%s\" has %d fields; at most %d are allowed"
              .formatted(name, fields.size(), MAX_FIELDS));
    }
    var names = new HashSet<String>();
    for (var field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException(
            "collection \"%s\" has two fields named \"%s\"".formatted(name, field.name()));
      }
    }
    long keys = fields.stream().filter(Field::primaryKey).count();
    if (keys != 1) {
      throw new IllegalArgumentException(
          "collection \"%s\" needs exactly one primary key field; it has %d".formatted(name, keys));
    }
    long vectors = fields.stream().filter(field -> field.type().isVector()).count();
    if (vectors == 0) {
      throw new IllegalArgumentException("collection \"%s\" needs a vector field".formatted(name));
    }
    if (vectors > MAX_VECTOR_FIELDS) {
      throw new IllegalArgumentException(
          "collection \"%s\" has %d vector fields; at most %d are allowed"
              .formatted(name, vectors, MAX_VECTOR_FIELDS));
    }
    if (fields.stream().filter(Field::partitionKey).count() > 1) {
      throw new IllegalArgumentException(
          "collection \"%s\" has two partition keys; one is allowed".formatted(name));
    }
    for (var function : functions) {
      for (var field : function.inputs()) {
        requireField(name, function, field, names);
      }
      for (var field : function.outputs()) {
        requireField(name, function, field, names);
      }
    }
  }

  public static CollectionSchema of(String name, Field... fields) {
    return new CollectionSchema(name, "", List.of(fields), List.of(), false);
  }

  public CollectionSchema withDynamic() {
    return new CollectionSchema(name, description, fields, functions, true);
  }

  public CollectionSchema withDescription(String text) {
    return new CollectionSchema(name, text, fields, functions, dynamic);
  }

  public CollectionSchema withName(String newName) {
    return new CollectionSchema(newName, description, fields, functions, dynamic);
  }

  public CollectionSchema withFunction(FieldFunction function) {
    var all = new ArrayList<>(functions);
    all.add(function);
    return new CollectionSchema(name, description, fields, all, dynamic);
  }

  public Field primaryKey() {
    return fields.stream().filter(Field::primaryKey).findFirst().orElseThrow();
  }

  public Optional<Field> partitionKey() {
    return fields.stream().filter(Field::partitionKey).findFirst();
  }

  public List<Field> vectors() {
    return fields.stream().filter(field -> field.type().isVector()).toList();
  }

  public Optional<Field> field(String wanted) {
    return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
  }

  private static void requireField(
      String collection, FieldFunction function, String field, HashSet<String> names) {
    if (!names.contains(field)) {
      throw new IllegalArgumentException(
          "function \"%s\" of collection \"%s\" names field \"%s\", which the schema lacks"
              .formatted(function.name(), collection, field));
    }
  }
}
