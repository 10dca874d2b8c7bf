package dev.aerie.service.journal;

import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Requests as code: for pymilvus' `MilvusClient`, for the Node SDK, and for Java as calls of the
/// server's REST interface, since Java has no literals for maps of mixed values.
public final class CodeCopy {
  private final String uri;

  /// @param uri where the code connects, such as `http://localhost:19530`
  public CodeCopy(String uri) {
    this.uri = uri;
  }

  /// One request as a program that runs; empty where clients have no such call.
  public Optional<String> program(Request<?> request, Language language) {
    return script(List.of(request), language);
  }

  /// Requests in order as one program; those no client has are left out. Empty where none is left.
  public Optional<String> script(List<? extends Request<?>> requests, Language language) {
    var calls = new ArrayList<String>();
    for (var request : requests) {
      Calls.of(request)
          .ifPresent(call -> calls.add(statement(call, Calls.database(request), language)));
    }
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(head(language) + String.join("\n", calls) + foot(language));
  }

  private String head(Language language) {
    return switch (language) {
      case PYTHON ->
          """
          from pymilvus import MilvusClient

          client = MilvusClient(uri="%s")

          """
              .formatted(uri);
      case JAVA ->
          """
          import java.net.URI;
          import java.net.http.HttpClient;
          import java.net.http.HttpRequest;
          import java.net.http.HttpResponse.BodyHandlers;

          void main() throws Exception {
            var client = HttpClient.newHttpClient();
          """;
      case NODE ->
          """
          import { MilvusClient } from "@zilliz/milvus2-sdk-node";

          const client = new MilvusClient({ address: "%s" });

          """
              .formatted(uri);
    };
  }

  private static String foot(Language language) {
    return language == Language.JAVA ? "\n}\n" : "\n";
  }

  private String statement(Call call, String database, Language language) {
    return switch (language) {
      case PYTHON -> python(call, database);
      case JAVA -> java(call, database);
      case NODE -> node(call, database);
    };
  }

