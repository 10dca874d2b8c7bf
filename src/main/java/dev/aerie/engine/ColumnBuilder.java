package dev.aerie.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Collects the values of one field, one object a row, and checks each against the field: for
/// files,
/// forms and answers whose values come one by one. Not safe for use by several threads.
public final class ColumnBuilder {
  private final Field field;
  private final BitSet nulls = new BitSet();
  private final List<Object> values = new ArrayList<>();

  public ColumnBuilder(Field field) {
    this.field = field;
  }

  public int size() {
    return values.size();
  }

  /// Adds a row without a value: the field's default if it has one, else null.
  ///
  /// @throws IllegalArgumentException if the field has no default and is not nullable
  public ColumnBuilder appendNull() {
    if (field.defaultValue().isPresent()) {
      return append(field.defaultValue().get());
    }
    if (!field.nullable()) {
      throw new IllegalArgumentException(
          "field \"%s\" is empty; it is not nullable and has no default".formatted(field.name()));
    }
    nulls.set(values.size());
    values.add(placeholder());
    return this;
  }

  /// Adds a row.
  ///
  /// @param value Boolean, any Number, String, List (ARRAY, or the components of a vector),
  ///     `float[]`, `byte[]` or [SparseVector], as fits the field; text is not parsed
  /// @throws IllegalArgumentException if the value does not fit the field; nothing is added then
  public ColumnBuilder append(Object value) {
    values.add(checked(field, value));
    return this;
  }

  /// Adds a row that may lack a value.
  public ColumnBuilder append(Optional<Object> value) {
    return value.isPresent() ? append(value.get()) : appendNull();
  }

  /// All rows so far.
  public Column build() {
    return column(field.name(), field.type(), values, Validity.without(nulls, values.size()));
  }

  /// Takes back the last row, where a later field of the same row was refused.
  public void removeLast() {
    nulls.clear(values.size() - 1);
    values.removeLast();
  }

  private Column column(String name, DataType type, List<Object> rows, Validity validity) {
    int size = rows.size();
    return switch (type) {
      case BOOL -> {
        var array = new boolean[size];
        for (int i = 0; i < size; i++) {
          array[i] = (Boolean) rows.get(i);
        }
        yield new BoolColumn(name, array, validity);
      }
      case INT8, INT16, INT32 -> {
        var array = new int[size];
        Arrays.setAll(array, i -> ((Number) rows.get(i)).intValue());
        yield new IntColumn(name, type, array, validity);
      }
      case INT64, TIMESTAMPTZ -> {
        var array = new long[size];
        Arrays.setAll(array, i -> ((Number) rows.get(i)).longValue());
        yield new LongColumn(name, type, array, validity);
      }
      case FLOAT -> {
        var array = new float[size];
        for (int i = 0; i < size; i++) {
          array[i] = ((Number) rows.get(i)).floatValue();
        }
        yield new FloatColumn(name, array, validity);
      }
      case DOUBLE -> {
        var array = new double[size];
        Arrays.setAll(array, i -> ((Number) rows.get(i)).doubleValue());
        yield new DoubleColumn(name, array, validity);
      }
      case VARCHAR, JSON, TEXT, GEOMETRY ->
          new TextColumn(name, type, rows.toArray(String[]::new), validity);
      case ARRAY -> {
        var elementType = field.elementType().orElseThrow();
        var columns = new ArrayList<Column>(size);
        for (var row : rows) {
          @SuppressWarnings("unchecked")
          var elements = (List<Object>) row;
          columns.add(column(name, elementType, elements, Validity.all(elements.size())));
        }
        yield new ArrayColumn(name, elementType, columns, validity);
      }
      case FLOAT_VECTOR -> {
        int dimension = field.dimension();
        var array = new float[Math.multiplyExact(size, dimension)];
        for (int i = 0; i < size; i++) {
          System.arraycopy((float[]) rows.get(i), 0, array, i * dimension, dimension);
        }
        yield new FloatVectorColumn(name, dimension, array, validity);
      }
      case BINARY_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR -> {
        int rowBytes = type.rowBytes(field.dimension());
        var array = new byte[Math.multiplyExact(size, rowBytes)];
        for (int i = 0; i < size; i++) {
          System.arraycopy((byte[]) rows.get(i), 0, array, i * rowBytes, rowBytes);
        }
        yield new ByteVectorColumn(name, type, field.dimension(), array, validity);
      }
      case SPARSE_FLOAT_VECTOR ->
          new SparseVectorColumn(
              name, rows.stream().map(SparseVector.class::cast).toList(), validity);
      case UNKNOWN -> throw unfit(field, "values of type " + field.typeName() + " are not known");
    };
  }

  private Object placeholder() {
    return switch (field.type()) {
      case BOOL -> false;
      case INT8, INT16, INT32, INT64, TIMESTAMPTZ, FLOAT, DOUBLE -> 0L;
      case VARCHAR, JSON, TEXT, GEOMETRY, UNKNOWN -> "";
      case ARRAY -> List.of();
      case FLOAT_VECTOR -> new float[field.dimension()];
      case BINARY_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR ->
          new byte[field.type().rowBytes(field.dimension())];
      case SPARSE_FLOAT_VECTOR -> new SparseVector(new int[0], new float[0]);
    };
  }

