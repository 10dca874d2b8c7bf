package dev.aerie.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.engine.SparseVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one cell of a file means for a field. Values are those of [SourceRow].
///
/// Vectors are recognised as lists of numbers, as their text (`[1, 2, 3]`, `1 2 3`, `1;2;3`), and
/// as base64 of `float32`, little endian.
public final class Cell {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Cell() {}

  /// The value as a field takes it.
  ///
  /// @return empty where an empty text stands for no value
  /// @throws IllegalArgumentException if the value cannot be one of the field's
  static Optional<Object> forField(Field field, Object value) {
    boolean blank = value instanceof String text && text.isBlank();
    return switch (field.type()) {
      case BOOL -> blank ? Optional.empty() : Optional.of(bool(value));
      case INT8, INT16, INT32, INT64, TIMESTAMPTZ ->
          blank ? Optional.empty() : Optional.of(whole(value));
      case FLOAT, DOUBLE -> blank ? Optional.empty() : Optional.of(number(value));
      case VARCHAR, TEXT, GEOMETRY, UNKNOWN -> Optional.of(text(value));
      case JSON -> blank ? Optional.empty() : Optional.of(jsonFor(value));
      case ARRAY -> blank ? Optional.empty() : Optional.of(array(field, value));
      case FLOAT_VECTOR -> blank ? Optional.empty() : Optional.of(floats(value, field.dimension()));
      case FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR, BINARY_VECTOR ->
          blank ? Optional.empty() : Optional.of(packed(field, value));
      case SPARSE_FLOAT_VECTOR -> blank ? Optional.empty() : Optional.of(sparse(value));
    };
  }

