package dev.aerie.local;

import dev.aerie.engine.AliasRequest;
import dev.aerie.engine.AliasRequest.AliasInfo;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.CollectionRequest.CollectionSummary;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.DatabaseRequest.DatabaseInfo;
import dev.aerie.engine.Done;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.PartitionRequest;
import dev.aerie.engine.PartitionRequest.PartitionInfo;
import dev.aerie.local.catalog.Catalog;
import dev.aerie.local.catalog.CollectionEntry;
import dev.aerie.local.catalog.DatabaseEntry;
import dev.aerie.local.catalog.PartitionEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/// Answers requests about what is defined: databases, collections, partitions, aliases.
final class Definitions {
  private final LocalFolder folder;

  Definitions(LocalFolder folder) {
    this.folder = folder;
  }

  // Databases

  Object answer(DatabaseRequest<?> request) throws IOException {
    return switch (request) {
      case DatabaseRequest.ListAll _ ->
          folder.catalog().databases().stream()
              .sorted(
                  Comparator.comparing(
                          (DatabaseEntry one) -> !one.name().equals(DatabaseRequest.DEFAULT))
                      .thenComparing(DatabaseEntry::name))
              .map(Definitions::info)
              .toList();
      case DatabaseRequest.Describe(String name) -> info(requireDatabase(folder.catalog(), name));
      case DatabaseRequest.Create(String name, var properties) -> {
        folder.change(
            all -> {
              if (all.database(name).isPresent()) {
                throw exists("database", name);
              }
              var next = new ArrayList<>(all.databases());
              next.add(
                  new DatabaseEntry(name, all.nextId(), System.currentTimeMillis(), properties));
              return all.withDatabases(next).withNextId(all.nextId() + 1);
            });
        yield Done.DONE;
      }
      case DatabaseRequest.Drop(String name) -> {
        folder.change(all -> dropped(all, name));
        yield Done.DONE;
      }
      case DatabaseRequest.Alter(String name, var set, var remove) -> {
        folder.change(
            all -> {
              var old = requireDatabase(all, name);
              var changed =
                  new DatabaseEntry(
                      name, old.id(), old.createdAt(), altered(old.properties(), set, remove));
              return all.withDatabases(
                  all.databases().stream().map(one -> one.equals(old) ? changed : one).toList());
            });
        yield Done.DONE;
      }
    };
  }

  private static Catalog dropped(Catalog all, String name) {
    var old = requireDatabase(all, name);
    if (name.equals(DatabaseRequest.DEFAULT)) {
      throw new EngineException(
          ErrorCode.FAILED_PRECONDITION, "database \"default\" is always there");
    }
    var inside = all.collectionsOf(name);
    if (!inside.isEmpty()) {
      throw new EngineException(
          ErrorCode.FAILED_PRECONDITION,
          "database \"%s\" is not empty: it holds %s; drop them first"
              .formatted(name, inside.stream().map(CollectionEntry::name).toList()));
    }
    return all.withDatabases(all.databases().stream().filter(one -> !one.equals(old)).toList());
  }

