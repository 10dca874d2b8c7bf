package dev.aerie.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.wire.proto.KeyValuePair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Parameters by name, as Milvus sends them: pairs of texts, some of them JSON objects of more.
public final class Params {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Params() {}

  /// In the order of their names.
  public static List<KeyValuePair> toProto(Map<String, String> params) {
    var pairs = new ArrayList<KeyValuePair>(params.size());
    new TreeMap<>(params).forEach((key, value) -> pairs.add(pair(key, value)));
    return pairs;
  }

  public static KeyValuePair pair(String key, String value) {
    return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
  }

  public static Map<String, String> fromProto(List<KeyValuePair> pairs) {
    var params = new LinkedHashMap<String, String>();
    for (var pair : pairs) {
      params.put(pair.getKey(), pair.getValue());
    }
    return params;
  }

  /// The pairs, with what the JSON under `params` says where no pair says it: clients write a
  /// parameter in either place or in both.
  public static Map<String, String> flattened(List<KeyValuePair> pairs) {
    var params = fromProto(pairs);
    var inner = params.remove("params");
    if (inner != null) {
      fromJson(inner).forEach(params::putIfAbsent);
    }
    return params;
  }

  /// The members of a JSON object as texts; none if the text is empty.
  ///
  /// @throws IllegalArgumentException if it is no JSON object
  public static Map<String, String> fromJson(String json) {
    var members = new LinkedHashMap<String, String>();
    if (json.isBlank()) {
      return members;
    }
    for (var member : object(json).properties()) {
      var value = member.getValue();
      members.put(member.getKey(), value.isTextual() ? value.textValue() : value.toString());
    }
    return members;
  }

  /// @throws IllegalArgumentException if it is no JSON object
  public static JsonNode object(String json) {
    try {
      var node = JSON.readTree(json);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON object: " + json, e);
    }
    throw new IllegalArgumentException("not a JSON object: " + json);
  }

  /// A JSON object with numbers and truth values written as such, as servers expect them.
  public static String toJson(Map<String, String> params) {
    var object = JSON.createObjectNode();
    new TreeMap<>(params)
        .forEach(
            (key, text) -> {
              if (text.matches("-?(0|[1-9][0-9]{0,17})")) {
                object.put(key, Long.parseLong(text));
              } else if (text.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
                object.put(key, Double.parseDouble(text));
              } else if (text.equals("true") || text.equals("false")) {
                object.put(key, Boolean.parseBoolean(text));
              } else {
                object.put(key, text);
              }
            });
    return object.toString();
  }
}
