package dev.aerie.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One field of a collection. Made by the factories and changed by the `with` methods:
/// `Field.varchar("title", 512).withNullable()`.
///
/// @param name `[A-Za-z_][A-Za-z0-9_]*`, at most 255 characters, or `$meta`
/// @param elementType of an ARRAY
/// @param primaryKey the one key; INT64 or VARCHAR
/// @param autoId whether the engine makes the keys
/// @param nullable whether a row may lack a value
/// @param defaultValue what a row that lacks a value gets: Boolean, Long, Float, Double or String
/// @param params `dim`, `max_length` (bytes), `max_capacity`, `enable_analyzer`, `enable_match`,
///     `analyzer_params`, `mmap.enabled`, and whatever else a server knows, by Milvus' names
public record Field(
    String name,
    DataType type,
    Optional<DataType> elementType,
    String description,
    boolean primaryKey,
    boolean autoId,
    boolean partitionKey,
    boolean clusteringKey,
    boolean nullable,
    boolean functionOutput,
    Optional<Object> defaultValue,
    Map<String, String> params) {
  /// The field that holds what the schema does not name.
  public static final String DYNAMIC = "$meta";

  public static final int MAX_NAME = 255;
  public static final int MAX_DIMENSION = 32_768;
  public static final int MAX_BINARY_DIMENSION = 262_144;
  public static final int MAX_LENGTH = 65_535;
  public static final int MAX_CAPACITY = 4_096;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public Field {
    params = Map.copyOf(params);
    requireName("field", name, name.equals(DYNAMIC));
    if (primaryKey && type != DataType.INT64 && type != DataType.VARCHAR) {
      throw new IllegalArgumentException(
          "primary key \"%s\" must be INT64 or VARCHAR; it is %s".formatted(name, type));
    }
    if (autoId && !primaryKey) {
      throw new IllegalArgumentException(
          "field \"%s\" has autoId, which only a primary key can have".formatted(name));
    }
    if (nullable && (primaryKey || partitionKey)) {
      throw new IllegalArgumentException(
          "field \"%s\" is a key and cannot be nullable".formatted(name));
    }
    if (partitionKey && type != DataType.INT64 && type != DataType.VARCHAR) {
      throw new IllegalArgumentException(
          "partition key \"%s\" must be INT64 or VARCHAR; it is %s".formatted(name, type));
    }
    if ((type == DataType.ARRAY) != elementType.isPresent()) {
      throw new IllegalArgumentException(
          type == DataType.ARRAY
              ? "array field \"%s\" needs an element type".formatted(name)
              : "field \"%s\" of type %s cannot have an element type".formatted(name, type));
    }
    if (elementType.isPresent()
        && (elementType.get().isVector()
            || elementType.get() == DataType.ARRAY
            || elementType.get() == DataType.JSON)) {
      throw new IllegalArgumentException(
          "elements of \"%s\" must be scalars; %s is none".formatted(name, elementType.get()));
    }
    if (type.isDenseVector()) {
      requireDimension(name, type, params.get("dim"));
    }
    if (type == DataType.VARCHAR
        || elementType.isPresent() && elementType.get() == DataType.VARCHAR) {
      requireRange(name, "max_length", params.get("max_length"), MAX_LENGTH);
    }
    if (type == DataType.ARRAY) {
      requireRange(name, "max_capacity", params.get("max_capacity"), MAX_CAPACITY);
    }
  }

  /// A field with nothing but a name, a type and its parameters.
  public static Field of(String name, DataType type, Map<String, String> params) {
    return new Field(
        name,
        type,
        Optional.empty(),
        "",
        false,
        false,
        false,
        false,
        false,
        false,
        Optional.empty(),
        params);
  }

  /// A scalar without parameters: BOOL, INT8…INT64, FLOAT, DOUBLE, JSON.
  public static Field scalar(String name, DataType type) {
    return of(name, type, Map.of());
  }

  /// @param maxLength in bytes of UTF-8, 1…65,535
  public static Field varchar(String name, int maxLength) {
    return of(name, DataType.VARCHAR, Map.of("max_length", Integer.toString(maxLength)));
  }

  /// A vector field.
  ///
  /// @param dimension 1…32,768 (BINARY_VECTOR: a multiple of 8 up to 262,144)
  public static Field vector(String name, DataType type, int dimension) {
    return of(name, type, Map.of("dim", Integer.toString(dimension)));
  }

  public static Field sparseVector(String name) {
    return of(name, DataType.SPARSE_FLOAT_VECTOR, Map.of());
  }

  /// An array of scalars other than VARCHAR.
  public static Field array(String name, DataType elementType, int maxCapacity) {
    return new Field(
        name,
        DataType.ARRAY,
        Optional.of(elementType),
        "",
        false,
        false,
        false,
        false,
        false,
        false,
        Optional.empty(),
        Map.of("max_capacity", Integer.toString(maxCapacity)));
  }

  /// An array of VARCHAR.
  public static Field textArray(String name, int maxCapacity, int maxLength) {
    return new Field(
        name,
        DataType.ARRAY,
        Optional.of(DataType.VARCHAR),
        "",
        false,
        false,
        false,
        false,
        false,
        false,
        Optional.empty(),
        Map.of(
            "max_capacity",
            Integer.toString(maxCapacity),
            "max_length",
            Integer.toString(maxLength)));
  }

  public Field asPrimaryKey(boolean engineMakesKeys) {
    return new Field(
        name,
        type,
        elementType,
        description,
        true,
        engineMakesKeys,
        partitionKey,
        clusteringKey,
        nullable,
        functionOutput,
        defaultValue,
        params);
  }

  public Field asPartitionKey() {
    return new Field(
        name,
        type,
        elementType,
        description,
        primaryKey,
        autoId,
        true,
        clusteringKey,
        nullable,
        functionOutput,
        defaultValue,
        params);
  }

  public Field asClusteringKey() {
    return new Field(
        name,
        type,
        elementType,
        description,
        primaryKey,
        autoId,
        partitionKey,
        true,
        nullable,
        functionOutput,
        defaultValue,
        params);
  }

  /// A field whose values a [FieldFunction] makes.
  public Field asFunctionOutput() {
    return new Field(
        name,
        type,
        elementType,
        description,
        primaryKey,
        autoId,
        partitionKey,
        clusteringKey,
        nullable,
        true,
        defaultValue,
        params);
  }

  public Field withNullable() {
    return new Field(
        name,
        type,
        elementType,
        description,
        primaryKey,
        autoId,
        partitionKey,
        clusteringKey,
        true,
        functionOutput,
        defaultValue,
        params);
  }

  public Field withDescription(String text) {
    return new Field(
        name,
        type,
        elementType,
        text,
        primaryKey,
        autoId,
        partitionKey,
        clusteringKey,
        nullable,
        functionOutput,
        defaultValue,
        params);
  }

  /// @param value Boolean, Long, Float, Double or String, of the field's type
  public Field withDefault(Object value) {
    return new Field(
        name,
        type,
        elementType,
        description,
        primaryKey,
        autoId,
        partitionKey,
        clusteringKey,
        nullable,
        functionOutput,
        Optional.of(value),
        params);
  }

  public Field withParam(String key, String value) {
    var all = new HashMap<>(params);
    all.put(key, value);
    return new Field(
        name,
        type,
        elementType,
        description,
        primaryKey,
        autoId,
        partitionKey,
        clusteringKey,
        nullable,
        functionOutput,
        defaultValue,
        all);
  }

  /// Components of a dense vector field; 0 for any other field.
  public int dimension() {
    return type.isDenseVector() ? Integer.parseInt(params.getOrDefault("dim", "0")) : 0;
  }

  /// Most bytes of a VARCHAR value or element; the type's limit where the field names none.
  public int maxLength() {
    return Integer.parseInt(params.getOrDefault("max_length", Integer.toString(MAX_LENGTH)));
  }

  /// Most elements of an ARRAY.
  public int maxCapacity() {
    return Integer.parseInt(params.getOrDefault("max_capacity", Integer.toString(MAX_CAPACITY)));
  }

  /// Whether `text_match` and `phrase_match` are offered on this field.
  public boolean matchEnabled() {
    return Boolean.parseBoolean(params.getOrDefault("enable_match", "false"));
  }

  public boolean isDynamic() {
    return name.equals(DYNAMIC);
  }

  /// The type as a person writes it: `VARCHAR(512)`, `FLOAT_VECTOR(384)`, `ARRAY of INT64`.
  public String typeName() {
    if (type == DataType.UNKNOWN) {
      return params.getOrDefault("type", "UNKNOWN");
    }
    if (type == DataType.VARCHAR) {
      return "VARCHAR(" + maxLength() + ")";
    }
    if (type == DataType.ARRAY) {
      return "ARRAY of " + elementType.orElseThrow();
    }
    return type.isDenseVector() ? type + "(" + dimension() + ")" : type.toString();
  }

  /// Milvus' rule for the names of databases, collections, fields, aliases and indexes.
  ///
  /// @param what the kind of thing, for the message
  /// @throws IllegalArgumentException if the name breaks the rule and is not `exempt`
  public static void requireName(String what, String name, boolean exempt) {
    if (exempt) {
      return;
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException(what + " name is empty");
    }
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "%s name has %d characters; at most %d are allowed"
              .formatted(what, name.length(), MAX_NAME));
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s name \"%s\" must start with a letter or _ and hold only letters, digits and _"
              .formatted(what, name));
    }
  }

  private static void requireDimension(String name, DataType type, @Nullable String text) {
    boolean binary = type == DataType.BINARY_VECTOR;
    int dimension = requireRange(name, "dim", text, binary ? MAX_BINARY_DIMENSION : MAX_DIMENSION);
    if (binary && dimension % 8 != 0) {
      throw new IllegalArgumentException(
          "dim of binary vector \"%s\" must be a multiple of 8; got %d".formatted(name, dimension));
    }
  }

  private static int requireRange(String name, String key, @Nullable String text, int most) {
    if (text == null) {
      throw new IllegalArgumentException(
          "field \"%s\" needs %s, a number from 1 to %d".formatted(name, key, most));
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, with the text.
    }
    throw new IllegalArgumentException(
        "%s of field \"%s\" must be a number from 1 to %d; got \"%s\""
            .formatted(key, name, most, text));
  }
}
