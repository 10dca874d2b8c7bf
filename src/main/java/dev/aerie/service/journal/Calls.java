package dev.aerie.service.journal;

import dev.aerie.engine.AliasRequest;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Embedding;
import dev.aerie.engine.Field;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.PartitionRequest;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.Request;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.SearchRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a Milvus client would call for a request of ours.
final class Calls {
  private Calls() {}

  /// Empty where no client has such a call.
  static Optional<Call> of(Request<?> request) {
    return Optional.ofNullable(call(request));
  }

  /// The database a request speaks of, where it is of one.
  static String database(Request<?> request) {
    return switch (request) {
      case CollectionRequest<?> in -> in.database();
      case PartitionRequest<?> in -> in.database();
      case AliasRequest<?> in -> in.database();
      case IndexRequest<?> in -> in.database();
      case RowRequest<?> in -> in.database();
      case QueryRequest<?> in -> in.database();
      case SearchRequest<?> in -> in.database();
      default -> DatabaseRequest.DEFAULT;
    };
  }

  private static @org.jspecify.annotations.Nullable Call call(Request<?> request) {
    return switch (request) {
      case DatabaseRequest.ListAll() -> Call.of("list_databases");
      case DatabaseRequest.Create(var database, var properties) ->
          Call.of("create_database", "db_name", database).with("properties", properties);
      case DatabaseRequest.Drop(var database) -> Call.of("drop_database", "db_name", database);
      case CollectionRequest.ListAll all -> Call.of("list_collections");
      case CollectionRequest.Describe(var database, var name) ->
          Call.of("describe_collection", "collection_name", name);
      case CollectionRequest.Exists(var database, var name) ->
          Call.of("has_collection", "collection_name", name);
      case CollectionRequest.Create create -> create(create);
      case CollectionRequest.Drop(var database, var name) ->
          Call.of("drop_collection", "collection_name", name);
      case CollectionRequest.Rename rename ->
          Call.of(
              "rename_collection", "old_name", rename.collection(), "new_name", rename.newName());
      case CollectionRequest.Statistics(var database, var name) ->
          Call.of("get_collection_stats", "collection_name", name);
      case CollectionRequest.Load load ->
          Call.of("load_collection", "collection_name", load.collection());
      case CollectionRequest.Release(var database, var name) ->
          Call.of("release_collection", "collection_name", name);
      case CollectionRequest.LoadState(var database, var name) ->
          Call.of("get_load_state", "collection_name", name);
      case PartitionRequest.ListAll(var database, var name) ->
          Call.of("list_partitions", "collection_name", name);
      case PartitionRequest.Create(var database, var name, var partition) ->
          Call.of("create_partition", "collection_name", name, "partition_name", partition);
      case PartitionRequest.Drop(var database, var name, var partition) ->
          Call.of("drop_partition", "collection_name", name, "partition_name", partition);
      case AliasRequest.Create(var database, var alias, var name) ->
          Call.of("create_alias", "collection_name", name, "alias", alias);
      case AliasRequest.Alter(var database, var alias, var name) ->
          Call.of("alter_alias", "collection_name", name, "alias", alias);
      case AliasRequest.Drop(var database, var alias) -> Call.of("drop_alias", "alias", alias);
      case IndexRequest.Create(var database, var name, var index) -> index(name, index);
      case IndexRequest.Drop(var database, var name, var index) ->
          Call.of("drop_index", "collection_name", name, "index_name", index);
      case IndexRequest.Describe describe ->
          Call.of("list_indexes", "collection_name", describe.collection());
      case RowRequest.Insert insert ->
          Call.of("insert", "collection_name", insert.collection(), "data", rows(insert.rows()))
              .with("partition_name", insert.partition().orElse(""));
      case RowRequest.Upsert upsert ->
          Call.of("upsert", "collection_name", upsert.collection(), "data", rows(upsert.rows()))
              .with("partition_name", upsert.partition().orElse(""));
      case RowRequest.Delete delete ->
          Call.of(
                  "delete",
                  "collection_name",
                  delete.collection(),
                  "filter",
                  delete.filter().expression())
              .with("filter_params", delete.filter().values());
      case QueryRequest.Query query ->
          scoped(
              Call.of("query", "collection_name", query.collection()),
              query.scope(),
              query.limit(),
              query.offset());
      case QueryRequest.Get(var database, var name, var ids, var fields) ->
          Call.of("get", "collection_name", name, "ids", ids).with("output_fields", fields);
      case QueryRequest.Count count ->
          Call.of(
                  "query",
                  "collection_name",
                  count.collection(),
                  "filter",
                  count.scope().filter().expression(),
                  "output_fields",
                  List.of("count(*)"))
              .with("filter_params", count.scope().filter().values());
      case SearchRequest.Search search -> search(search);
      case MaintenanceRequest.Flush(var database, var names) when names.size() == 1 ->
          Call.of("flush", "collection_name", names.getFirst());
      case MaintenanceRequest.Compact compact ->
          Call.of("compact", "collection_name", compact.collection());
      default -> null;
    };
  }

