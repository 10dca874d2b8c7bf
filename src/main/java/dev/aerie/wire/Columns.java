package dev.aerie.wire;

import com.google.protobuf.ByteString;
import dev.aerie.engine.ArrayColumn;
import dev.aerie.engine.BoolColumn;
import dev.aerie.engine.ByteVectorColumn;
import dev.aerie.engine.Column;
import dev.aerie.engine.DataType;
import dev.aerie.engine.DoubleColumn;
import dev.aerie.engine.Field;
import dev.aerie.engine.FloatColumn;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.IntColumn;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.SparseVectorColumn;
import dev.aerie.engine.TextColumn;
import dev.aerie.engine.Validity;
import dev.aerie.wire.proto.ArrayArray;
import dev.aerie.wire.proto.BoolArray;
import dev.aerie.wire.proto.DoubleArray;
import dev.aerie.wire.proto.FieldData;
import dev.aerie.wire.proto.FloatArray;
import dev.aerie.wire.proto.GeometryWktArray;
import dev.aerie.wire.proto.IDs;
import dev.aerie.wire.proto.IntArray;
import dev.aerie.wire.proto.JSONArray;
import dev.aerie.wire.proto.LongArray;
import dev.aerie.wire.proto.ScalarField;
import dev.aerie.wire.proto.SparseFloatArray;
import dev.aerie.wire.proto.StringArray;
import dev.aerie.wire.proto.VectorField;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;

/// Columns of rows. Nulls travel in two forms: compact, with only the values that are there, as
/// writes have it and vectors always, and full, with a placeholder for each null, as scalars of
/// answers have it. Reading tells them apart by their length.
public final class Columns {
  private Columns() {}

  /// How the nulls of scalars are written.
  public enum Form {
    COMPACT,
    FULL
  }

  /// A column as a message. A column named `$meta` is marked as the dynamic field.
  public static FieldData toProto(Column column, Form form) {
    var proto =
        FieldData.newBuilder()
            .setFieldName(column.name())
            .setType(Schemas.toProto(column.type()))
            .setIsDynamic(column.name().equals(Field.DYNAMIC));
    var validity = column.validity();
    if (!validity.isAll()) {
      for (int row = 0; row < column.size(); row++) {
        proto.addValidData(validity.isValid(row));
      }
    }
    if (column.type().isVector()) {
      return proto.setVectors(vectors(column)).build();
    }
    return proto.setScalars(scalars(column, form)).build();
  }

  private static void each(Column column, Form form, IntConsumer row) {
    boolean all = form == Form.FULL || column.validity().isAll();
    for (int i = 0; i < column.size(); i++) {
      if (all || !column.isNull(i)) {
        row.accept(i);
      }
    }
  }

  private static ScalarField scalars(Column column, Form form) {
    var proto = ScalarField.newBuilder();
    return switch (column) {
      case BoolColumn values -> {
        var data = BoolArray.newBuilder();
        each(column, form, row -> data.addData(values.get(row)));
        yield proto.setBoolData(data).build();
      }
      case IntColumn values -> {
        var data = IntArray.newBuilder();
        each(column, form, row -> data.addData(values.get(row)));
        yield proto.setIntData(data).build();
      }
      case LongColumn values -> {
        if (values.type() == DataType.TIMESTAMPTZ) {
          var data = StringArray.newBuilder();
          each(
              column,
              form,
              row ->
                  data.addData(Instant.EPOCH.plus(values.get(row), ChronoUnit.MICROS).toString()));
          yield proto.setStringData(data).build();
        }
        var data = LongArray.newBuilder();
        each(column, form, row -> data.addData(values.get(row)));
        yield proto.setLongData(data).build();
      }
      case FloatColumn values -> {
        var data = FloatArray.newBuilder();
        each(column, form, row -> data.addData(values.get(row)));
        yield proto.setFloatData(data).build();
      }
      case DoubleColumn values -> {
        var data = DoubleArray.newBuilder();
        each(column, form, row -> data.addData(values.get(row)));
        yield proto.setDoubleData(data).build();
      }
      case TextColumn values -> {
        if (values.type() == DataType.JSON) {
          var data = JSONArray.newBuilder();
          each(column, form, row -> data.addData(ByteString.copyFromUtf8(values.get(row))));
          yield proto.setJsonData(data).build();
        }
        if (values.type() == DataType.GEOMETRY) {
          var data = GeometryWktArray.newBuilder();
          each(column, form, row -> data.addData(values.get(row)));
          yield proto.setGeometryWktData(data).build();
        }
        var data = StringArray.newBuilder();
        each(column, form, row -> data.addData(values.get(row)));
        yield proto.setStringData(data).build();
      }
      case ArrayColumn values -> {
        var data = ArrayArray.newBuilder().setElementType(Schemas.toProto(values.elementType()));
        each(column, form, row -> data.addData(scalars(values.get(row), Form.FULL)));
        yield proto.setArrayData(data).build();
      }
      case FloatVectorColumn _, ByteVectorColumn _, SparseVectorColumn _ ->
          throw new IllegalArgumentException(column.name() + " is no column of scalars");
    };
  }

