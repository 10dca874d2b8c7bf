package dev.aerie.expr;

import java.util.List;

/// A value in a filter.
public sealed interface Constant {
  record Bool(boolean value) implements Constant {}

  /// A whole number; microseconds since 1970 where it stands against a TIMESTAMPTZ field.
  record Int(long value) implements Constant {}

  /// @param value finite, or infinite where a FLOAT column cannot hold the literal
  record Real(double value) implements Constant {}

  record Text(String value) implements Constant {}

  /// A list inside a JSON document.
  record Array(List<Constant> values) implements Constant {
    public Array {
      values = List.copyOf(values);
    }
  }

  /// The class of the value in Milvus' names, for messages.
  default String typeName() {
    return switch (this) {
      case Bool _ -> "Bool";
      case Int _ -> "Int64";
      case Real _ -> "Double";
      case Text _ -> "VarChar";
      case Array _ -> "Array";
    };
  }

  /// The value as it is written in a filter.
  default String literal() {
    return switch (this) {
      case Bool(boolean value) -> Boolean.toString(value);
      case Int(long value) -> Long.toString(value);
      case Real(double value) -> Double.toString(value);
      case Text(String value) -> quote(value);
      case Array(var values) ->
          "[" + String.join(", ", values.stream().map(Constant::literal).toList()) + "]";
    };
  }

  /// Text as a literal of the language, in double quotes.
  static String quote(String text) {
    return '"'
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
        + '"';
  }
}
