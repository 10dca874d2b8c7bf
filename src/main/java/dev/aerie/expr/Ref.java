package dev.aerie.expr;

import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import java.util.List;

/// What a filter looks at in a row.
public sealed interface Ref {
  /// The field it is in; the dynamic field's is a JSON field named `$meta`.
  Field field();

  /// A whole field of a scalar type, or a whole ARRAY where only its length or contents are asked.
  record Column(Field field) implements Ref {
    @Override
    public String toString() {
      return field.name();
    }
  }

  /// A value inside a JSON document.
  ///
  /// @param steps from the document's root; empty for the document itself
  record JsonPath(Field field, List<Step> steps) implements Ref {
    public JsonPath {
      steps = List.copyOf(steps);
    }

    /// The path as a JSON pointer (RFC 6901): `/color`, `/a/0`; empty for the document itself.
    public String pointer() {
      var pointer = new StringBuilder();
      for (var step : steps) {
        pointer.append('/');
        switch (step) {
          case Step.Key(String key) -> pointer.append(key.replace("~", "~0").replace("/", "~1"));
          case Step.Index(int index) -> pointer.append(index);
        }
      }
      return pointer.toString();
    }

    @Override
    public String toString() {
      var text = new StringBuilder(field.name());
      for (var step : steps) {
        switch (step) {
          case Step.Key(String key) -> text.append('[').append(Constant.quote(key)).append(']');
          case Step.Index(int index) -> text.append('[').append(index).append(']');
        }
      }
      return text.toString();
    }
  }

  /// One element of an ARRAY; a row whose array is shorter has no value here.
  ///
  /// @param index from 0
  record ArrayElement(Field field, int index) implements Ref {
    @Override
    public String toString() {
      return field.name() + "[" + index + "]";
    }
  }

  /// One step of a path. A number steps into a list, or, as text, into an object that has such a
  /// key.
  sealed interface Step {
    record Key(String key) implements Step {}

    record Index(int index) implements Step {}
  }

  /// What is found there: the field's or the element's type, JSON for a path.
  default DataType type() {
    return switch (this) {
      case Column(Field field) -> field.type();
      case JsonPath _ -> DataType.JSON;
      case ArrayElement(Field field, _) -> field.elementType().orElseThrow();
    };
  }
}
