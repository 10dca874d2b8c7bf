package dev.aerie.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.TextColumn;
import dev.aerie.wire.Columns;
import dev.aerie.wire.Schemas;
import dev.aerie.wire.proto.FieldData;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The fields a client asked for, told back as clients expect it: `*` spelled out, dynamic keys by
/// their own names, with one `$meta` column of exactly those keys.
///
/// @param names to tell back, in order, each once
/// @param keys of the dynamic field that were asked for by name
/// @param wholeDynamic whether `$meta` was asked for as it is
record Outputs(List<String> names, Set<String> keys, boolean wholeDynamic) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @throws IllegalArgumentException if a field is not there or cannot be read back
  static Outputs of(List<String> asked, CollectionSchema schema) {
    var names = new LinkedHashSet<String>();
    var keys = new LinkedHashSet<String>();
    boolean whole = false;
    for (var name : asked) {
      var field = schema.field(name);
      if (name.equals("*")) {
        names.addAll(Schemas.readable(schema));
        whole = schema.dynamic();
        if (whole) {
          names.add(Field.DYNAMIC);
        }
      } else if (field.isPresent()) {
        if (field.get().functionOutput()) {
          throw new IllegalArgumentException("not allowed to retrieve raw data of field " + name);
        }
        names.add(name);
      } else if (name.equals(Field.DYNAMIC) && schema.dynamic()) {
        whole = true;
        names.add(name);
      } else if (schema.dynamic()) {
        names.add(name);
        keys.add(name);
      } else {
        throw new EngineException(ErrorCode.FIELD_NOT_FOUND, "field %s not exist".formatted(name));
      }
    }
    return new Outputs(List.copyOf(names), Set.copyOf(keys), whole);
  }

  /// What to ask the engine for.
  List<String> fields() {
    var fields = new ArrayList<>(names);
    fields.removeAll(keys);
    if (!keys.isEmpty() && !fields.contains(Field.DYNAMIC)) {
      fields.add(Field.DYNAMIC);
    }
    return fields;
  }

  /// The columns to send of those the engine gave.
  ///
  /// @param always a field to send even if it was not asked for; may be empty
  List<FieldData> toProto(ColumnBatch rows, String always) {
    var fields = new ArrayList<FieldData>();
    for (var column : rows.columns()) {
      if (column.name().equals(Field.DYNAMIC)) {
        if (wholeDynamic || !keys.isEmpty()) {
          fields.add(Columns.toProto(wholeDynamic ? column : picked(column), Columns.Form.FULL));
        }
      } else if (names.contains(column.name()) || column.name().equals(always)) {
        fields.add(Columns.toProto(column, Columns.Form.FULL));
      }
    }
    return fields;
  }

  private Column picked(Column dynamic) {
    var values = new String[dynamic.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = dynamic.value(row).map(text -> picked((String) text)).orElse("{}");
    }
    return new TextColumn(
        Field.DYNAMIC, DataType.JSON, values, dev.aerie.engine.Validity.all(values.length));
  }

  private String picked(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode object
          ? object.retain(keys).toString()
          : "{}";
    } catch (JsonProcessingException e) {
      throw new EngineException(ErrorCode.CORRUPT, "a dynamic field is no JSON: " + text, e);
    }
  }
}