  private static VectorField vectors(Column column) {
    var proto = VectorField.newBuilder();
    return switch (column) {
      case FloatVectorColumn values -> {
        var data = FloatArray.newBuilder();
        each(
            column,
            Form.COMPACT,
            row -> {
              for (int i = 0; i < values.dimension(); i++) {
                data.addData(values.get(row, i));
              }
            });
        yield proto.setDim(values.dimension()).setFloatVector(data).build();
      }
      case ByteVectorColumn values -> {
        var bytes = ByteString.newOutput(values.size() * values.rowBytes());
        each(column, Form.COMPACT, row -> bytes.write(values.row(row), 0, values.rowBytes()));
        proto.setDim(values.dimension());
        var data = bytes.toByteString();
        yield switch (values.type()) {
          case BINARY_VECTOR -> proto.setBinaryVector(data).build();
          case FLOAT16_VECTOR -> proto.setFloat16Vector(data).build();
          case BFLOAT16_VECTOR -> proto.setBfloat16Vector(data).build();
          default -> proto.setInt8Vector(data).build();
        };
      }
      case SparseVectorColumn values -> {
        var data = SparseFloatArray.newBuilder();
        long[] dim = {0};
        each(
            column,
            Form.COMPACT,
            row -> {
              var vector = values.get(row);
              data.addContents(Queries.sparse(vector));
              if (vector.size() > 0) {
                long last = Integer.toUnsignedLong(vector.index(vector.size() - 1));
                dim[0] = Math.max(dim[0], last + 1);
              }
            });
        data.setDim(dim[0]);
        yield proto.setDim(dim[0]).setSparseFloatVector(data).build();
      }
      case BoolColumn _,
          IntColumn _,
          LongColumn _,
          FloatColumn _,
          DoubleColumn _,
          TextColumn _,
          ArrayColumn _ ->
          throw new IllegalArgumentException(column.name() + " is no column of vectors");
    };
  }

  /// A message as a column; one marked as the dynamic field is named `$meta`, whatever it says.
  ///
  /// @throws IllegalArgumentException if its parts contradict each other
  public static Column fromProto(FieldData proto) {
    var name = proto.getIsDynamic() ? Field.DYNAMIC : proto.getFieldName();
    return switch (proto.getFieldCase()) {
      case SCALARS -> {
        var type = Schemas.fromProto(proto.getType());
        yield fromScalars(name, type, proto.getScalars(), proto.getValidDataList());
      }
      case VECTORS ->
          fromVectors(
              name,
              Schemas.fromProto(proto.getType()),
              proto.getVectors(),
              proto.getValidDataList());
      case STRUCT_ARRAYS ->
          throw new IllegalArgumentException(
              "field \"%s\" holds structs, which are not known here".formatted(name));
      case FIELD_NOT_SET ->
          throw new IllegalArgumentException("field \"%s\" has no data".formatted(name));
    };
  }

