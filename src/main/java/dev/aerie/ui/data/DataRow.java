package dev.aerie.ui.data;

import dev.aerie.engine.ColumnBatch;
import java.util.Optional;

/// One row of a page.
///
/// @param number from 1, over all pages
/// @param id Long or String
/// @param page the rows it was read with
/// @param index within `page`
public record DataRow(long number, Object id, ColumnBatch page, int index) {
  /// The value of a field, as [dev.aerie.engine.Column#value] gives it; empty where null.
  public Optional<Object> value(String field) {
    return page.column(field).flatMap(column -> column.value(index));
  }
}
