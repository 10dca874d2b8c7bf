package dev.aerie.local;

import dev.aerie.engine.ArrayColumn;
import dev.aerie.engine.BoolColumn;
import dev.aerie.engine.ByteVectorColumn;
import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.DoubleColumn;
import dev.aerie.engine.FloatColumn;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.IntColumn;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.SparseVector;
import dev.aerie.engine.SparseVectorColumn;
import dev.aerie.engine.TextColumn;
import dev.aerie.engine.Validity;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Columns in the log: `name text, type text, rows vint, null bytes vint, null bits, values`, the
/// values by type and one after the other. A batch is `columns vint, rows vint` and its columns.
final class ColumnCodec {
  private ColumnCodec() {}

  static void write(ColumnBatch batch, ByteSink sink) {
    sink.putVInt(batch.columns().size()).putVInt(batch.size());
    for (var column : batch.columns()) {
      write(column, sink);
    }
  }

  static ColumnBatch readBatch(ByteSource source) {
    int count = source.getVInt();
    int rows = source.getVInt();
    var columns = new ArrayList<Column>(count);
    for (int i = 0; i < count; i++) {
      columns.add(read(source));
    }
    return new ColumnBatch(columns, rows);
  }

  static void write(Column column, ByteSink sink) {
    sink.putText(column.name()).putText(column.type().name()).putVInt(column.size());
    writeNulls(column.validity(), sink);
    int size = column.size();
    switch (column) {
      case BoolColumn bools -> {
        for (int row = 0; row < size; row++) {
          sink.put((byte) (bools.get(row) ? 1 : 0));
        }
      }
      case IntColumn ints -> {
        for (int row = 0; row < size; row++) {
          sink.putZLong(ints.get(row));
        }
      }
      case LongColumn longs -> {
        for (int row = 0; row < size; row++) {
          sink.putLong(longs.get(row));
        }
      }
      case FloatColumn floats -> {
        for (int row = 0; row < size; row++) {
          sink.putFloat(floats.get(row));
        }
      }
      case DoubleColumn doubles -> {
        for (int row = 0; row < size; row++) {
          sink.putDouble(doubles.get(row));
        }
      }
      case TextColumn texts -> {
        for (int row = 0; row < size; row++) {
          sink.putText(texts.get(row));
        }
      }
      case ArrayColumn arrays -> {
        sink.putText(arrays.elementType().name());
        for (int row = 0; row < size; row++) {
          write(arrays.get(row).renamed(""), sink);
        }
      }
      case FloatVectorColumn vectors ->
          sink.putVInt(vectors.dimension()).putFloats(vectors.buffer());
      case ByteVectorColumn vectors -> sink.putVInt(vectors.dimension()).putBytes(vectors.buffer());
      case SparseVectorColumn vectors -> {
        for (int row = 0; row < size; row++) {
          write(vectors.get(row), sink);
        }
      }
    }
  }

  static Column read(ByteSource source) {
    var name = source.getText();
    var type = DataType.valueOf(source.getText());
    int size = source.getVInt();
    var validity = readNulls(source, size);
    return switch (type) {
      case BOOL -> {
        var values = new boolean[size];
        for (int row = 0; row < size; row++) {
          values[row] = source.get() != 0;
        }
        yield new BoolColumn(name, values, validity);
      }
      case INT8, INT16, INT32 -> {
        var values = new int[size];
        for (int row = 0; row < size; row++) {
          values[row] = (int) source.getZLong();
        }
        yield new IntColumn(name, type, values, validity);
      }
      case INT64, TIMESTAMPTZ -> {
        var values = new long[size];
        for (int row = 0; row < size; row++) {
          values[row] = source.getLong();
        }
        yield new LongColumn(name, type, values, validity);
      }
      case FLOAT -> {
        var values = new float[size];
        for (int row = 0; row < size; row++) {
          values[row] = source.getFloat();
        }
        yield new FloatColumn(name, values, validity);
      }
      case DOUBLE -> {
        var values = new double[size];
        for (int row = 0; row < size; row++) {
          values[row] = source.getDouble();
        }
        yield new DoubleColumn(name, values, validity);
      }
      case VARCHAR, JSON, TEXT, GEOMETRY -> {
        var values = new String[size];
        for (int row = 0; row < size; row++) {
          values[row] = source.getText();
        }
        yield new TextColumn(name, type, values, validity);
      }
      case ARRAY -> {
        var elementType = DataType.valueOf(source.getText());
        var values = new ArrayList<Column>(size);
        for (int row = 0; row < size; row++) {
          values.add(read(source));
        }
        yield new ArrayColumn(name, elementType, values, validity);
      }
      case FLOAT_VECTOR -> {
        int dimension = source.getVInt();
        var values = new float[Math.multiplyExact(size, dimension)];
        source.getFloats(values);
        yield new FloatVectorColumn(name, dimension, values, validity);
      }
      case BINARY_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR -> {
        int dimension = source.getVInt();
        var values = source.getBytes(Math.multiplyExact(size, type.rowBytes(dimension)));
        yield new ByteVectorColumn(name, type, dimension, values, validity);
      }
      case SPARSE_FLOAT_VECTOR -> {
        List<SparseVector> values = new ArrayList<>(size);
        for (int row = 0; row < size; row++) {
          values.add(readSparse(source));
        }
        yield new SparseVectorColumn(name, values, validity);
      }
      case UNKNOWN -> throw new IllegalStateException("column \"%s\" has no type".formatted(name));
    };
  }

  /// A sparse vector: `entries vint`, then for each `index int, value float`.
  static void write(SparseVector vector, ByteSink sink) {
    sink.putVInt(vector.size());
    for (int i = 0; i < vector.size(); i++) {
      sink.putInt(vector.index(i)).putFloat(vector.value(i));
    }
  }

  static SparseVector readSparse(ByteSource source) {
    int size = source.getVInt();
    var indices = new int[size];
    var values = new float[size];
    for (int i = 0; i < size; i++) {
      indices[i] = source.getInt();
      values[i] = source.getFloat();
    }
    return new SparseVector(indices, values);
  }

  private static void writeNulls(Validity validity, ByteSink sink) {
    if (validity.isAll()) {
      sink.putVInt(0);
      return;
    }
    var nulls = new BitSet();
    for (int row = 0; row < validity.size(); row++) {
      nulls.set(row, !validity.isValid(row));
    }
    var bits = nulls.toByteArray();
    sink.putVInt(bits.length).putBytes(bits);
  }

  private static Validity readNulls(ByteSource source, int size) {
    int length = source.getVInt();
    return length == 0
        ? Validity.all(size)
        : Validity.without(BitSet.valueOf(source.getBytes(length)), size);
  }
}