  /// The value as text: lists and objects as JSON.
  public static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case JsonText(String json) -> json;
      case Double number -> plain(number);
      case Boolean bool -> bool.toString();
      case Long number -> number.toString();
      default -> json(value);
    };
  }

  /// The value as JSON.
  public static String json(Object value) {
    var text = new StringBuilder();
    appendJson(value, text);
    return text.toString();
  }

  /// A vector in any form a file may have it; empty if the value is none.
  public static Optional<float[]> vector(Object value) {
    try {
      var floats = floats(value, 0);
      return floats.length == 0 ? Optional.empty() : Optional.of(floats);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void appendJson(Object value, StringBuilder into) {
    switch (value) {
      case JsonText(String json) -> into.append(json);
      case String text -> into.append(quoted(text));
      case float[] floats -> {
        char before = '[';
        for (float component : floats) {
          into.append(before).append(plain(component));
          before = ',';
        }
        into.append(before == '[' ? "[]" : "]");
      }
      case double[] doubles -> {
        char before = '[';
        for (double component : doubles) {
          into.append(before).append(plain(component));
          before = ',';
        }
        into.append(before == '[' ? "[]" : "]");
      }
      case long[] longs -> {
        char before = '[';
        for (long component : longs) {
          into.append(before).append(component);
          before = ',';
        }
        into.append(before == '[' ? "[]" : "]");
      }
      case List<?> list -> {
        char before = '[';
        for (var element : list) {
          into.append(before);
          appendJson(element, into);
          before = ',';
        }
        into.append(before == '[' ? "[]" : "]");
      }
      case Double number -> into.append(plain(number));
      case Float number -> into.append(plain(number));
      default -> into.append(value);
    }
  }

  static String quoted(String text) {
    try {
      return MAPPER.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a text cannot be written as JSON: " + e.getMessage(), e);
    }
  }

  /// A double without the ".0" a whole number would get.
  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /// The shortest text that reads back as this float.
  private static String plain(float number) {
    return number == Math.rint(number) && Math.abs(number) < 1e7
        ? Integer.toString((int) number)
        : Float.toString(number);
  }

  private static Object bool(Object value) {
    return switch (value) {
      case Boolean bool -> bool;
      case Long number when number == 0 || number == 1 -> number == 1;
      case String text ->
          switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "1" -> true;
            case "false", "f", "no", "0" -> false;
            default -> text;
          };
      default -> value;
    };
  }

  private static Object whole(Object value) {
    if (value instanceof String text) {
      try {
        return Long.parseLong(text.strip());
      } catch (NumberFormatException e) {
        return number(value);
      }
    }
    return value;
  }

  private static Object number(Object value) {
    if (value instanceof String text) {
      try {
        return Double.parseDouble(text.strip());
      } catch (NumberFormatException e) {
        return text;
      }
    }
    return value;
  }

  /// JSON stays; a text that is JSON is taken as such; any other text becomes a JSON string.
  private static Object jsonFor(Object value) {
    if (value instanceof String text) {
      try {
        JsonRows.parse(text);
        return text.strip();
      } catch (IOException e) {
        return quoted(text);
      }
    }
    return json(value);
  }

  private static Object array(Field field, Object value) {
    var parsed = value instanceof String text ? listOf(text) : value;
    var elements = new ArrayList<Object>();
    switch (parsed) {
      case List<?> list -> elements.addAll(list);
      case long[] longs -> {
        for (long element : longs) {
          elements.add(element);
        }
      }
      case double[] doubles -> {
        for (double element : doubles) {
          elements.add(element);
        }
      }
      case float[] floats -> {
        for (float element : floats) {
          elements.add(element);
        }
      }
      default ->
          throw new IllegalArgumentException("%s is not a list".formatted(shown(text(value))));
    }
    if (field.elementType().orElseThrow() == DataType.VARCHAR) {
      elements.replaceAll(Cell::text);
    }
    return elements;
  }

  private static Object listOf(String text) {
    try {
      var parsed = JsonRows.parse(text);
      if (parsed != null) {
        return parsed;
      }
    } catch (IOException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "%s is not a list; it should be like [1, 2] or [\"a\", \"b\"]".formatted(shown(text)));
  }

  private static float[] floats(Object value, int dimension) {
    return switch (value) {
      case float[] floats -> floats;
      case double[] doubles -> {
        var floats = new float[doubles.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) doubles[i];
        }
        yield floats;
      }
      case long[] longs -> {
        var floats = new float[longs.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = longs[i];
        }
        yield floats;
      }
      case String text -> floatsOf(text.strip(), dimension);
      case List<?> list ->
          throw new IllegalArgumentException(
              "component %d is not a number".formatted(firstOther(list)));
      default ->
          throw new IllegalArgumentException("%s is not a vector".formatted(shown(text(value))));
    };
  }

  private static int firstOther(List<?> list) {
    int i = 0;
    while (i < list.size() && list.get(i) instanceof Number) {
      i++;
    }
    return i;
  }

  private static float[] floatsOf(String text, int dimension) {
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    if (first == '[' || first == '(' || first == '{') {
      return numbers(text.substring(1, text.length() - 1), text);
    }
    if (isBase64(text, dimension)) {
      return base64Floats(text);
    }
    return numbers(text, text);
  }

  private static boolean isBase64(String text, int dimension) {
    if (text.length() % 4 != 0 || text.length() < 8) {
      return false;
    }
    if (dimension > 0 && text.length() != (dimension * 4 + 2) / 3 * 4) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean known =
          c >= 'A' && c <= 'Z'
              || c >= 'a' && c <= 'z'
              || c >= '0' && c <= '9'
              || c == '+'
              || c == '/';
      if (!known && !(c == '=' && i >= text.length() - 2)) {
        return false;
      }
    }
    return true;
  }

  private static float[] base64Floats(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(shown(text) + " is neither a vector nor base64", e);
    }
    if (bytes.length % 4 != 0) {
      throw new IllegalArgumentException(
          "%d bytes of base64 are no whole number of float32".formatted(bytes.length));
    }
    var floats = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  /// Numbers with commas, semicolons or blanks between them.
  private static float[] numbers(String text, String whole) {
    var floats = new float[16];
    int size = 0;
    int at = 0;
    while (true) {
      while (at < text.length() && isGap(text.charAt(at))) {
        at++;
      }
      if (at >= text.length()) {
        return Arrays.copyOf(floats, size);
      }
      int start = at;
      while (at < text.length() && !isGap(text.charAt(at))) {
        at++;
      }
      if (size == floats.length) {
        floats = Arrays.copyOf(floats, size * 2);
      }
      var number = text.substring(start, at);
      try {
        floats[size++] = Float.parseFloat(number);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            size == 1
                ? shown(whole) + " is not a vector; it should be like [0.1, 0.2]"
                : "component %d is %s".formatted(size - 1, shown(number)),
            e);
      }
    }
  }

  private static boolean isGap(char c) {
    return c == ',' || c == ';' || c <= ' ';
  }

  /// Components packed as on the wire: a list of numbers, or base64 of the bytes themselves.
  private static byte[] packed(Field field, Object value) {
    int rowBytes = field.type().rowBytes(field.dimension());
    if (value instanceof String text && isBase64(text.strip(), 0)) {
      var bytes = Base64.getDecoder().decode(text.strip());
      if (bytes.length == rowBytes) {
        return bytes;
      }
    }
    var floats = floats(value, 0);
    if (field.type() == DataType.BINARY_VECTOR && floats.length == rowBytes) {
      return bytes(floats, 0, 255);
    }
    if (floats.length != field.dimension()) {
      throw new IllegalArgumentException(
          "the vector has %d dimensions; the field stores %d"
              .formatted(floats.length, field.dimension()));
    }
    return switch (field.type()) {
      case INT8_VECTOR -> bytes(floats, -128, 127);
      case BINARY_VECTOR -> bits(floats);
      case FLOAT16_VECTOR -> halves(floats, false);
      case BFLOAT16_VECTOR -> halves(floats, true);
      case BOOL,
          INT8,
          INT16,
          INT32,
          INT64,
          FLOAT,
          DOUBLE,
          VARCHAR,
          ARRAY,
          JSON,
          GEOMETRY,
          TEXT,
          TIMESTAMPTZ,
          FLOAT_VECTOR,
          SPARSE_FLOAT_VECTOR,
          UNKNOWN ->
          throw new IllegalArgumentException(field.typeName() + " is not packed");
    };
  }

  private static byte[] bytes(float[] floats, int least, int most) {
    var bytes = new byte[floats.length];
    for (int i = 0; i < bytes.length; i++) {
      if (floats[i] != Math.rint(floats[i]) || floats[i] < least || floats[i] > most) {
        throw new IllegalArgumentException(
            "component %d is %s; it must be a whole number in [%d, %d]"
                .formatted(i, floats[i], least, most));
      }
      bytes[i] = (byte) floats[i];
    }
    return bytes;
  }

  /// The first component is the highest bit of the first byte.
  private static byte[] bits(float[] floats) {
    var bytes = new byte[floats.length / 8];
    for (int i = 0; i < floats.length; i++) {
      if (floats[i] != 0 && floats[i] != 1) {
        throw new IllegalArgumentException(
            "component %d is %s; it must be 0 or 1".formatted(i, floats[i]));
      }
      bytes[i / 8] |= (byte) (floats[i] == 1 ? 0x80 >> i % 8 : 0);
    }
    return bytes;
  }

  private static byte[] halves(float[] floats, boolean brain) {
    var bytes = ByteBuffer.allocate(floats.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < floats.length; i++) {
      if (!Float.isFinite(floats[i])) {
        throw new IllegalArgumentException("component %d is %s".formatted(i, floats[i]));
      }
      bytes.putShort(brain ? brainFloat(floats[i]) : Float.floatToFloat16(floats[i]));
    }
    return bytes.array();
  }

  /// The upper half of a float, rounded to even.
  private static short brainFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
  }

  /// `{"7": 0.5}`, `{"indices": [7], "values": [0.5]}`, or either as text.
  private static SparseVector sparse(Object value) {
    var text = value instanceof JsonText(String json) ? json : text(value);
    try {
      var tree = MAPPER.readTree(text);
      var entries = new TreeMap<Long, Float>();
      if (tree.path("indices").isArray()) {
        if (tree.path("indices").size() != tree.path("values").size()) {
          throw new IllegalArgumentException(
              "a sparse vector has %d indices and %d values"
                  .formatted(tree.path("indices").size(), tree.path("values").size()));
        }
        for (int i = 0; i < tree.path("indices").size(); i++) {
          entries.put(
              tree.path("indices").get(i).asLong(-1),
              (float) tree.path("values").get(i).asDouble(Double.NaN));
        }
      } else if (tree.isObject()) {
        for (var entry : tree.properties()) {
          entries.put(
              Long.parseLong(entry.getKey()), (float) entry.getValue().asDouble(Double.NaN));
        }
      } else {
        throw new NumberFormatException("no object");
      }
      return sparse(entries);
    } catch (JsonProcessingException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is not a sparse vector; it should be like {\"7\": 0.5, \"90\": 1.2}"
              .formatted(shown(text)),
          e);
    }
  }

  private static SparseVector sparse(SortedMap<Long, Float> entries) {
    var indices = new int[entries.size()];
    var values = new float[entries.size()];
    int i = 0;
    for (var entry : entries.entrySet()) {
      if (entry.getKey() < 0 || entry.getKey() >= 1L << 32) {
        throw new IllegalArgumentException(
            "index %d of a sparse vector is not in [0, 2^32)".formatted(entry.getKey()));
      }
      indices[i] = (int) (long) entry.getKey();
      values[i++] = entry.getValue();
    }
    return new SparseVector(indices, values);
  }

  static String shown(@Nullable String text) {
    var whole = String.valueOf(text);
    return '"' + (whole.length() > 40 ? whole.substring(0, 40) + "…" : whole) + '"';
  }
}
