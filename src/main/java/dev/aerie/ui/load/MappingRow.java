package dev.aerie.ui.load;

import dev.aerie.engine.Field;
import dev.aerie.service.load.Origin;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// One column of the file, or one vector, and the field it becomes. Belongs to the FX thread.
public final class MappingRow {
  private final String column;
  private final String kind;
  private final Origin origin;
  private final List<Field> types;
  private final BooleanProperty included = new SimpleBooleanProperty();
  private final StringProperty field = new SimpleStringProperty("");
  private final ObjectProperty<Field> type;
  private final ObjectProperty<Check> check = new SimpleObjectProperty<>(new Check(true, ""));

  /// @param kind what its values look like, for a person
  /// @param types it can become, at least one, the suggested first; their names do not count
  MappingRow(String column, String kind, Origin origin, List<Field> types) {
    this.column = column;
    this.kind = kind;
    this.origin = origin;
    this.types = List.copyOf(types);
    this.type = new SimpleObjectProperty<>(types.getFirst());
  }

  public String column() {
    return column;
  }

  public String kind() {
    return kind;
  }

  public Origin origin() {
    return origin;
  }

  public List<Field> types() {
    return types;
  }

  public BooleanProperty includedProperty() {
    return included;
  }

  /// The name of the field.
  public StringProperty fieldProperty() {
    return field;
  }

  public ObjectProperty<Field> typeProperty() {
    return type;
  }

  public ObjectProperty<Check> checkProperty() {
    return check;
  }

  public boolean isVector() {
    return type.get().type().isVector();
  }

  /// The field as a new collection would have it.
  Field toField(boolean key) {
    var chosen = type.get();
    return new Field(
        field.get(),
        chosen.type(),
        chosen.elementType(),
        "",
        key,
        false,
        false,
        false,
        chosen.nullable() && !key,
        false,
        chosen.defaultValue(),
        chosen.params());
  }
}
