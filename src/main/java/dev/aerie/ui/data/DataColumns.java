package dev.aerie.ui.data;

import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.ui.fx.Cells;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.VectorSketch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.TableColumn;

/// The columns of the grid, made from a schema and sized to what they hold.
final class DataColumns {
  private DataColumns() {}

  /// The row's number, then one column a field.
  static List<TableColumn<DataRow, ?>> of(List<Field> fields) {
    var all = new ArrayList<TableColumn<DataRow, ?>>();
    TableColumn<DataRow, ?> number =
        Cells.number("#", 52, row -> Optional.of(Figures.count(row.number())));
    number.setReorderable(false);
    number.setSortable(false);
    number.setId("#");
    all.add(number);
    for (var field : fields) {
      var column = column(field);
      column.setId(field.name());
      column.setSortable(false);
      if (field.primaryKey()) {
        column.setGraphic(Icons.of("fth-key"));
      }
      all.add(column);
    }
    return all;
  }

  private static TableColumn<DataRow, ?> column(Field field) {
    if (field.type() == DataType.FLOAT_VECTOR) {
      return Cells.<DataRow>vector(
          field.name() + " " + field.dimension(),
          row ->
              row.page()
                  .column(field.name())
                  .flatMap(column -> VectorSketch.of(column, row.index())));
    }
    return isNumber(field)
        ? Cells.<DataRow>number(field.name(), width(field), row -> shown(field, row))
        : Cells.<DataRow>text(field.name(), width(field), row -> shown(field, row));
  }

  private static Optional<String> shown(Field field, DataRow row) {
    return row.value(field.name()).map(value -> ValueText.cell(field, value));
  }

  private static boolean isNumber(Field field) {
    return field.type().isNumeric() || field.type() == DataType.TIMESTAMPTZ;
  }

  private static double width(Field field) {
    return switch (field.type()) {
      case BOOL, INT8, INT16 -> 72;
      case INT32, FLOAT -> 88;
      case INT64, DOUBLE, TIMESTAMPTZ -> 112;
      case VARCHAR -> field.maxLength() <= 64 ? 128 : 224;
      case TEXT, JSON, GEOMETRY -> 224;
      case ARRAY -> 160;
      case BINARY_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR, SPARSE_FLOAT_VECTOR -> 160;
      case FLOAT_VECTOR, UNKNOWN -> 136;
    };
  }
}
