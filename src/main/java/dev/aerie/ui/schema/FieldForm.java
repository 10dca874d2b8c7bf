package dev.aerie.ui.schema;

import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// One field while it is being described.
///
/// @param size dimension of a vector, longest text in bytes, or most elements of a list, as the
///     type says
/// @param key whether it is the primary key
/// @param autoId whether the engine makes the keys
public record FieldForm(
    StringProperty name,
    ObjectProperty<DataType> type,
    StringProperty size,
    BooleanProperty key,
    BooleanProperty autoId,
    BooleanProperty nullable) {
  private static final int LIST_TEXT = 512;

  static FieldForm of(String name, DataType type, String size) {
    return new FieldForm(
        new SimpleStringProperty(name),
        new SimpleObjectProperty<>(type),
        new SimpleStringProperty(size),
        new SimpleBooleanProperty(),
        new SimpleBooleanProperty(),
        new SimpleBooleanProperty());
  }

  FieldForm asKey(boolean engineMakesKeys) {
    key.set(true);
    autoId.set(engineMakesKeys);
    return this;
  }

  /// Whether the type needs a size.
  public static boolean hasSize(DataType type) {
    return type.isDenseVector() || type == DataType.VARCHAR || type == DataType.ARRAY;
  }

  /// The field as the engine takes it.
  ///
  /// @throws IllegalArgumentException saying what is wrong, in a sentence
  Field build() {
    var wanted = type.get();
    Field field =
        switch (wanted) {
          case VARCHAR -> Field.varchar(name.get(), number());
          case ARRAY -> Field.textArray(name.get(), number(), LIST_TEXT);
          case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR, BINARY_VECTOR ->
              Field.vector(name.get(), wanted, number());
          case SPARSE_FLOAT_VECTOR -> Field.sparseVector(name.get());
          case BOOL,
              INT8,
              INT16,
              INT32,
              INT64,
              FLOAT,
              DOUBLE,
              JSON,
              GEOMETRY,
              TEXT,
              TIMESTAMPTZ,
              UNKNOWN ->
              Field.scalar(name.get(), wanted);
        };
    if (key.get()) {
      return field.asPrimaryKey(autoId.get());
    }
    return nullable.get() ? field.withNullable() : field;
  }

  private int number() {
    try {
      return Integer.parseInt(size.get().strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "field \"%s\" (%s) needs a whole number as its size; it has \"%s\""
              .formatted(name.get(), type.get(), size.get()),
          e);
    }
  }
}
