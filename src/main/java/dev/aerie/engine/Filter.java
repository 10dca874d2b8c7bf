package dev.aerie.engine;

import java.util.List;
import java.util.Map;

/// A boolean expression in Milvus' filter language, with typed values for its `{templates}`. It
/// travels as text; `expr` owns its tree.
///
/// @param expression empty for all rows
/// @param values by template name: Boolean, Long, Double, String, or a List of these
public record Filter(String expression, Map<String, Object> values) {
  /// All rows.
  public static final Filter ALL = new Filter("", Map.of());

  public Filter {
    values = Map.copyOf(values);
    expression = expression.strip();
  }

  public static Filter of(String expression) {
    return new Filter(expression, Map.of());
  }

  /// The rows with these keys.
  ///
  /// @param ids Longs or Strings
  public static Filter ids(String primaryKey, List<?> ids) {
    return new Filter(primaryKey + " in {ids}", Map.of("ids", List.copyOf(ids)));
  }

  public boolean isAll() {
    return expression.isEmpty();
  }
}