  /// Where the value of each row stands, and which rows have none.
  private static final class Places {
    final Validity validity;
    final int[] places;

    /// @param values how many there are
    /// @param valid a flag for each row, or nothing where all rows have a value
    Places(String name, int values, List<Boolean> valid) {
      int rows = valid.isEmpty() ? values : valid.size();
      var nulls = new BitSet();
      places = new int[rows];
      for (int row = 0; row < rows; row++) {
        if (!valid.isEmpty() && !valid.get(row)) {
          nulls.set(row);
        }
      }
      int there = rows - nulls.cardinality();
      if (values != rows && values != there) {
        throw new IllegalArgumentException(
            "field \"%s\" has %d values for %d rows, %d of them with a value"
                .formatted(name, values, rows, there));
      }
      int next = 0;
      for (int row = 0; row < rows; row++) {
        places[row] = values == rows ? row : next;
        if (nulls.get(row)) {
          places[row] = -1;
        } else {
          next++;
        }
      }
      validity = Validity.without(nulls, rows);
    }

    int rows() {
      return places.length;
    }
  }

  private static Column fromScalars(
      String name, DataType type, ScalarField proto, List<Boolean> valid) {
    return switch (proto.getDataCase()) {
      case BOOL_DATA -> {
        var data = proto.getBoolData();
        var places = new Places(name, data.getDataCount(), valid);
        var values = new boolean[places.rows()];
        for (int row = 0; row < values.length; row++) {
          values[row] = places.places[row] >= 0 && data.getData(places.places[row]);
        }
        yield new BoolColumn(name, values, places.validity);
      }
      case INT_DATA -> {
        var data = proto.getIntData();
        var places = new Places(name, data.getDataCount(), valid);
        var values = new int[places.rows()];
        for (int row = 0; row < values.length; row++) {
          values[row] = places.places[row] < 0 ? 0 : data.getData(places.places[row]);
        }
        var narrow = type.isInteger() && type != DataType.INT64 ? type : DataType.INT32;
        yield new IntColumn(name, narrow, values, places.validity);
      }
      case LONG_DATA ->
          longs(
              name,
              type == DataType.TIMESTAMPTZ ? type : DataType.INT64,
              proto.getLongData().getDataList(),
              valid);
      case TIMESTAMPTZ_DATA ->
          longs(name, DataType.TIMESTAMPTZ, proto.getTimestamptzData().getDataList(), valid);
      case FLOAT_DATA -> {
        var data = proto.getFloatData();
        var places = new Places(name, data.getDataCount(), valid);
        var values = new float[places.rows()];
        for (int row = 0; row < values.length; row++) {
          values[row] = places.places[row] < 0 ? 0 : data.getData(places.places[row]);
        }
        yield new FloatColumn(name, values, places.validity);
      }
      case DOUBLE_DATA -> {
        var data = proto.getDoubleData();
        var places = new Places(name, data.getDataCount(), valid);
        var values = new double[places.rows()];
        for (int row = 0; row < values.length; row++) {
          values[row] = places.places[row] < 0 ? 0 : data.getData(places.places[row]);
        }
        yield new DoubleColumn(name, values, places.validity);
      }
      case STRING_DATA -> {
        var data = proto.getStringData().getDataList();
        if (type == DataType.TIMESTAMPTZ) {
          var places = new Places(name, data.size(), valid);
          var micros = new long[places.rows()];
          for (int row = 0; row < micros.length; row++) {
            micros[row] = places.places[row] < 0 ? 0 : micros(name, data.get(places.places[row]));
          }
          yield new LongColumn(name, type, micros, places.validity);
        }
        yield texts(name, type == DataType.TEXT ? type : DataType.VARCHAR, data, valid);
      }
      case GEOMETRY_WKT_DATA ->
          texts(name, DataType.GEOMETRY, proto.getGeometryWktData().getDataList(), valid);
      case JSON_DATA ->
          texts(
              name,
              DataType.JSON,
              proto.getJsonData().getDataList().stream().map(ByteString::toStringUtf8).toList(),
              valid);
      case ARRAY_DATA -> arrays(name, proto.getArrayData(), valid);
      case BYTES_DATA, GEOMETRY_DATA ->
          throw new IllegalArgumentException(
              "field \"%s\" comes as bytes that are not known here".formatted(name));
      case DATA_NOT_SET -> empty(name, type, valid);
    };
  }

