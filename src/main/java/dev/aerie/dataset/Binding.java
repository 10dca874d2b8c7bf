package dev.aerie.dataset;

import dev.aerie.engine.Field;
import java.util.List;

/// Where the values of a field come from.
///
/// @param columns one, or several numeric ones that are the components of a vector, in order
public record Binding(Field field, List<String> columns) {
  public Binding {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "field \"%s\" is bound to no column".formatted(field.name()));
    }
    if (columns.size() > 1 && columns.size() != field.dimension()) {
      throw new IllegalArgumentException(
          "field \"%s\" (%s) is bound to %d columns; it needs one, or one for each dimension"
              .formatted(field.name(), field.typeName(), columns.size()));
    }
  }

  public Binding(Field field, String column) {
    this(field, List.of(column));
  }
}
