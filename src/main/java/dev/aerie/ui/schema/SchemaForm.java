package dev.aerie.ui.schema;

import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// A schema while it is being described. Says after every change what is still wrong.
public final class SchemaForm {
  private final StringProperty name = new SimpleStringProperty("");
  private final BooleanProperty dynamic = new SimpleBooleanProperty();
  private final ObservableList<FieldForm> fields = FXCollections.observableArrayList();
  private final StringProperty mistake = new SimpleStringProperty("");
  private final StringProperty code = new SimpleStringProperty("");

  public SchemaForm() {
    name.subscribe(this::check);
    dynamic.subscribe(this::check);
    fields.subscribe(this::check);
    use(Preset.TEXT);
  }

  /// Beginnings that fit common needs.
  public enum Preset {
    /// Passages of documents with their vectors.
    TEXT,
    IMAGES,
    PRODUCTS,
    /// A key and a vector.
    PLAIN
  }

  public StringProperty nameProperty() {
    return name;
  }

  /// Whether rows may carry keys the schema does not name.
  public BooleanProperty dynamicProperty() {
    return dynamic;
  }

  public ObservableList<FieldForm> fields() {
    return fields;
  }

  /// What is wrong, or empty.
  public StringProperty mistakeProperty() {
    return mistake;
  }

  /// The schema as Python for pymilvus; the last one that was right.
  public StringProperty codeProperty() {
    return code;
  }

  /// Replaces the fields.
  public void use(Preset preset) {
    fields.setAll(
        watched(
            switch (preset) {
              case TEXT ->
                  List.of(
                      FieldForm.of("id", DataType.INT64, "").asKey(true),
                      FieldForm.of("text", DataType.VARCHAR, "8192"),
                      FieldForm.of("source", DataType.VARCHAR, "512"),
                      FieldForm.of("embedding", DataType.FLOAT_VECTOR, "384"));
              case IMAGES ->
                  List.of(
                      FieldForm.of("id", DataType.INT64, "").asKey(true),
                      FieldForm.of("path", DataType.VARCHAR, "1024"),
                      FieldForm.of("labels", DataType.ARRAY, "64"),
                      FieldForm.of("embedding", DataType.FLOAT_VECTOR, "512"));
              case PRODUCTS ->
                  List.of(
                      FieldForm.of("sku", DataType.VARCHAR, "64").asKey(false),
                      FieldForm.of("title", DataType.VARCHAR, "512"),
                      FieldForm.of("brand", DataType.VARCHAR, "128"),
                      FieldForm.of("price", DataType.DOUBLE, ""),
                      FieldForm.of("attributes", DataType.JSON, ""),
                      FieldForm.of("embedding", DataType.FLOAT_VECTOR, "768"));
              case PLAIN ->
                  List.of(
                      FieldForm.of("id", DataType.INT64, "").asKey(false),
                      FieldForm.of("vector", DataType.FLOAT_VECTOR, "128"));
            }));
  }

  public void addField() {
    fields.add(watched(FieldForm.of("field_" + (fields.size() + 1), DataType.VARCHAR, "256")));
  }

  public void remove(FieldForm field) {
    fields.remove(field);
  }

  /// Makes one field the key and all others none.
  public void makeKey(FieldForm key) {
    fields.forEach(field -> field.key().set(field.equals(key)));
    check();
  }

  /// The schema, where nothing is wrong with it.
  public Optional<CollectionSchema> build() {
    try {
      var schema =
          new CollectionSchema(
              name.get().strip(),
              "",
              fields.stream().map(FieldForm::build).toList(),
              List.of(),
              dynamic.get());
      mistake.set("");
      return Optional.of(schema);
    } catch (IllegalArgumentException e) {
      mistake.set(e.getMessage());
      return Optional.empty();
    }
  }

  private void check() {
    build().ifPresent(schema -> code.set(python(schema)));
  }

  private List<FieldForm> watched(List<FieldForm> all) {
    all.forEach(this::watched);
    return all;
  }

  private FieldForm watched(FieldForm field) {
    field.name().subscribe((_, _) -> check());
    field.type().subscribe((_, _) -> check());
    field.size().subscribe((_, _) -> check());
    field.key().subscribe((_, _) -> check());
    field.autoId().subscribe((_, _) -> check());
    field.nullable().subscribe((_, _) -> check());
    return field;
  }

  /// A schema as Python for pymilvus.
  static String python(CollectionSchema schema) {
    var text = new StringBuilder("from pymilvus import MilvusClient, DataType\n\n");
    text.append("client = MilvusClient(\"http://localhost:19530\")\n");
    text.append("schema = client.create_schema(enable_dynamic_field=")
        .append(schema.dynamic() ? "True" : "False")
        .append(")\n");
    schema.fields().forEach(field -> text.append(python(field)));
    text.append("client.create_collection(\"").append(schema.name()).append("\", schema=schema)\n");
    return text.toString();
  }

  private static String python(Field field) {
    var text = new StringBuilder("schema.add_field(\"").append(field.name());
    text.append("\", DataType.").append(field.type().name());
    if (field.primaryKey()) {
      text.append(", is_primary=True, auto_id=").append(field.autoId() ? "True" : "False");
    }
    if (field.nullable()) {
      text.append(", nullable=True");
    }
    field.elementType().ifPresent(type -> text.append(", element_type=DataType.").append(type));
    new TreeMap<>(field.params())
        .forEach((key, value) -> text.append(", ").append(key).append('=').append(value));
    return text.append(")\n").toString();
  }
}