  /// A column that says nothing, which is how zero rows, or rows that are all null, may travel.
  private static Column empty(String name, DataType type, List<Boolean> valid) {
    var scalars = ScalarField.newBuilder();
    switch (type) {
      case BOOL -> scalars.setBoolData(BoolArray.getDefaultInstance());
      case INT8, INT16, INT32 -> scalars.setIntData(IntArray.getDefaultInstance());
      case INT64, TIMESTAMPTZ -> scalars.setLongData(LongArray.getDefaultInstance());
      case FLOAT -> scalars.setFloatData(FloatArray.getDefaultInstance());
      case DOUBLE -> scalars.setDoubleData(DoubleArray.getDefaultInstance());
      case VARCHAR, TEXT -> scalars.setStringData(StringArray.getDefaultInstance());
      case JSON -> scalars.setJsonData(JSONArray.getDefaultInstance());
      case GEOMETRY -> scalars.setGeometryWktData(GeometryWktArray.getDefaultInstance());
      case ARRAY -> scalars.setArrayData(ArrayArray.getDefaultInstance());
      case BINARY_VECTOR,
          FLOAT_VECTOR,
          FLOAT16_VECTOR,
          BFLOAT16_VECTOR,
          SPARSE_FLOAT_VECTOR,
          INT8_VECTOR,
          UNKNOWN ->
          throw new IllegalArgumentException("field \"%s\" has no data".formatted(name));
    }
    return fromScalars(name, type, scalars.build(), valid);
  }

  private static LongColumn longs(
      String name, DataType type, List<Long> data, List<Boolean> valid) {
    var places = new Places(name, data.size(), valid);
    var values = new long[places.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = places.places[row] < 0 ? 0 : data.get(places.places[row]);
    }
    return new LongColumn(name, type, values, places.validity);
  }

  private static TextColumn texts(
      String name, DataType type, List<String> data, List<Boolean> valid) {
    var places = new Places(name, data.size(), valid);
    var values = new String[places.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = places.places[row] < 0 ? "" : data.get(places.places[row]);
    }
    return new TextColumn(name, type, values, places.validity);
  }

  private static ArrayColumn arrays(String name, ArrayArray proto, List<Boolean> valid) {
    var places = new Places(name, proto.getDataCount(), valid);
    var told = Schemas.fromProto(proto.getElementType());
    var elements = told == DataType.UNKNOWN ? elementType(proto) : told;
    var rows = new ArrayList<Column>(places.rows());
    for (int place : places.places) {
      rows.add(
          place < 0
              ? empty(name, elements, List.of())
              : fromScalars(name, elements, proto.getData(place), List.of()));
    }
    return new ArrayColumn(name, elements, rows, places.validity);
  }

  private static DataType elementType(ArrayArray proto) {
    for (var row : proto.getDataList()) {
      switch (row.getDataCase()) {
        case BOOL_DATA -> {
          return DataType.BOOL;
        }
        case INT_DATA -> {
          return DataType.INT32;
        }
        case FLOAT_DATA -> {
          return DataType.FLOAT;
        }
        case DOUBLE_DATA -> {
          return DataType.DOUBLE;
        }
        case STRING_DATA -> {
          return DataType.VARCHAR;
        }
        default -> {
          // The next row may say more.
        }
      }
    }
    return DataType.INT64;
  }

