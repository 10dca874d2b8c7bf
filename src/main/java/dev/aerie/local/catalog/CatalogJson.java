package dev.aerie.local.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.engine.AccountRequest.Grant;
import dev.aerie.engine.AccountRequest.PrivilegeGroup;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.Consistency;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.engine.FieldFunction;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The catalog as JSON, version 1: objects named as the records' components, enums by name, a
/// default value as an object of one member that says its type.
///
/// A member that is missing is read as empty, so that older files open; one that is not known is
/// left out.
final class CatalogJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int VERSION = 1;

  private CatalogJson() {}

  static byte[] write(Catalog catalog) throws IOException {
    var root = MAPPER.createObjectNode();
    root.put("version", VERSION);
    root.put("generation", catalog.generation());
    root.put("nextId", catalog.nextId());
    each(root.putArray("databases"), catalog.databases(), CatalogJson::write);
    each(root.putArray("collections"), catalog.collections(), CatalogJson::write);
    root.set("accounts", write(catalog.accounts()));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }

  static Catalog read(byte[] json) throws IOException {
    var root = MAPPER.readTree(json);
    int version = root.path("version").asInt();
    if (version != VERSION) {
      throw new IOException(
          "the catalog has version %d; this Aerie reads version %d".formatted(version, VERSION));
    }
    try {
      return new Catalog(
          root.path("generation").asLong(),
          root.path("nextId").asLong(),
          list(root.path("databases"), CatalogJson::database),
          list(root.path("collections"), CatalogJson::collection),
          accounts(root.path("accounts")));
    } catch (IllegalArgumentException e) {
      throw new IOException("the catalog holds what cannot be: " + e.getMessage(), e);
    }
  }

  static ObjectNode write(CollectionEntry entry) {
    var node = MAPPER.createObjectNode();
    node.put("uuid", entry.uuid());
    node.put("id", entry.id());
    node.put("database", entry.database());
    node.set("schema", write(entry.schema()));
    each(node.putArray("aliases"), entry.aliases(), MAPPER.getNodeFactory()::textNode);
    node.put("shards", entry.shards());
    node.put("partitionCount", entry.partitionCount());
    node.put("consistency", entry.consistency().name());
    node.set("properties", write(entry.properties()));
    node.put("createdAt", entry.createdAt());
    node.put("schemaVersion", entry.schemaVersion());
    each(
        node.putArray("partitions"),
        entry.partitions(),
        partition ->
            MAPPER
                .createObjectNode()
                .put("name", partition.name())
                .put("id", partition.id())
                .put("createdAt", partition.createdAt())
                .put("loaded", partition.loaded()));
    each(node.putArray("indexes"), entry.indexes(), CatalogJson::write);
    return node;
  }

  static CollectionEntry collection(JsonNode node) {
    return new CollectionEntry(
        node.path("uuid").asText(),
        node.path("id").asLong(),
        node.path("database").asText(),
        schema(node.path("schema")),
        list(node.path("aliases"), JsonNode::asText),
        node.path("shards").asInt(),
        node.path("partitionCount").asInt(),
        Consistency.valueOf(node.path("consistency").asText()),
        map(node.path("properties")),
        node.path("createdAt").asLong(),
        node.path("schemaVersion").asLong(),
        list(
            node.path("partitions"),
            partition ->
                new PartitionEntry(
                    partition.path("name").asText(),
                    partition.path("id").asLong(),
                    partition.path("createdAt").asLong(),
                    partition.path("loaded").asBoolean())),
        list(node.path("indexes"), CatalogJson::index));
  }

  private static ObjectNode write(DatabaseEntry database) {
    var node = MAPPER.createObjectNode();
    node.put("name", database.name());
    node.put("id", database.id());
    node.put("createdAt", database.createdAt());
    node.set("properties", write(database.properties()));
    return node;
  }

  private static DatabaseEntry database(JsonNode node) {
    return new DatabaseEntry(
        node.path("name").asText(),
        node.path("id").asLong(),
        node.path("createdAt").asLong(),
        map(node.path("properties")));
  }

  private static ObjectNode write(IndexEntry index) {
    var node = MAPPER.createObjectNode();
    node.put("name", index.spec().name());
    node.put("field", index.spec().field());
    node.put("type", index.spec().type().name());
    index.spec().metric().ifPresent(metric -> node.put("metric", metric.name()));
    node.set("params", write(index.spec().params()));
    node.put("paused", index.paused());
    return node;
  }

  private static IndexEntry index(JsonNode node) {
    return new IndexEntry(
        new IndexSpec(
            node.path("name").asText(),
            node.path("field").asText(),
            new IndexType(node.path("type").asText()),
            optional(node.path("metric"), metric -> Metric.valueOf(metric.asText())),
            map(node.path("params"))),
        node.path("paused").asBoolean());
  }

  private static ObjectNode write(CollectionSchema schema) {
    var node = MAPPER.createObjectNode();
    node.put("name", schema.name());
    node.put("description", schema.description());
    node.put("dynamic", schema.dynamic());
    each(node.putArray("fields"), schema.fields(), CatalogJson::write);
    each(node.putArray("functions"), schema.functions(), CatalogJson::write);
    return node;
  }

  private static CollectionSchema schema(JsonNode node) {
    return new CollectionSchema(
        node.path("name").asText(),
        node.path("description").asText(),
        list(node.path("fields"), CatalogJson::field),
        list(node.path("functions"), CatalogJson::function),
        node.path("dynamic").asBoolean());
  }

  private static ObjectNode write(Field field) {
    var node = MAPPER.createObjectNode();
    node.put("name", field.name());
    node.put("type", field.type().name());
    field.elementType().ifPresent(type -> node.put("elementType", type.name()));
    node.put("description", field.description());
    node.put("primaryKey", field.primaryKey());
    node.put("autoId", field.autoId());
    node.put("partitionKey", field.partitionKey());
    node.put("clusteringKey", field.clusteringKey());
    node.put("nullable", field.nullable());
    node.put("functionOutput", field.functionOutput());
    field.defaultValue().ifPresent(value -> node.set("defaultValue", writeValue(value)));
    node.set("params", write(field.params()));
    return node;
  }

  private static Field field(JsonNode node) {
    return new Field(
        node.path("name").asText(),
        DataType.valueOf(node.path("type").asText()),
        optional(node.path("elementType"), type -> DataType.valueOf(type.asText())),
        node.path("description").asText(),
        node.path("primaryKey").asBoolean(),
        node.path("autoId").asBoolean(),
        node.path("partitionKey").asBoolean(),
        node.path("clusteringKey").asBoolean(),
        node.path("nullable").asBoolean(),
        node.path("functionOutput").asBoolean(),
        optional(node.path("defaultValue"), CatalogJson::value),
        map(node.path("params")));
  }

  private static ObjectNode writeValue(Object value) {
    var node = MAPPER.createObjectNode();
    switch (value) {
      case Boolean flag -> node.put("boolean", flag);
      case Integer number -> node.put("long", number.longValue());
      case Long number -> node.put("long", number);
      case Float number -> node.put("float", number);
      case Double number -> node.put("double", number);
      default -> node.put("string", value.toString());
    }
    return node;
  }

  private static Object value(JsonNode node) {
    if (node.has("boolean")) {
      return node.path("boolean").asBoolean();
    }
    if (node.has("long")) {
      return node.path("long").asLong();
    }
    if (node.has("float")) {
      return node.path("float").floatValue();
    }
    if (node.has("double")) {
      return node.path("double").asDouble();
    }
    return node.path("string").asText();
  }

  private static ObjectNode write(FieldFunction function) {
    var node = MAPPER.createObjectNode();
    node.put("name", function.name());
    node.put("type", function.type());
    node.put("description", function.description());
    each(node.putArray("inputs"), function.inputs(), MAPPER.getNodeFactory()::textNode);
    each(node.putArray("outputs"), function.outputs(), MAPPER.getNodeFactory()::textNode);
    node.set("params", write(function.params()));
    return node;
  }

  private static FieldFunction function(JsonNode node) {
    return new FieldFunction(
        node.path("name").asText(),
        node.path("type").asText(),
        node.path("description").asText(),
        list(node.path("inputs"), JsonNode::asText),
        list(node.path("outputs"), JsonNode::asText),
        map(node.path("params")));
  }

  private static ObjectNode write(Accounts accounts) {
    var node = MAPPER.createObjectNode();
    each(
        node.putArray("users"),
        accounts.users(),
        user -> {
          var one = MAPPER.createObjectNode();
          one.put("name", user.name());
          one.put("passwordHash", user.passwordHash());
          each(one.putArray("roles"), user.roles(), MAPPER.getNodeFactory()::textNode);
          return one;
        });
    each(node.putArray("roles"), accounts.roles(), MAPPER.getNodeFactory()::textNode);
    each(
        node.putArray("grants"),
        accounts.grants(),
        grant -> {
          var one = MAPPER.createObjectNode();
          one.put("role", grant.role());
          one.put("privilege", grant.privilege());
          one.put("database", grant.database());
          one.put("collection", grant.collection());
          grant.objectType().ifPresent(type -> one.put("objectType", type));
          grant.grantor().ifPresent(grantor -> one.put("grantor", grantor));
          return one;
        });
    each(
        node.putArray("groups"),
        accounts.groups(),
        group -> {
          var one = MAPPER.createObjectNode().put("name", group.name());
          each(one.putArray("privileges"), group.privileges(), MAPPER.getNodeFactory()::textNode);
          return one;
        });
    return node;
  }

  private static Accounts accounts(JsonNode node) {
    return new Accounts(
        list(
            node.path("users"),
            user ->
                new Accounts.UserEntry(
                    user.path("name").asText(),
                    user.path("passwordHash").asText(),
                    list(user.path("roles"), JsonNode::asText))),
        list(node.path("roles"), JsonNode::asText),
        list(
            node.path("grants"),
            grant ->
                new Grant(
                    grant.path("role").asText(),
                    grant.path("privilege").asText(),
                    grant.path("database").asText(),
                    grant.path("collection").asText(),
                    optional(grant.path("objectType"), JsonNode::asText),
                    optional(grant.path("grantor"), JsonNode::asText))),
        list(
            node.path("groups"),
            group ->
                new PrivilegeGroup(
                    group.path("name").asText(),
                    list(group.path("privileges"), JsonNode::asText))));
  }

  private static ObjectNode write(Map<String, String> map) {
    var node = MAPPER.createObjectNode();
    new TreeMap<>(map).forEach(node::put);
    return node;
  }

  private static Map<String, String> map(JsonNode node) {
    var map = new LinkedHashMap<String, String>();
    node.properties().forEach(member -> map.put(member.getKey(), member.getValue().asText()));
    return map;
  }

  private static <T> void each(ArrayNode array, List<T> all, Function<T, JsonNode> toNode) {
    all.forEach(one -> array.add(toNode.apply(one)));
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> fromNode) {
    var list = new ArrayList<T>();
    array.forEach(node -> list.add(fromNode.apply(node)));
    return list;
  }

  private static <T> Optional<T> optional(JsonNode node, Function<JsonNode, T> fromNode) {
    return node.isMissingNode() ? Optional.empty() : Optional.of(fromNode.apply(node));
  }
}