  private static DatabaseEntry requireDatabase(Catalog all, String name) {
    return all.database(name)
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.DATABASE_NOT_FOUND,
                    "database not found[database=%s]".formatted(name)));
  }

  private static DatabaseInfo info(DatabaseEntry entry) {
    return new DatabaseInfo(entry.name(), entry.id(), entry.createdAt(), entry.properties());
  }

  // Collections

  Object answer(CollectionRequest<?> request) throws IOException {
    var database = request.database();
    switch (request) {
      case CollectionRequest.ListAll _ -> {
        folder.requireDatabase(database);
        List<CollectionSummary> all = new ArrayList<>();
        for (var entry : folder.catalog().collectionsOf(database)) {
          all.add(
              new CollectionSummary(
                  entry.name(),
                  entry.id(),
                  entry.createdAt(),
                  LocalCollection.loadStatus(entry),
                  OptionalLong.of(folder.of(entry).rows())));
        }
        all.sort(Comparator.comparing(CollectionSummary::name));
        return all;
      }
      case CollectionRequest.Describe(_, String name) -> {
        return info(folder.requireEntry(database, name));
      }
      case CollectionRequest.Exists(_, String name) -> {
        folder.requireDatabase(database);
        return folder.catalog().collection(database, name).isPresent();
      }
      case CollectionRequest.Create create -> create(create);
      case CollectionRequest.Drop(_, String name) -> {
        var entry = folder.requireEntry(database, name);
        if (!entry.name().equals(name)) {
          throw new EngineException(
              ErrorCode.FAILED_PRECONDITION,
              "\"%s\" is an alias of \"%s\"; drop the collection by its name"
                  .formatted(name, entry.name()));
        }
        folder.drop(entry);
      }
      case CollectionRequest.Rename(_, String name, String newDatabase, String newName) ->
          rename(database, name, newDatabase.isEmpty() ? database : newDatabase, newName);
      case CollectionRequest.Alter alter ->
          folder.change(
              folder.requireEntry(database, alter.collection()),
              entry -> {
                var next =
                    entry.withProperties(altered(entry.properties(), alter.set(), alter.remove()));
                requireProperties(next.properties());
                return alter
                    .description()
                    .map(text -> next.withSchema(next.schema().withDescription(text)))
                    .orElse(next);
              });
      case CollectionRequest.AlterField alter ->
          folder.change(
              folder.requireEntry(database, alter.collection()), entry -> altered(entry, alter));
      case CollectionRequest.AddField(_, String name, Field field) ->
          folder.change(folder.requireEntry(database, name), entry -> withField(entry, field));
      case CollectionRequest.Truncate(_, String name) -> folder.require(database, name).truncate();
      case CollectionRequest.Statistics(_, String name) -> {
        return folder.require(database, name).statistics();
      }
      case CollectionRequest.Load load ->
          setLoaded(folder.requireEntry(database, load.collection()), Set.of(), true);
      case CollectionRequest.Release(_, String name) ->
          setLoaded(folder.requireEntry(database, name), Set.of(), false);
      case CollectionRequest.LoadState(_, String name) -> {
        return LocalCollection.loadStatus(folder.requireEntry(database, name));
      }
    }
    return Done.DONE;
  }

  private void create(CollectionRequest.Create create) throws IOException {
    var schema = create.schema();
    folder.requireDatabase(create.database());
    requireProperties(create.properties());
    for (var field : schema.fields()) {
      requireStorable(field);
    }
    if (!schema.functions().isEmpty()) {
      throw new EngineException(
          ErrorCode.UNSUPPORTED,
          "function \"%s\": the embedded engine has no functions yet"
              .formatted(schema.functions().getFirst().name()));
    }
    folder.create(
        (all, uuid, firstId) -> {
          requireFree(all, create.database(), schema.name());
          long now = System.currentTimeMillis();
          List<PartitionEntry> partitions = new ArrayList<>();
          if (schema.partitionKey().isPresent()) {
            int count = create.partitions() == 0 ? 16 : create.partitions();
            for (int i = 0; i < count; i++) {
              partitions.add(
                  new PartitionEntry(
                      PartitionRequest.DEFAULT + "_" + i, firstId + 1 + i, now, false));
            }
          } else {
            partitions.add(new PartitionEntry(PartitionRequest.DEFAULT, firstId + 1, now, false));
          }
          return new CollectionEntry(
              uuid,
              firstId,
              create.database(),
              schema,
              List.of(),
              create.shards(),
              schema.partitionKey().isPresent() ? partitions.size() : 0,
              create.consistency(),
              create.properties(),
              now,
              1,
              partitions,
              List.of());
        });
  }

  private static void requireStorable(Field field) {
    boolean storable =
        switch (field.type()) {
          case GEOMETRY, TEXT, TIMESTAMPTZ, UNKNOWN -> false;
          case BOOL,
              INT8,
              INT16,
              INT32,
              INT64,
              FLOAT,
              DOUBLE,
              VARCHAR,
              ARRAY,
              JSON,
              BINARY_VECTOR,
              FLOAT_VECTOR,
              FLOAT16_VECTOR,
              BFLOAT16_VECTOR,
              SPARSE_FLOAT_VECTOR,
              INT8_VECTOR ->
              true;
        };
    if (!storable) {
      throw new EngineException(
          ErrorCode.UNSUPPORTED,
          "field \"%s\": the embedded engine does not store %s"
              .formatted(field.name(), field.typeName()));
    }
    if (field.defaultValue().isPresent()
        && (field.type() == DataType.JSON
            || field.type() == DataType.ARRAY
            || field.type().isVector()
            || field.primaryKey())) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "field \"%s\" (%s) cannot have a default value"
              .formatted(field.name(), field.typeName()));
    }
  }

  private void rename(String database, String name, String newDatabase, String newName)
      throws IOException {
    var found = folder.requireEntry(database, name);
    folder.requireDatabase(newDatabase);
    folder.change(
        found,
        entry -> {
          requireFree(folder.catalog(), newDatabase, newName);
          if (!newDatabase.equals(database) && !entry.aliases().isEmpty()) {
            throw new EngineException(
                ErrorCode.FAILED_PRECONDITION,
                "collection \"%s\" has the aliases %s; drop them before it moves to another database"
                    .formatted(name, entry.aliases()));
          }
          return entry.movedTo(entry.uuid(), entry.id(), newDatabase, newName, entry.aliases());
        });
  }

  private static CollectionEntry altered(
      CollectionEntry entry, CollectionRequest.AlterField alter) {
    var field = requireField(entry, alter.field());
    var params = altered(field.params(), alter.set(), alter.remove());
    for (var fixed : List.of("dim", "enable_analyzer", "enable_match", "analyzer_params")) {
      if (!Objects.equals(params.get(fixed), field.params().get(fixed))) {
        throw new EngineException(
            ErrorCode.INVALID_ARGUMENT,
            "%s of field \"%s\" cannot be changed: the rows are stored by it"
                .formatted(fixed, field.name()));
      }
    }
    var changed = withParams(field, params);
    if (changed.type() == DataType.VARCHAR && changed.maxLength() < field.maxLength()
        || changed.type() == DataType.ARRAY && changed.maxCapacity() < field.maxCapacity()) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "field \"%s\" can only be given more room: rows may use what it has"
              .formatted(field.name()));
    }
    return withFields(
        entry,
        entry.schema().fields().stream().map(one -> one.equals(field) ? changed : one).toList());
  }

  private static Field withParams(Field field, Map<String, String> params) {
    return new Field(
        field.name(),
        field.type(),
        field.elementType(),
        field.description(),
        field.primaryKey(),
        field.autoId(),
        field.partitionKey(),
        field.clusteringKey(),
        field.nullable(),
        field.functionOutput(),
        field.defaultValue(),
        params);
  }

  private static CollectionEntry withField(CollectionEntry entry, Field field) {
    requireStorable(field);
    if (field.primaryKey() || field.partitionKey()) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "field \"%s\" cannot be added as a key: the rows already there have none"
              .formatted(field.name()));
    }
    if (entry.schema().field(field.name()).isPresent()) {
      throw exists("field", field.name());
    }
    var fields = new ArrayList<>(entry.schema().fields());
    fields.add(field);
    return withFields(entry, fields);
  }

  private static CollectionEntry withFields(CollectionEntry entry, List<Field> fields) {
    var schema = entry.schema();
    return entry.withSchema(
        new CollectionSchema(
            schema.name(), schema.description(), fields, schema.functions(), schema.dynamic()));
  }

  private static Field requireField(CollectionEntry entry, String name) {
    return entry
        .schema()
        .field(name)
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.FIELD_NOT_FOUND,
                    "field %s not exist: collection \"%s\" has %s"
                        .formatted(
                            name,
                            entry.name(),
                            entry.schema().fields().stream().map(Field::name).toList())));
  }

  private CollectionInfo info(CollectionEntry entry) {
    return new CollectionInfo(
        entry.database(),
        entry.schema(),
        entry.id(),
        entry.aliases(),
        entry.shards(),
        entry.partitionCount(),
        entry.consistency(),
        entry.properties(),
        entry.createdAt(),
        entry.schemaVersion(),
        LocalCollection.loadStatus(entry));
  }

  /// @param partitions by name; empty for all
  private void setLoaded(CollectionEntry found, Set<String> partitions, boolean loaded)
      throws IOException {
    for (var name : partitions) {
      LocalCollection.requirePartition(found, name);
    }
    folder.change(
        found,
        entry ->
            entry.withPartitions(
                entry.partitions().stream()
                    .map(
                        one ->
                            partitions.isEmpty() || partitions.contains(one.name())
                                ? one.withLoaded(loaded)
                                : one)
                    .toList()));
  }

  private static void requireProperties(Map<String, String> properties) {
    var ttl = properties.get("collection.ttl.seconds");
    if (ttl == null || ttl.isBlank()) {
      return;
    }
    try {
      long seconds = Long.parseLong(ttl.strip());
      if (seconds >= 0 && seconds <= 1L << 32) {
        return;
      }
    } catch (NumberFormatException e) {
      // Told below, with the text.
    }
    throw new EngineException(
        ErrorCode.INVALID_ARGUMENT,
        "collection.ttl.seconds must be a number of seconds, 0 for ever; got \"%s\""
            .formatted(ttl));
  }

  // Partitions

  Object answer(PartitionRequest<?> request) throws IOException {
    var found = folder.requireEntry(request.database(), request.collection());
    switch (request) {
      case PartitionRequest.ListAll _ -> {
        List<PartitionInfo> all = new ArrayList<>();
        for (var partition : found.partitions()) {
          all.add(
              new PartitionInfo(
                  partition.name(),
                  partition.id(),
                  folder.of(found).rows(partition),
                  partition.createdAt(),
                  new CollectionRequest.LoadStatus(
                      partition.loaded()
                          ? CollectionRequest.LoadStatus.State.LOADED
                          : CollectionRequest.LoadStatus.State.NOT_LOADED,
                      partition.loaded() ? 100 : 0)));
        }
        return all;
      }
      case PartitionRequest.Create(_, _, String name) -> {
        requireFreePartitions(found);
        folder.change(
            all -> {
              var entry = all.collection(found.uuid()).orElseThrow();
              if (entry.partition(name).isPresent()) {
                throw exists("partition", name);
              }
              var next = new ArrayList<>(entry.partitions());
              boolean loaded = entry.partitions().stream().allMatch(PartitionEntry::loaded);
              next.add(new PartitionEntry(name, all.nextId(), System.currentTimeMillis(), loaded));
              return all.with(entry.withPartitions(next)).withNextId(all.nextId() + 1);
            });
        folder.change(found, entry -> entry);
      }
      case PartitionRequest.Drop(_, _, String name) -> {
        requireFreePartitions(found);
        var partition = LocalCollection.requirePartition(found, name);
        if (name.equals(PartitionRequest.DEFAULT)) {
          throw new EngineException(
              ErrorCode.FAILED_PRECONDITION, "partition \"_default\" is always there");
        }
        folder.change(
            found,
            entry ->
                entry.withPartitions(
                    entry.partitions().stream().filter(one -> !one.name().equals(name)).toList()));
        folder.of(found).dropPartition(partition);
      }
      case PartitionRequest.Load(_, _, var names) -> setLoaded(found, Set.copyOf(names), true);
      case PartitionRequest.Release(_, _, var names) -> setLoaded(found, Set.copyOf(names), false);
    }
    return Done.DONE;
  }

  private static void requireFreePartitions(CollectionEntry entry) {
    if (entry.schema().partitionKey().isPresent()) {
      throw new EngineException(
          ErrorCode.FAILED_PRECONDITION,
          "collection \"%s\" spreads its rows by \"%s\"; its partitions cannot be changed"
              .formatted(entry.name(), entry.schema().partitionKey().get().name()));
    }
  }

  // Aliases

  Object answer(AliasRequest<?> request) throws IOException {
    var database = request.database();
    switch (request) {
      case AliasRequest.ListAll(_, var name) -> {
        folder.requireDatabase(database);
        var entries =
            name.isPresent()
                ? List.of(folder.requireEntry(database, name.get()))
                : folder.catalog().collectionsOf(database);
        return entries.stream()
            .flatMap(entry -> entry.aliases().stream().map(one -> new AliasInfo(one, entry.name())))
            .sorted(Comparator.comparing(AliasInfo::alias))
            .toList();
      }
      case AliasRequest.Describe(_, String alias) -> {
        return new AliasInfo(alias, requireAlias(folder.catalog(), database, alias).name());
      }
      case AliasRequest.Create(_, String alias, String collection) -> {
        var found = folder.requireEntry(database, collection);
        requireFree(folder.catalog(), database, alias);
        folder.change(found, entry -> entry.withAliases(plus(entry.aliases(), alias)));
      }
      case AliasRequest.Alter(_, String alias, String collection) -> {
        var target = folder.requireEntry(database, collection);
        var source = requireAlias(folder.catalog(), database, alias);
        folder.change(
            all -> {
              var from = all.collection(source.uuid()).orElseThrow();
              var moved = all.with(from.withAliases(minus(from.aliases(), alias)));
              var to = moved.collection(target.uuid()).orElseThrow();
              return moved.with(to.withAliases(plus(to.aliases(), alias)));
            });
        folder.change(source, entry -> entry);
        folder.change(target, entry -> entry);
      }
      case AliasRequest.Drop(_, String alias) ->
          folder.change(
              requireAlias(folder.catalog(), database, alias),
              entry -> entry.withAliases(minus(entry.aliases(), alias)));
    }
    return Done.DONE;
  }

  private CollectionEntry requireAlias(Catalog all, String database, String alias) {
    folder.requireDatabase(database);
    return all.collectionsOf(database).stream()
        .filter(entry -> entry.aliases().contains(alias))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.ALIAS_NOT_FOUND,
                    "alias not found[database=%s][alias=%s]".formatted(database, alias)));
  }

  private static List<String> plus(List<String> all, String one) {
    var next = new ArrayList<>(all);
    if (!next.contains(one)) {
      next.add(one);
    }
    return next;
  }

  private static List<String> minus(List<String> all, String one) {
    return all.stream().filter(other -> !other.equals(one)).toList();
  }

  private static void requireFree(Catalog all, String database, String name) {
    var taken = all.collection(database, name);
    if (taken.isPresent()) {
      throw new EngineException(
          ErrorCode.ALREADY_EXISTS,
          taken.get().name().equals(name)
              ? "collection \"%s\" already exists in database \"%s\"".formatted(name, database)
              : "\"%s\" already exists in database \"%s\" as an alias of \"%s\""
                  .formatted(name, database, taken.get().name()));
    }
  }

  private static Map<String, String> altered(
      Map<String, String> old, Map<String, String> set, Set<String> remove) {
    var next = new HashMap<>(old);
    next.putAll(set);
    next.keySet().removeAll(remove);
    return next;
  }

  private static EngineException exists(String what, String name) {
    return new EngineException(
        ErrorCode.ALREADY_EXISTS, "%s \"%s\" already exists".formatted(what, name));
  }
}