  private static long micros(String name, String text) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      try {
        return ChronoUnit.MICROS.between(
            Instant.EPOCH, LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
      } catch (DateTimeException naive) {
        throw new IllegalArgumentException(
            "\"%s\" of field \"%s\" is no time, such as 2025-01-31T08:30:00Z".formatted(text, name),
            naive);
      }
    }
  }

  private static Column fromVectors(
      String name, DataType type, VectorField proto, List<Boolean> valid) {
    int dimension = (int) proto.getDim();
    return switch (proto.getDataCase()) {
      case FLOAT_VECTOR -> {
        var data = proto.getFloatVector();
        int count = count(name, data.getDataCount(), dimension);
        var places = new Places(name, count, valid);
        var values = new float[Math.multiplyExact(places.rows(), dimension)];
        for (int row = 0; row < places.rows(); row++) {
          int from = places.places[row] * dimension;
          for (int i = 0; from >= 0 && i < dimension; i++) {
            values[row * dimension + i] = data.getData(from + i);
          }
        }
        yield new FloatVectorColumn(name, dimension, values, places.validity);
      }
      case BINARY_VECTOR ->
          bytes(name, DataType.BINARY_VECTOR, dimension, proto.getBinaryVector(), valid);
      case FLOAT16_VECTOR ->
          bytes(name, DataType.FLOAT16_VECTOR, dimension, proto.getFloat16Vector(), valid);
      case BFLOAT16_VECTOR ->
          bytes(name, DataType.BFLOAT16_VECTOR, dimension, proto.getBfloat16Vector(), valid);
      case INT8_VECTOR ->
          bytes(name, DataType.INT8_VECTOR, dimension, proto.getInt8Vector(), valid);
      case SPARSE_FLOAT_VECTOR -> {
        var data = proto.getSparseFloatVector();
        var places = new Places(name, data.getContentsCount(), valid);
        var rows = new ArrayList<dev.aerie.engine.SparseVector>(places.rows());
        for (int place : places.places) {
          rows.add(Queries.sparse(place < 0 ? ByteString.EMPTY : data.getContents(place)));
        }
        yield new SparseVectorColumn(name, rows, places.validity);
      }
      case VECTOR_ARRAY, DATA_NOT_SET ->
          throw new IllegalArgumentException(
              "vector field \"%s\" of type %s has no data".formatted(name, type));
    };
  }

  private static Column bytes(
      String name, DataType type, int dimension, ByteString data, List<Boolean> valid) {
    int rowBytes = type.rowBytes(dimension);
    var places = new Places(name, count(name, data.size(), rowBytes), valid);
    var values = new byte[Math.multiplyExact(places.rows(), rowBytes)];
    for (int row = 0; row < places.rows(); row++) {
      if (places.places[row] >= 0) {
        data.substring(places.places[row] * rowBytes, (places.places[row] + 1) * rowBytes)
            .copyTo(values, row * rowBytes);
      }
    }
    return new ByteVectorColumn(name, type, dimension, values, places.validity);
  }

  private static int count(String name, int length, int width) {
    if (width < 1 || length % width != 0) {
      throw new IllegalArgumentException(
          "vector field \"%s\" holds %d values, which is no multiple of its dimension's %d"
              .formatted(name, length, width));
    }
    return length / width;
  }

  /// Keys of an answer; an empty message is an empty column of INT64.
  public static Column ids(String name, IDs ids) {
    return switch (ids.getIdFieldCase()) {
      case INT_ID, IDFIELD_NOT_SET ->
          longs(name, DataType.INT64, ids.getIntId().getDataList(), List.of());
      case STR_ID -> texts(name, DataType.VARCHAR, ids.getStrId().getDataList(), List.of());
    };
  }

  /// @param ids a column of INT64 or VARCHAR
  public static IDs ids(Column ids) {
    if (ids instanceof LongColumn numbers) {
      var data = LongArray.newBuilder();
      for (int row = 0; row < numbers.size(); row++) {
        data.addData(numbers.get(row));
      }
      return IDs.newBuilder().setIntId(data).build();
    }
    var data = StringArray.newBuilder();
    for (int row = 0; row < ids.size(); row++) {
      data.addData(ids.value(row).orElseThrow().toString());
    }
    return IDs.newBuilder().setStrId(data).build();
  }
}