  private static Call create(CollectionRequest.Create create) {
    return Call.of(
            "create_collection",
            "collection_name",
            create.schema().name(),
            "schema",
            schema(create.schema()))
        .with("properties", new TreeMap<>(create.properties()));
  }

  /// A schema as the map that every client can be given or reads easily.
  private static Map<String, Object> schema(CollectionSchema schema) {
    var fields = new ArrayList<Object>();
    for (var field : schema.fields()) {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("name", field.name());
      entry.put("type", field.type().name());
      field.elementType().ifPresent(type -> entry.put("element_type", type.name()));
      if (field.primaryKey()) {
        entry.put("is_primary", true);
        entry.put("auto_id", field.autoId());
      }
      if (field.nullable()) {
        entry.put("nullable", true);
      }
      if (field.partitionKey()) {
        entry.put("is_partition_key", true);
      }
      entry.putAll(params(field));
      fields.add(entry);
    }
    var map = new LinkedHashMap<String, Object>();
    map.put("enable_dynamic_field", schema.dynamic());
    map.put("fields", fields);
    return map;
  }

  private static Map<String, Object> params(Field field) {
    var params = new TreeMap<String, Object>();
    field.params().forEach((key, value) -> params.put(key, number(value)));
    return params;
  }

  private static Call index(String collection, IndexRequest.IndexSpec index) {
    var params = new LinkedHashMap<String, Object>();
    params.put("field_name", index.field());
    params.put("index_name", index.name());
    params.put("index_type", index.type().name());
    index.metric().ifPresent(metric -> params.put("metric_type", metric.name()));
    if (!index.params().isEmpty()) {
      params.put("params", numbers(index.params()));
    }
    return Call.of("create_index", "collection_name", collection, "index_params", List.of(params));
  }

  private static Call search(SearchRequest.Search search) {
    var plan = search.plan();
    Object data =
        switch (plan.target()) {
          case SearchRequest.Target.Vectors(var vectors) ->
              vectors.stream().map(Calls::vector).toList();
          case SearchRequest.Target.Rows(var ids) -> ids;
        };
    boolean byRow = plan.target() instanceof SearchRequest.Target.Rows;
    var call =
        Call.of(
            "search",
            "collection_name",
            search.collection(),
            "anns_field",
            plan.field(),
            byRow ? "ids" : "data",
            data);
    var scoped = scoped(call, plan.scope(), plan.limit(), plan.offset());
    var params = new LinkedHashMap<String, Object>();
    if (!plan.params().isEmpty()) {
      params.put("params", numbers(plan.params()));
    }
    var grouped =
        plan.grouping()
            .map(
                grouping ->
                    scoped
                        .with("group_by_field", grouping.field())
                        .with("group_size", grouping.size()))
            .orElse(scoped);
    return grouped.with("search_params", params);
  }

  private static Call scoped(Call call, QueryRequest.Scope scope, int limit, int offset) {
    var scoped =
        call.with("filter", scope.filter().expression())
            .with("filter_params", scope.filter().values())
            .with("partition_names", scope.partitions())
            .with("output_fields", scope.outputFields())
            .with("limit", limit);
    return (offset == 0 ? scoped : scoped.with("offset", offset))
        .with("consistency_level", title(scope.consistency().name()));
  }

  private static Object vector(Embedding embedding) {
    return switch (embedding) {
      case Embedding.Dense dense -> dense.toArray();
      case Embedding.Packed packed ->
          new Call.Raw("... %d bytes ...".formatted(packed.toArray().length));
      case Embedding.Sparse sparse -> {
        var map = new LinkedHashMap<Object, Object>();
        for (int i = 0; i < sparse.vector().size(); i++) {
          map.put(Integer.toUnsignedLong(sparse.vector().index(i)), sparse.vector().value(i));
        }
        yield map;
      }
      case Embedding.Text text -> text.text();
    };
  }

  /// Few rows whole, many as a name for what a person has to provide.
  private static Object rows(ColumnBatch batch) {
    if (batch.size() > 3) {
      return new Call.Raw("rows");
    }
    var rows = new ArrayList<Object>();
    for (int row = 0; row < batch.size(); row++) {
      var values = new LinkedHashMap<String, Object>();
      int at = row;
      batch.columns().forEach(c -> c.value(at).ifPresent(value -> values.put(c.name(), value)));
      rows.add(values);
    }
    return rows;
  }

  private static Map<String, Object> numbers(Map<String, String> params) {
    var numbers = new TreeMap<String, Object>();
    params.forEach((key, value) -> numbers.put(key, number(value)));
    return numbers;
  }

  private static Object number(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException notWhole) {
      try {
        return Double.valueOf(text);
      } catch (NumberFormatException notANumber) {
        return text;
      }
    }
  }

  private static String title(String name) {
    return name.substring(0, 1) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
  }
}
