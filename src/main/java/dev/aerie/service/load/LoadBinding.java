package dev.aerie.service.load;

import dev.aerie.dataset.Binding;
import dev.aerie.dataset.FileFormat;
import dev.aerie.dataset.JoinedSource;
import dev.aerie.dataset.RowSource;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import java.util.ArrayList;
import java.util.List;

/// A plan brought together with its file and its schema.
///
/// @param source the file, with the vectors beside it where the plan names some
/// @param bindings of fields to columns; a field that is embedded is bound as its text, under its
///     own name
/// @param embedded the vector fields whose text has to be embedded
record LoadBinding(RowSource source, List<Binding> bindings, List<Field> embedded) {
  LoadBinding {
    bindings = List.copyOf(bindings);
    embedded = List.copyOf(embedded);
  }

  /// @throws IllegalArgumentException if a field or column is missing or may not be written
  static LoadBinding of(LoadPlan plan, CollectionSchema schema) {
    var source = RowSource.of(plan.file());
    var bindings = new ArrayList<Binding>();
    var embedded = new ArrayList<Field>();
    for (var entry : plan.mapping()) {
      var field = field(schema, entry.field());
      switch (entry.origin()) {
        case Origin.Columns(var names) -> {
          for (var name : names) {
            requireColumn(source, name, entry.field());
          }
          bindings.add(new Binding(field, names));
        }
        case Origin.VectorFile(var file) -> {
          var column = free(source, String.valueOf(file.getFileName()));
          source = new JoinedSource(source, RowSource.of(file), column);
          bindings.add(new Binding(field, column));
        }
        case Origin.EmbeddedText(var column) -> {
          requireColumn(source, column, entry.field());
          if (field.type() != DataType.FLOAT_VECTOR) {
            throw new IllegalArgumentException(
                "field \"%s\" (%s) cannot be embedded; only a FLOAT_VECTOR can"
                    .formatted(field.name(), field.typeName()));
          }
          embedded.add(field);
          bindings.add(new Binding(Field.varchar(field.name(), Field.MAX_LENGTH), column));
        }
      }
    }
    for (var field : schema.fields()) {
      boolean needed =
          !field.autoId()
              && !field.nullable()
              && !field.functionOutput()
              && field.defaultValue().isEmpty();
      if (needed && plan.mapping().stream().noneMatch(m -> m.field().equals(field.name()))) {
        throw new IllegalArgumentException(
            "field \"%s\" (%s) of \"%s\" needs a value and no column is mapped to it"
                .formatted(field.name(), field.typeName(), schema.name()));
      }
    }
    return new LoadBinding(source, bindings, embedded);
  }

  private static Field field(CollectionSchema schema, String name) {
    var field =
        schema.fields().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "collection \"%s\" has no field \"%s\"; it has %s"
                            .formatted(
                                schema.name(),
                                name,
                                schema.fields().stream().map(Field::name).toList())));
    if (field.autoId() || field.functionOutput()) {
      throw new IllegalArgumentException(
          "field \"%s\" is filled by the engine; no column can be mapped to it".formatted(name));
    }
    return field;
  }

  private static void requireColumn(RowSource source, String column, String field) {
    // A JSON file may hold a key that its first rows lack.
    boolean open = source.format() == FileFormat.JSON || source.format() == FileFormat.JSON_LINES;
    if (!open && !source.columns().contains(column)) {
      throw new IllegalArgumentException(
          "\"%s\" has no column \"%s\" for field \"%s\"; it has %s"
              .formatted(source.file().getFileName(), column, field, source.columns()));
    }
  }

  private static String free(RowSource source, String wanted) {
    var name = wanted;
    while (source.columns().contains(name)) {
      name += "_";
    }
    return name;
  }
}
