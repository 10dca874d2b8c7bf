package dev.aerie.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.aerie.engine.Filter;
import dev.aerie.wire.proto.BoolArray;
import dev.aerie.wire.proto.DoubleArray;
import dev.aerie.wire.proto.JSONArray;
import dev.aerie.wire.proto.LongArray;
import dev.aerie.wire.proto.StringArray;
import dev.aerie.wire.proto.TemplateArrayValue;
import dev.aerie.wire.proto.TemplateArrayValueArray;
import dev.aerie.wire.proto.TemplateValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Values of the templates in a filter.
public final class Templates {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Templates() {}

  public static Filter fromProto(String expression, Map<String, TemplateValue> values) {
    var read = new HashMap<String, Object>();
    values.forEach((name, value) -> read.put(name, fromProto(name, value)));
    return new Filter(expression, read);
  }

  private static Object fromProto(String name, TemplateValue value) {
    return switch (value.getValCase()) {
      case BOOL_VAL -> value.getBoolVal();
      case INT64_VAL -> value.getInt64Val();
      case FLOAT_VAL -> value.getFloatVal();
      case STRING_VAL -> value.getStringVal();
      case ARRAY_VAL -> list(value.getArrayVal());
      case VAL_NOT_SET ->
          throw new IllegalArgumentException(
              "the value of expression template variable name {%s} is not found".formatted(name));
    };
  }

  private static List<?> list(TemplateArrayValue value) {
    return switch (value.getDataCase()) {
      case BOOL_DATA -> value.getBoolData().getDataList();
      case LONG_DATA -> value.getLongData().getDataList();
      case DOUBLE_DATA -> value.getDoubleData().getDataList();
      case STRING_DATA -> value.getStringData().getDataList();
      case ARRAY_DATA -> value.getArrayData().getDataList().stream().map(Templates::list).toList();
      case JSON_DATA ->
          value.getJsonData().getDataList().stream().map(Templates::fromJson).toList();
      case DATA_NOT_SET -> List.of();
    };
  }

  private static Object fromJson(ByteString bytes) {
    try {
      return plain(JSON.readTree(bytes.toStringUtf8()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a template value is no JSON", e);
    }
  }

  private static Object plain(JsonNode node) {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.isArray()) {
      return node.valueStream().map(Templates::plain).toList();
    }
    throw new IllegalArgumentException("a template value cannot be " + node);
  }

  /// The filter with its values written into its text, for servers that know no templates.
  public static String inlined(Filter filter) {
    var text = filter.expression();
    for (var value : filter.values().entrySet()) {
      text = text.replace("{" + value.getKey() + "}", literal(value.getValue()));
    }
    return text;
  }

  private static String literal(Object value) {
    return switch (value) {
      case String text -> JSON.valueToTree(text).toString();
      case List<?> list ->
          "[" + String.join(", ", list.stream().map(Templates::literal).toList()) + "]";
      default -> value.toString();
    };
  }

  public static Map<String, TemplateValue> toProto(Filter filter) {
    var values = new HashMap<String, TemplateValue>();
    filter.values().forEach((name, value) -> values.put(name, toProto(name, value)));
    return values;
  }

  private static TemplateValue toProto(String name, Object value) {
    var proto = TemplateValue.newBuilder();
    return switch (value) {
      case Boolean truth -> proto.setBoolVal(truth).build();
      case Float number -> proto.setFloatVal(number).build();
      case Double number -> proto.setFloatVal(number).build();
      case Number number -> proto.setInt64Val(number.longValue()).build();
      case String text -> proto.setStringVal(text).build();
      case List<?> list -> proto.setArrayVal(list(list)).build();
      default ->
          throw new IllegalArgumentException(
              "template {%s} is a %s; templates are truth values, numbers, texts or lists"
                  .formatted(name, value.getClass().getSimpleName()));
    };
  }

  private static TemplateArrayValue list(List<?> list) {
    var proto = TemplateArrayValue.newBuilder();
    if (list.stream().allMatch(value -> value instanceof Long || value instanceof Integer)) {
      var data = LongArray.newBuilder();
      list.forEach(value -> data.addData(((Number) value).longValue()));
      return proto.setLongData(data).build();
    }
    if (list.stream().allMatch(String.class::isInstance)) {
      var data = StringArray.newBuilder();
      list.forEach(value -> data.addData((String) value));
      return proto.setStringData(data).build();
    }
    if (list.stream().allMatch(Boolean.class::isInstance)) {
      var data = BoolArray.newBuilder();
      list.forEach(value -> data.addData((Boolean) value));
      return proto.setBoolData(data).build();
    }
    if (list.stream().allMatch(Number.class::isInstance)) {
      var data = DoubleArray.newBuilder();
      list.forEach(value -> data.addData(((Number) value).doubleValue()));
      return proto.setDoubleData(data).build();
    }
    if (list.stream().allMatch(List.class::isInstance)) {
      var data = TemplateArrayValueArray.newBuilder();
      list.forEach(value -> data.addData(list((List<?>) value)));
      return proto.setArrayData(data).build();
    }
    var data = JSONArray.newBuilder();
    list.forEach(value -> data.addData(ByteString.copyFromUtf8(literal(value))));
    return proto.setJsonData(data).build();
  }
}
