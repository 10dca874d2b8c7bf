package dev.aerie.service.journal;

import java.util.LinkedHashMap;
import java.util.Map;

/// A call in no language yet: the operation by pymilvus' name and its arguments in order.
///
/// @param arguments by pymilvus' names: String, Number, Boolean, List, Map, `float[]` or [Raw]
record Call(String method, Map<String, Object> arguments) {
  Call {
    arguments = new LinkedHashMap<>(arguments);
  }

  /// Text that stands in the code as it is.
  record Raw(String text) {}

  static Call of(String method, Object... namesAndValues) {
    var arguments = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Call(method, arguments);
  }

  /// The same with an argument more, unless it says nothing.
  Call with(String name, Object value) {
    boolean empty =
        value instanceof String text && text.isEmpty()
            || value instanceof java.util.Collection<?> list && list.isEmpty()
            || value instanceof Map<?, ?> map && map.isEmpty();
    if (empty) {
      return this;
    }
    var all = new LinkedHashMap<>(arguments);
    all.put(name, value);
    return new Call(method, all);
  }
}
