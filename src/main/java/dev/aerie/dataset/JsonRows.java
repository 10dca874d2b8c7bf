package dev.aerie.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.aerie.dataset.SourceRow.Header;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns JSON objects into rows. NaN and Infinity are read, so that they are told as values that do
/// not fit and not as broken text.
final class JsonRows {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private JsonRows() {}

  static JsonFactory factory() {
    return FACTORY;
  }

  /// Reads the object the parser stands at the start of.
  ///
  /// @return its values in the order of the header, which learns new names
  static @Nullable Object[] object(JsonParser parser, Header header) throws IOException {
    var values = new @Nullable Object[header.size()];
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      int index = header.indexOrAdd(name);
      if (index >= values.length) {
        values = Arrays.copyOf(values, index + 1);
      }
      parser.nextToken();
      values[index] = value(parser);
    }
    return values;
  }

  /// The value of a JSON text: as in [SourceRow].
  ///
  /// @throws IOException if it is no JSON, or more than one value
  static @Nullable Object parse(String json) throws IOException {
    try (var parser = FACTORY.createParser(json)) {
      if (parser.nextToken() == null) {
        throw new IOException("the text is empty");
      }
      var value = value(parser);
      if (parser.nextToken() != null) {
        throw new IOException("more text follows the value");
      }
      return value;
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> {
        var type = parser.getNumberType();
        // Beyond 64 bits the digits are kept, for whoever can use them.
        yield type == JsonParser.NumberType.BIG_INTEGER ? parser.getText() : parser.getLongValue();
      }
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case START_OBJECT -> new JsonText(copy(parser));
      case START_ARRAY -> list(parser);
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("unexpected " + parser.currentToken());
    };
  }

  private static Object list(JsonParser parser) throws IOException {
    var numbers = new Numbers();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      if (token == null || !token.isNumeric()) {
        return mixed(parser, numbers);
      }
      numbers.add(parser);
    }
    return numbers.toArray();
  }

  /// A list that is not all numbers.
  private static List<Object> mixed(JsonParser parser, Numbers before) throws IOException {
    var list = new ArrayList<Object>(before.boxed());
    for (var token = parser.currentToken(); token != JsonToken.END_ARRAY; ) {
      if (token == null) {
        throw new IOException("the list does not end");
      }
      var value = value(parser);
      list.add(value == null ? new JsonText("null") : nested(value));
      token = parser.nextToken();
    }
    return list;
  }

  private static Object nested(Object value) {
    return value instanceof Boolean
            || value instanceof Number
            || value instanceof String
            || value instanceof JsonText
        ? value
        : new JsonText(Cell.json(value));
  }

  private static String copy(JsonParser parser) throws IOException {
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(text)) {
      generator.copyCurrentStructureExact(parser);
    }
    return text.toString();
  }

  /// Numbers as they come: whole ones until the first that is not.
  private static final class Numbers {
    private long[] whole = new long[16];
    private double[] any = new double[16];
    private boolean allWhole = true;
    private int size;

    void add(JsonParser parser) throws IOException {
      if (size == any.length) {
        any = Arrays.copyOf(any, size * 2);
        whole = allWhole ? Arrays.copyOf(whole, size * 2) : whole;
      }
      allWhole =
          allWhole
              && parser.currentToken() == JsonToken.VALUE_NUMBER_INT
              && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
      if (allWhole) {
        whole[size] = parser.getLongValue();
      }
      any[size++] = parser.getDoubleValue();
    }

    Object toArray() {
      return allWhole && size > 0 ? Arrays.copyOf(whole, size) : Arrays.copyOf(any, size);
    }

    List<Object> boxed() {
      var list = new ArrayList<Object>(size);
      for (int i = 0; i < size; i++) {
        list.add(allWhole ? (Object) whole[i] : (Object) any[i]);
      }
      return list;
    }
  }
}
