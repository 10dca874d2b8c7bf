package dev.aerie.local;

import dev.aerie.engine.Field;
import dev.aerie.expr.Row;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.StoredFields;

/// The stored values of rows, with the defaults of fields that were added after them. One thread.
final class StoredRows {
  private static final Set<String> ROW = Set.of(LuceneNames.ROW);

  private final StoredFields stored;
  private final RowFormat format;
  private final Map<String, Object> defaults = new HashMap<>();

  StoredRows(StoredFields stored, CollectionFields fields) {
    this.stored = stored;
    this.format = new RowFormat(fields);
    for (var field : fields.all()) {
      field.defaultValue().ifPresent(value -> defaults.put(field.name(), inType(field, value)));
    }
  }

  /// The scalars of a document that have a value, by name.
  Map<String, Object> read(int doc) throws IOException {
    var bytes = Objects.requireNonNull(stored.document(doc, ROW).getBinaryValue(LuceneNames.ROW));
    var values = format.read(bytes);
    defaults.forEach(values::putIfAbsent);
    return values;
  }

  /// The row as a filter asks for it.
  Row row(int doc) throws IOException {
    var values = read(doc);
    return field -> Optional.ofNullable(values.get(field.name()));
  }

  /// A default as columns give values of that type.
  static Object inType(Field field, Object value) {
    if (!(value instanceof Number number)) {
      return value;
    }
    return switch (field.type()) {
      case INT8, INT16, INT32 -> (Object) number.intValue();
      case INT64, TIMESTAMPTZ -> number.longValue();
      case FLOAT -> number.floatValue();
      case DOUBLE -> number.doubleValue();
      case BOOL,
          VARCHAR,
          ARRAY,
          JSON,
          GEOMETRY,
          TEXT,
          BINARY_VECTOR,
          FLOAT_VECTOR,
          FLOAT16_VECTOR,
          BFLOAT16_VECTOR,
          SPARSE_FLOAT_VECTOR,
          INT8_VECTOR,
          UNKNOWN ->
          value;
    };
  }
}