  private static String python(Call call, String database) {
    var use =
        database.equals(DatabaseRequest.DEFAULT)
            ? ""
            : "client.use_database(%s)\n".formatted(text(database));
    if (call.method().equals("create_collection")) {
      return use + pythonCreate(call);
    }
    if (call.method().equals("create_index")) {
      return use + pythonIndex(call);
    }
    return use
        + "print(client.%s(%s))"
            .formatted(
                call.method(),
                call.arguments().entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + literal(entry.getValue(), true))
                    .collect(Collectors.joining(", ")));
  }

  /// pymilvus takes a schema as an object built field by field.
  private static String pythonCreate(Call call) {
    var lines = new ArrayList<String>();
    var schema = map(call.arguments().get("schema"));
    lines.add("from pymilvus import DataType");
    lines.add(
        "schema = client.create_schema(enable_dynamic_field=%s)"
            .formatted(literal(schema.get("enable_dynamic_field"), true)));
    if (schema.get("fields") instanceof List<?> fields) {
      for (var field : fields) {
        var arguments = new ArrayList<String>();
        map(field)
            .forEach(
                (name, value) ->
                    arguments.add(
                        switch (name) {
                          case "name" -> "field_name=" + literal(value, true);
                          case "type" -> "datatype=DataType." + value;
                          case "element_type" -> "element_type=DataType." + value;
                          default ->
                              name.contains(".")
                                  ? "**{%s: %s}".formatted(text(name), literal(value, true))
                                  : name + "=" + literal(value, true);
                        }));
        lines.add("schema.add_field(%s)".formatted(String.join(", ", arguments)));
      }
    }
    var properties =
        call.arguments().containsKey("properties")
            ? ", properties=" + literal(call.arguments().get("properties"), true)
            : "";
    lines.add(
        "client.create_collection(collection_name=%s, schema=schema%s)"
            .formatted(literal(call.arguments().get("collection_name"), true), properties));
    return String.join("\n", lines);
  }

  private static String pythonIndex(Call call) {
    var lines = new ArrayList<String>();
    lines.add("index_params = client.prepare_index_params()");
    if (call.arguments().get("index_params") instanceof List<?> indexes) {
      for (var index : indexes) {
        lines.add(
            "index_params.add_index(%s)"
                .formatted(
                    map(index).entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + literal(entry.getValue(), true))
                        .collect(Collectors.joining(", "))));
      }
    }
    lines.add(
        "client.create_index(collection_name=%s, index_params=index_params)"
            .formatted(literal(call.arguments().get("collection_name"), true)));
    return String.join("\n", lines);
  }

  private static String node(Call call, String database) {
    var arguments = new ArrayList<String>();
    if (!database.equals(DatabaseRequest.DEFAULT)) {
      arguments.add("db_name: " + text(database));
    }
    call.arguments()
        .forEach(
            (name, value) -> {
              if (name.equals("search_params")) {
                arguments.add("params: " + literal(map(value).get("params"), false));
              } else if (name.equals("schema")) {
                arguments.add("fields: " + nodeFields(map(value)));
                arguments.add(
                    "enable_dynamic_field: "
                        + literal(map(value).get("enable_dynamic_field"), false));
              } else if (name.equals("index_params")
                  && value instanceof List<?> list
                  && !list.isEmpty()) {
                map(list.getFirst())
                    .forEach((key, one) -> arguments.add(key + ": " + literal(one, false)));
              } else {
                arguments.add(nodeName(name) + ": " + literal(value, false));
              }
            });
    return "console.log(await client.%s({ %s }));"
        .formatted(camel(call.method()), String.join(", ", arguments));
  }

  private static String nodeFields(Map<String, Object> schema) {
    var fields = new ArrayList<String>();
    if (schema.get("fields") instanceof List<?> list) {
      for (var field : list) {
        fields.add(
            map(field).entrySet().stream()
                .map(
                    entry ->
                        switch (entry.getKey()) {
                          case "type" -> "data_type: " + literal(entry.getValue(), false);
                          case "is_primary" ->
                              "is_primary_key: " + literal(entry.getValue(), false);
                          case "auto_id" -> "autoID: " + literal(entry.getValue(), false);
                          default ->
                              (entry.getKey().contains(".") ? text(entry.getKey()) : entry.getKey())
                                  + ": "
                                  + literal(entry.getValue(), false);
                        })
                .collect(Collectors.joining(", ", "{ ", " }")));
      }
    }
    return "[" + String.join(", ", fields) + "]";
  }

  private static String nodeName(String python) {
    return switch (python) {
      case "filter_params" -> "exprValues";
      default -> python;
    };
  }

  private static String camel(String name) {
    var words = name.split("_");
    var method = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      method
          .append(words[i].substring(0, 1).toUpperCase(Locale.ROOT))
          .append(words[i].substring(1));
    }
    return switch (method.toString()) {
      case "getCollectionStats" -> "getCollectionStatistics";
      case "listCollections" -> "showCollections";
      default -> method.toString();
    };
  }

  private String java(Call call, String database) {
    var body = new java.util.LinkedHashMap<String, Object>();
    if (!database.equals(DatabaseRequest.DEFAULT)) {
      body.put("dbName", database);
    }
    call.arguments().forEach((name, value) -> body.put(restName(name), restValue(name, value)));
    var json = literal(body, false);
    return """
          var body = \"""
              %s
              \""";
          var request =
              HttpRequest.newBuilder(URI.create("%s/v2/vectordb/%s"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build();
          System.out.println(client.send(request, BodyHandlers.ofString()).body());"""
        .formatted(json.replace("\\", "\\\\"), uri, restPath(call.method()))
        .indent(2)
        .stripTrailing();
  }

  private static String restPath(String method) {
    return switch (method) {
      case "insert", "upsert", "delete", "query", "get", "search" -> "entities/" + method;
      case "list_databases" -> "databases/list";
      case "create_database" -> "databases/create";
      case "drop_database" -> "databases/drop";
      case "list_collections" -> "collections/list";
      case "describe_collection" -> "collections/describe";
      case "has_collection" -> "collections/has";
      case "create_collection" -> "collections/create";
      case "drop_collection" -> "collections/drop";
      case "rename_collection" -> "collections/rename";
      case "get_collection_stats" -> "collections/get_stats";
      case "load_collection" -> "collections/load";
      case "release_collection" -> "collections/release";
      case "get_load_state" -> "collections/get_load_state";
      case "list_partitions" -> "partitions/list";
      case "create_partition" -> "partitions/create";
      case "drop_partition" -> "partitions/drop";
      case "create_alias" -> "aliases/create";
      case "alter_alias" -> "aliases/alter";
      case "drop_alias" -> "aliases/drop";
      case "create_index" -> "indexes/create";
      case "drop_index" -> "indexes/drop";
      case "list_indexes" -> "indexes/list";
      default -> "collections/" + method;
    };
  }

  private static String restName(String python) {
    return switch (python) {
      case "ids" -> "id";
      case "alias" -> "aliasName";
      case "old_name" -> "collectionName";
      case "new_name" -> "newCollectionName";
      case "filter_params" -> "exprParams";
      default -> {
        var words = python.split("_");
        var name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
          name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT))
              .append(words[i].substring(1));
        }
        yield name.toString();
      }
    };
  }

  private static Object restValue(String name, Object value) {
    if (name.equals("schema")) {
      var fields = new ArrayList<Object>();
      if (map(value).get("fields") instanceof List<?> list) {
        list.forEach(field -> fields.add(restField(map(field))));
      }
      return Map.of("fields", fields);
    }
    if (name.equals("index_params") && value instanceof List<?> list) {
      return list.stream().map(index -> restKeys(map(index))).toList();
    }
    return value;
  }

  private static Map<String, Object> restField(Map<String, Object> field) {
    var rest = new java.util.LinkedHashMap<String, Object>();
    var params = new java.util.LinkedHashMap<String, Object>();
    field.forEach(
        (name, value) -> {
          switch (name) {
            case "name" -> rest.put("fieldName", value);
            case "type" -> rest.put("dataType", title(String.valueOf(value)));
            case "element_type" -> rest.put("elementDataType", title(String.valueOf(value)));
            case "is_primary" -> rest.put("isPrimary", value);
            case "auto_id" -> rest.put("autoID", value);
            case "nullable" -> rest.put("nullable", value);
            case "is_partition_key" -> rest.put("isPartitionKey", value);
            default -> params.put(name, value);
          }
        });
    if (!params.isEmpty()) {
      rest.put("elementTypeParams", params);
    }
    return rest;
  }

  private static Map<String, Object> restKeys(Map<String, Object> map) {
    var rest = new java.util.LinkedHashMap<String, Object>();
    map.forEach((name, value) -> rest.put(restName(name), value));
    return rest;
  }

  /// `FLOAT_VECTOR` as REST has it: `FloatVector`.
  private static String title(String type) {
    var name = new StringBuilder();
    for (var word : type.split("_")) {
      name.append(word.substring(0, 1)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString().replace("Varchar", "VarChar").replace("Bfloat16", "BFloat16");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /// A value in Python or in JSON, which is a value in JavaScript too.
  private static String literal(@Nullable Object value, boolean python) {
    return switch (value) {
      case null -> python ? "None" : "null";
      case Boolean flag -> python ? (flag ? "True" : "False") : flag.toString();
      case Number number -> number.toString();
      case Call.Raw(var raw) -> raw;
      case float[] vector -> {
        var numbers = new ArrayList<String>();
        for (float component : vector) {
          numbers.add(Float.toString(component));
        }
        yield "[" + String.join(", ", numbers) + "]";
      }
      case List<?> list ->
          list.stream()
              .map(element -> literal(element, python))
              .collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(
                  entry ->
                      (entry.getKey() instanceof Number && python
                              ? entry.getKey().toString()
                              : text(String.valueOf(entry.getKey())))
                          + ": "
                          + literal(entry.getValue(), python))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> text(value.toString());
    };
  }

  private static String text(String value) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
