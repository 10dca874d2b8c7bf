package dev.aerie.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.aerie.engine.ArrayColumn;
import dev.aerie.engine.BoolColumn;
import dev.aerie.engine.ByteVectorColumn;
import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.ColumnBuilder;
import dev.aerie.engine.DataType;
import dev.aerie.engine.DoubleColumn;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.FloatColumn;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.IntColumn;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.Metric;
import dev.aerie.engine.SparseVectorColumn;
import dev.aerie.engine.TextColumn;
import dev.aerie.engine.Validity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Checks rows against a schema and fills in what they leave out, so that nothing that is logged
/// can
/// fail to apply.
final class IncomingRows {
  static final int MAX_JSON_BYTES = 65_536;
  private static final int MAX_JSON_DEPTH = 64;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_JSON_DEPTH).build())
          .build();

  private final CollectionFields fields;

  IncomingRows(CollectionFields fields) {
    this.fields = fields;
  }

  /// The rows with a column for every field but those a function fills, in the order of the schema,
  /// keys made where the engine makes them.
  ///
  /// @param keepsKeys whether keys are given although the engine makes them, as upserts do
  /// @throws EngineException `INVALID_ARGUMENT` naming the field, and the row where one is to blame
  ColumnBatch complete(ColumnBatch rows, boolean keepsKeys, HybridClock clock) {
    requireKnown(rows, keepsKeys);
    var columns = new ArrayList<Column>();
    for (var field : fields.schema().fields()) {
      if (field.functionOutput() || fields.bm25(field).isPresent()) {
        continue;
      }
      var given = rows.column(field.name());
      if (field.primaryKey() && field.autoId() && given.isEmpty()) {
        if (keepsKeys) {
          throw wrong("an upsert needs the key \"%s\" of each row".formatted(field.name()));
        }
        columns.add(madeKeys(field, rows.size(), clock));
      } else {
        columns.add(given.isPresent() ? checked(field, given.get()) : defaults(field, rows.size()));
      }
    }
    if (fields.schema().dynamic()) {
      columns.add(
          rows.column(Field.DYNAMIC)
              .map(column -> checkedMeta(column))
              .orElseGet(() -> emptyMeta(rows.size())));
    }
    return new ColumnBatch(columns, rows.size());
  }

  /// One given column, checked by itself.
  Column checked(Field field, Column column) {
    if (column.type() != field.type()) {
      throw wrong(
          "column \"%s\" is %s; the field is %s"
              .formatted(field.name(), column.type(), field.typeName()));
    }
    if (column.validity().nullCount() > 0) {
      if (field.defaultValue().isPresent()) {
        return checked(field, filled(field, column));
      }
      if (!field.nullable()) {
        throw wrong(
            "row %d has no value for field \"%s\", which is not nullable and has no default"
                .formatted(firstNull(column), field.name()));
      }
    }
    switch (column) {
      case BoolColumn _, LongColumn _ -> {}
      case IntColumn ints -> checkRange(field, ints);
      case FloatColumn floats -> {
        for (int row = 0; row < floats.size(); row++) {
          requireFinite(field, row, floats.get(row));
        }
      }
      case DoubleColumn doubles -> {
        for (int row = 0; row < doubles.size(); row++) {
          requireFinite(field, row, doubles.get(row));
        }
      }
      case TextColumn texts -> checkTexts(field, texts);
      case ArrayColumn arrays -> checkArrays(field, arrays);
      case FloatVectorColumn vectors -> checkFloats(field, vectors);
      case ByteVectorColumn vectors -> checkBytes(field, vectors);
      case SparseVectorColumn vectors -> {
        for (int row = 0; row < vectors.size(); row++) {
          if (!vectors.isNull(row) && vectors.get(row).size() == 0) {
            throw wrong(
                "row %d has an empty vector in field \"%s\"; a sparse vector needs an entry"
                    .formatted(row, field.name()));
          }
        }
      }
    }
    return column;
  }

  private void requireKnown(ColumnBatch rows, boolean keepsKeys) {
    for (var column : rows.columns()) {
      var field = fields.field(column.name());
      if (field.isEmpty()) {
        throw wrong(
            column.name().equals(Field.DYNAMIC)
                ? "collection \"%s\" takes no keys its schema does not name"
                    .formatted(fields.entry().name())
                : "collection \"%s\" has no field \"%s\"; its fields are %s"
                    .formatted(
                        fields.entry().name(),
                        column.name(),
                        fields.schema().fields().stream().map(Field::name).toList()));
      }
      if (field.get().functionOutput() || fields.bm25(field.get()).isPresent()) {
        throw wrong(
            "field \"%s\" is filled by a function and cannot be given".formatted(column.name()));
      }
      if (field.get().autoId()
          && !keepsKeys
          && !Boolean.parseBoolean(
              fields.entry().properties().getOrDefault("allow_insert_auto_id", "false"))) {
        throw wrong(
            "the keys of \"%s\" are made by the engine; leave column \"%s\" out"
                .formatted(fields.entry().name(), column.name()));
      }
    }
  }

  private static Column madeKeys(Field field, int rows, HybridClock clock) {
    long first = clock.take(Math.max(1, rows));
    var keys = new long[rows];
    Arrays.setAll(keys, row -> first + row);
    return field.type() == DataType.INT64
        ? new LongColumn(field.name(), keys)
        : new TextColumn(
            field.name(), Arrays.stream(keys).mapToObj(Long::toString).toArray(String[]::new));
  }

  private static Column defaults(Field field, int rows) {
    if (field.defaultValue().isEmpty() && !field.nullable()) {
      throw wrong(
          "there is no column for field \"%s\", which is not nullable and has no default"
              .formatted(field.name()));
    }
    var builder = new ColumnBuilder(field);
    for (int row = 0; row < rows; row++) {
      builder.appendNull();
    }
    return builder.build();
  }

  private static Column filled(Field field, Column column) {
    var builder = new ColumnBuilder(field);
    for (int row = 0; row < column.size(); row++) {
      try {
        builder.append(column.value(row));
      } catch (IllegalArgumentException e) {
        throw new EngineException(
            ErrorCode.INVALID_ARGUMENT, "row %d: %s".formatted(row, e.getMessage()), e);
      }
    }
    return builder.build();
  }

  private static Column emptyMeta(int rows) {
    var values = new String[rows];
    Arrays.fill(values, "{}");
    return new TextColumn(Field.DYNAMIC, DataType.JSON, values, Validity.all(rows));
  }

  private static Column checkedMeta(Column column) {
    if (!(column instanceof TextColumn texts) || column.type() != DataType.JSON) {
      throw wrong("column \"%s\" is %s; it has to be JSON".formatted(Field.DYNAMIC, column.type()));
    }
    var values = new String[texts.size()];
    for (int row = 0; row < values.length; row++) {
      var text = texts.isNull(row) || texts.get(row).isBlank() ? "{}" : texts.get(row);
      checkJson(CollectionFields.META, row, text, true);
      values[row] = text;
    }
    return new TextColumn(Field.DYNAMIC, DataType.JSON, values, Validity.all(values.length));
  }

  private static void checkRange(Field field, IntColumn ints) {
    int least = Integer.MIN_VALUE;
    int most = Integer.MAX_VALUE;
    if (field.type() == DataType.INT8) {
      least = Byte.MIN_VALUE;
      most = Byte.MAX_VALUE;
    } else if (field.type() == DataType.INT16) {
      least = Short.MIN_VALUE;
      most = Short.MAX_VALUE;
    }
    for (int row = 0; row < ints.size(); row++) {
      if (ints.get(row) < least || ints.get(row) > most) {
        throw wrong(
            "row %d of field \"%s\" is %d, which is not in [%d, %d]"
                .formatted(row, field.name(), ints.get(row), least, most));
      }
    }
  }

  private static void checkTexts(Field field, TextColumn texts) {
    for (int row = 0; row < texts.size(); row++) {
      if (texts.isNull(row)) {
        continue;
      }
      var text = texts.get(row);
      if (field.type() == DataType.JSON) {
        checkJson(field, row, text, false);
      } else {
        checkLength(field, row, text);
      }
    }
  }

  private static void checkLength(Field field, int row, String text) {
    // A char is at most three bytes of UTF-8, so most texts need no encoding to be judged.
    int most = field.type() == DataType.VARCHAR ? field.maxLength() : Field.MAX_LENGTH;
    if (field.type() == DataType.ARRAY) {
      most = field.maxLength();
    }
    if (field.primaryKey()) {
      most = Math.min(most, Keys.MAX_BYTES);
    }
    if (text.length() > most / 3) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > most) {
        throw wrong(
            "row %d of field \"%s\" has %d bytes; at most %d are allowed"
                .formatted(row, field.name(), bytes, most));
      }
    }
  }

  private static void checkJson(Field field, int row, String text, boolean object) {
    if (text.length() > MAX_JSON_BYTES / 3
        && text.getBytes(StandardCharsets.UTF_8).length > MAX_JSON_BYTES) {
      throw wrong(
          "row %d of field \"%s\" has more than %d bytes of JSON"
              .formatted(row, field.name(), MAX_JSON_BYTES));
    }
    try (var parser = JSON.createParser(text)) {
      var first = parser.nextToken();
      if (first == null || object && first != JsonToken.START_OBJECT) {
        throw wrong(
            "row %d of field \"%s\" is no JSON object: %s"
                .formatted(row, field.name(), shown(text)));
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw wrong(
            "row %d of field \"%s\" has text behind its JSON: %s"
                .formatted(row, field.name(), shown(text)));
      }
    } catch (IOException e) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "row %d of field \"%s\" is no JSON: %s".formatted(row, field.name(), shown(text)),
          e);
    }
  }

  private void checkArrays(Field field, ArrayColumn arrays) {
    if (arrays.elementType() != field.elementType().orElseThrow()) {
      throw wrong(
          "column \"%s\" holds arrays of %s; the field is %s"
              .formatted(field.name(), arrays.elementType(), field.typeName()));
    }
    for (int row = 0; row < arrays.size(); row++) {
      if (arrays.isNull(row)) {
        continue;
      }
      var elements = arrays.get(row);
      if (elements.size() > field.maxCapacity()) {
        throw wrong(
            "row %d of field \"%s\" has %d elements; at most %d are allowed"
                .formatted(row, field.name(), elements.size(), field.maxCapacity()));
      }
      switch (elements) {
        case TextColumn texts -> {
          for (int i = 0; i < texts.size(); i++) {
            checkLength(field, row, texts.get(i));
          }
        }
        case FloatColumn floats -> {
          for (int i = 0; i < floats.size(); i++) {
            requireFinite(field, row, floats.get(i));
          }
        }
        case DoubleColumn doubles -> {
          for (int i = 0; i < doubles.size(); i++) {
            requireFinite(field, row, doubles.get(i));
          }
        }
        case BoolColumn _,
            IntColumn _,
            LongColumn _,
            ArrayColumn _,
            FloatVectorColumn _,
            ByteVectorColumn _,
            SparseVectorColumn _ -> {}
      }
    }
  }

  /// A vector without a direction cannot be compared by COSINE, and Lucene takes none.
  private void requireLength(Field field, int row, float[] vector) {
    if (fields.metric(field) != Metric.COSINE) {
      return;
    }
    for (float component : vector) {
      if (component != 0) {
        return;
      }
    }
    throw wrong(
        "the vector in row %d of field \"%s\" is all zeros, which COSINE cannot compare; leave the row out or index the field by L2 or IP first"
            .formatted(row, field.name()));
  }

  private void checkFloats(Field field, FloatVectorColumn vectors) {
    if (vectors.dimension() != field.dimension()) {
      throw wrong(
          "vectors of column \"%s\" have %d dimensions; the field stores %d"
              .formatted(field.name(), vectors.dimension(), field.dimension()));
    }
    for (int row = 0; row < vectors.size(); row++) {
      if (!vectors.isNull(row)) {
        requireLength(field, row, vectors.row(row));
      }
    }
    var all = vectors.buffer();
    for (int i = 0; i < all.limit(); i++) {
      if (!Float.isFinite(all.get(i))) {
        throw wrong(
            "component %d of the vector in row %d of field \"%s\" is %s; it has to be finite"
                .formatted(
                    i % vectors.dimension(), i / vectors.dimension(), field.name(), all.get(i)));
      }
    }
  }

  private void checkBytes(Field field, ByteVectorColumn vectors) {
    if (vectors.dimension() != field.dimension()) {
      throw wrong(
          "vectors of column \"%s\" have %d dimensions; the field stores %d"
              .formatted(field.name(), vectors.dimension(), field.dimension()));
    }
    if (field.type() == DataType.FLOAT16_VECTOR || field.type() == DataType.BFLOAT16_VECTOR) {
      for (int row = 0; row < vectors.size(); row++) {
        var floats = HalfFloats.toFloats(field.type(), vectors.row(row));
        for (float component : floats) {
          requireFinite(field, row, component);
        }
        if (!vectors.isNull(row)) {
          requireLength(field, row, floats);
        }
      }
    }
  }

  private static void requireFinite(Field field, int row, double value) {
    if (!Double.isFinite(value)) {
      throw wrong(
          "row %d of field \"%s\" holds %s; it has to be finite"
              .formatted(row, field.name(), value));
    }
  }

  private static int firstNull(Column column) {
    var nulls = new BitSet();
    for (int row = 0; row < column.size(); row++) {
      nulls.set(row, column.isNull(row));
    }
    return nulls.nextSetBit(0);
  }

  private static String shown(String text) {
    return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
  }

  private static EngineException wrong(String message) {
    return new EngineException(ErrorCode.INVALID_ARGUMENT, message);
  }

  /// Which of `count` buckets a partition key falls into.
  static int bucket(Column keys, int row, int count) {
    List<Object> key = List.of(Keys.get(keys, row));
    return Math.floorMod(spread(key.getFirst().hashCode()), count);
  }

  private static int spread(int hash) {
    int mixed = (hash ^ hash >>> 16) * 0x85EB_CA6B;
    mixed = (mixed ^ mixed >>> 13) * 0xC2B2_AE35;
    return mixed ^ mixed >>> 16;
  }
}
