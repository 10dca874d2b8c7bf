package dev.aerie.local;

import dev.aerie.engine.ArrayColumn;
import dev.aerie.engine.BoolColumn;
import dev.aerie.engine.ByteVectorColumn;
import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.DoubleColumn;
import dev.aerie.engine.Field;
import dev.aerie.engine.FloatColumn;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.IntColumn;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.SparseVectorColumn;
import dev.aerie.engine.TextColumn;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.BytesRef;

/// A row as it is stored: for each scalar with a value `number vint, value`, the number as in
/// [CollectionFields#number], the value by the field's type. Vectors are not in it.
///
/// BOOL one byte; whole numbers zigzag; FLOAT and DOUBLE four and eight bytes; text `length vint,
/// UTF-8`; ARRAY `elements vint` and its elements. A number the schema no longer has would have no
/// length, so fields are never taken away.
final class RowFormat {
  private final CollectionFields fields;

  /// By the name of a scalar.
  private final Map<String, Integer> numbers = new HashMap<>();

  RowFormat(CollectionFields fields) {
    this.fields = fields;
    numbers.put(Field.DYNAMIC, 0);
    for (var field : fields.all()) {
      if (!field.type().isVector()) {
        numbers.put(field.name(), fields.number(field));
      }
    }
  }

  byte[] write(ColumnBatch rows, int row) {
    var sink = new ByteSink(256);
    for (var column : rows.columns()) {
      var number = numbers.get(column.name());
      if (number != null && !column.isNull(row)) {
        sink.putVInt(number);
        write(column, row, sink);
      }
    }
    return sink.toArray();
  }

  /// The values by field name, as [Column#value] has them.
  Map<String, Object> read(BytesRef bytes) {
    var source = new ByteSource(ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length));
    Map<String, Object> values = new HashMap<>();
    while (source.hasRemaining()) {
      int number = source.getVInt();
      var field =
          fields
              .numbered(number)
              .orElseThrow(
                  () -> new IllegalStateException("a stored row has a value of field " + number));
      values.put(field.name(), read(field, source));
    }
    return values;
  }

  private static void write(Column column, int row, ByteSink sink) {
    switch (column) {
      case BoolColumn bools -> sink.put((byte) (bools.get(row) ? 1 : 0));
      case IntColumn ints -> sink.putZLong(ints.get(row));
      case LongColumn longs -> sink.putZLong(longs.get(row));
      case FloatColumn floats -> sink.putFloat(floats.get(row));
      case DoubleColumn doubles -> sink.putDouble(doubles.get(row));
      case TextColumn texts -> sink.putText(texts.get(row));
      case ArrayColumn arrays -> {
        var elements = arrays.get(row);
        sink.putVInt(elements.size());
        for (int i = 0; i < elements.size(); i++) {
          write(elements, i, sink);
        }
      }
      case FloatVectorColumn _, ByteVectorColumn _, SparseVectorColumn _ ->
          throw new IllegalStateException("vectors are not part of a stored row");
    }
  }

  private static Object read(Field field, ByteSource source) {
    if (field.type() != DataType.ARRAY) {
      return read(field.type(), source);
    }
    int size = source.getVInt();
    List<Object> elements = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(read(field.elementType().orElseThrow(), source));
    }
    return elements;
  }

  private static Object read(DataType type, ByteSource source) {
    return switch (type) {
      case BOOL -> source.get() != 0;
      case INT8, INT16, INT32 -> (Object) (int) source.getZLong();
      case INT64, TIMESTAMPTZ -> source.getZLong();
      case FLOAT -> source.getFloat();
      case DOUBLE -> source.getDouble();
      case VARCHAR, JSON, TEXT, GEOMETRY -> source.getText();
      case ARRAY,
          BINARY_VECTOR,
          FLOAT_VECTOR,
          FLOAT16_VECTOR,
          BFLOAT16_VECTOR,
          SPARSE_FLOAT_VECTOR,
          INT8_VECTOR,
          UNKNOWN ->
          throw new IllegalStateException(type + " is not part of a stored row");
    };
  }
}
