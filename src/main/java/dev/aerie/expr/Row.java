package dev.aerie.expr;

import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.Field;
import java.util.Optional;

/// The values of one row, as a filter asks for them.
public interface Row {
  /// The field's value as [dev.aerie.engine.Column#value] gives it; JSON as its text. Empty where
  /// the row has none.
  Optional<Object> value(Field field);

  /// A row of a batch; a field the batch lacks has no value.
  static Row of(ColumnBatch batch, int row) {
    return field -> batch.column(field.name()).flatMap(column -> column.value(row));
  }
}