  private static Object checked(Field field, Object value) {
    return switch (field.type()) {
      case ARRAY -> checkedArray(field, value);
      case FLOAT_VECTOR -> checkedFloats(field, value);
      case BINARY_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR ->
          checkedBytes(field, value);
      case SPARSE_FLOAT_VECTOR -> {
        if (value instanceof SparseVector sparse) {
          yield sparse;
        }
        throw unfit(field, "a " + value.getClass().getSimpleName() + " is no sparse vector");
      }
      case BOOL,
          INT8,
          INT16,
          INT32,
          INT64,
          FLOAT,
          DOUBLE,
          VARCHAR,
          JSON,
          GEOMETRY,
          TEXT,
          TIMESTAMPTZ,
          UNKNOWN ->
          checkedScalar(field, field.type(), value);
    };
  }

  private static Object checkedScalar(Field field, DataType type, Object value) {
    return switch (type) {
      case BOOL -> {
        if (value instanceof Boolean) {
          yield value;
        }
        throw unfit(field, "%s is neither true nor false".formatted(shown(value)));
      }
      case INT8 -> integer(field, value, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case INT16 -> integer(field, value, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT32 -> integer(field, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case INT64, TIMESTAMPTZ -> integer(field, value, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> {
        if (value instanceof Number number && Float.isFinite(number.floatValue())) {
          yield number;
        }
        throw unfit(field, "%s is not a finite number".formatted(shown(value)));
      }
      case DOUBLE -> {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
          yield number;
        }
        throw unfit(field, "%s is not a finite number".formatted(shown(value)));
      }
      case VARCHAR -> {
        if (!(value instanceof String text)) {
          throw unfit(field, "%s is not a text".formatted(shown(value)));
        }
        // A char is at most three bytes of UTF-8, so most texts need no encoding to be judged.
        int most = field.maxLength();
        if (text.length() > most / 3) {
          int bytes = text.getBytes(StandardCharsets.UTF_8).length;
          if (bytes > most) {
            throw unfit(field, "a text of %d bytes is longer than %d".formatted(bytes, most));
          }
        }
        yield text;
      }
      case JSON, TEXT, GEOMETRY, UNKNOWN -> {
        if (value instanceof String) {
          yield value;
        }
        throw unfit(field, "%s is not a text".formatted(shown(value)));
      }
      case ARRAY,
          BINARY_VECTOR,
          FLOAT_VECTOR,
          FLOAT16_VECTOR,
          BFLOAT16_VECTOR,
          SPARSE_FLOAT_VECTOR,
          INT8_VECTOR ->
          throw unfit(field, type + " is no scalar");
    };
  }

  private static Object integer(Field field, Object value, long least, long most) {
    boolean whole =
        value instanceof Long
            || value instanceof Integer
            || value instanceof Short
            || value instanceof Byte
            || value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && Math.abs(number.doubleValue()) <= 1L << 53;
    if (!whole) {
      throw unfit(field, "%s is not a whole number".formatted(shown(value)));
    }
    long number = ((Number) value).longValue();
    if (number < least || number > most) {
      throw unfit(field, "%d is not in [%d, %d]".formatted(number, least, most));
    }
    return number;
  }

  private static Object checkedArray(Field field, Object value) {
    if (!(value instanceof List<?> list)) {
      throw unfit(field, "%s is not a list".formatted(shown(value)));
    }
    if (list.size() > field.maxCapacity()) {
      throw unfit(
          field, "%d elements are more than %d".formatted(list.size(), field.maxCapacity()));
    }
    var elements = new ArrayList<Object>(list.size());
    for (var element : list) {
      elements.add(checkedScalar(field, field.elementType().orElseThrow(), element));
    }
    return elements;
  }

  private static Object checkedFloats(Field field, Object value) {
    float[] components;
    if (value instanceof float[] floats) {
      components = floats;
    } else if (value instanceof List<?> list) {
      components = new float[list.size()];
      for (int i = 0; i < components.length; i++) {
        if (!(list.get(i) instanceof Number number)) {
          throw unfit(field, "component %d is %s".formatted(i, shown(list.get(i))));
        }
        components[i] = number.floatValue();
      }
    } else {
      throw unfit(field, "%s is not a vector".formatted(shown(value)));
    }
    if (components.length != field.dimension()) {
      throw unfit(
          field,
          "the vector has %d dimensions; the field stores %d"
              .formatted(components.length, field.dimension()));
    }
    for (int i = 0; i < components.length; i++) {
      if (!Float.isFinite(components[i])) {
        throw unfit(field, "component %d is %s".formatted(i, components[i]));
      }
    }
    return components;
  }

  private static Object checkedBytes(Field field, Object value) {
    if (!(value instanceof byte[] bytes)) {
      throw unfit(field, "%s is not a vector in bytes".formatted(shown(value)));
    }
    int rowBytes = field.type().rowBytes(field.dimension());
    if (bytes.length != rowBytes) {
      throw unfit(
          field,
          "the vector has %d bytes; %s stores %d"
              .formatted(bytes.length, field.typeName(), rowBytes));
    }
    return bytes;
  }

  private static String shown(@Nullable Object value) {
    var text = String.valueOf(value);
    return '"' + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + '"';
  }

  private static IllegalArgumentException unfit(Field field, String why) {
    return new IllegalArgumentException(
        "field \"%s\" (%s): %s".formatted(field.name(), field.typeName(), why));
  }
}
