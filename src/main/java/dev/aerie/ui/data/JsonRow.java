package dev.aerie.ui.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.aerie.engine.DataType;
import dev.aerie.engine.SparseVector;
import java.util.List;

/// A row as JSON. Keys beyond 2^53 keep all their digits; JSON fields keep their own text.
final class JsonRow {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonRow() {}

  static String of(DataRow row) {
    var node = JSON.createObjectNode();
    for (var column : row.page().columns()) {
      var value = column.value(row.index());
      if (value.isEmpty()) {
        node.putNull(column.name());
      } else if (column.type() == DataType.JSON && value.get() instanceof String text) {
        node.putRawValue(column.name(), new RawValue(text));
      } else {
        put(node, column.name(), value.get());
      }
    }
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row made of plain values did not become JSON", e);
    }
  }

  private static void put(ObjectNode node, String name, Object value) {
    switch (value) {
      case float[] vector -> {
        var array = node.putArray(name);
        for (float component : vector) {
          array.add(component);
        }
      }
      case SparseVector sparse -> {
        var object = node.putObject(name);
        for (int i = 0; i < sparse.size(); i++) {
          object.put(Integer.toUnsignedString(sparse.index(i)), sparse.value(i));
        }
      }
      case List<?> list -> node.putPOJO(name, list);
      default -> node.putPOJO(name, value);
    }
  }
}
