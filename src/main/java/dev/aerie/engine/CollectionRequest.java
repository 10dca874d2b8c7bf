package dev.aerie.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Collections: schema, properties, load state. Wherever a collection is named, an alias will do.
public sealed interface CollectionRequest<R> extends Request<R> {
  String database();

  @Override
  default Capability needs() {
    return Capability.COLLECTIONS;
  }

  @Override
  default boolean writes() {
    return true;
  }

  /// All collections of a database by name, cheaply.
  record ListAll(String database) implements CollectionRequest<List<CollectionSummary>> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  record Describe(String database, String collection) implements CollectionRequest<CollectionInfo> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  record Exists(String database, String collection) implements CollectionRequest<Boolean> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  /// @param shards 1…16; the embedded engine keeps the number and has one
  /// @param partitions with a partition key: how many to hash into; else 0
  /// @param properties such as `collection.ttl.seconds`, `mmap.enabled`
  record Create(
      String database,
      CollectionSchema schema,
      int shards,
      int partitions,
      Consistency consistency,
      Map<String, String> properties)
      implements CollectionRequest<Done> {
    public Create {
      properties = Map.copyOf(properties);
      if (shards < 1 || shards > 16) {
        throw new IllegalArgumentException("shards must be in [1, 16]; got " + shards);
      }
      if (partitions < 0 || partitions > 1024) {
        throw new IllegalArgumentException("partitions must be in [0, 1024]; got " + partitions);
      }
    }

    public Create(String database, CollectionSchema schema) {
      this(
          database,
          schema,
          1,
          schema.partitionKey().isPresent() ? 16 : 0,
          Consistency.BOUNDED,
          Map.of());
    }
  }

  record Drop(String database, String collection) implements CollectionRequest<Done> {}

  /// Renames, within the database or into another one.
  record Rename(String database, String collection, String newDatabase, String newName)
      implements CollectionRequest<Done> {
    public Rename {
      Field.requireName("collection", newName, false);
    }

    @Override
    public Capability needs() {
      return Capability.RENAME_COLLECTION;
    }
  }

  /// Sets and removes properties and, where given, the description.
  record Alter(
      String database,
      String collection,
      Map<String, String> set,
      Set<String> remove,
      Optional<String> description)
      implements CollectionRequest<Done> {
    public Alter {
      set = Map.copyOf(set);
      remove = Set.copyOf(remove);
    }

    @Override
    public Capability needs() {
      return Capability.ALTER_COLLECTION;
    }
  }

  /// Sets and removes parameters of a field: `max_length` upwards, `mmap.enabled`.
  record AlterField(
      String database, String collection, String field, Map<String, String> set, Set<String> remove)
      implements CollectionRequest<Done> {
    public AlterField {
      set = Map.copyOf(set);
      remove = Set.copyOf(remove);
    }

    @Override
    public Capability needs() {
      return Capability.ALTER_COLLECTION;
    }
  }

  /// Adds a field to a live collection; it must be nullable or have a default.
  record AddField(String database, String collection, Field field)
      implements CollectionRequest<Done> {
    public AddField {
      if (!field.nullable() && field.defaultValue().isEmpty()) {
        throw new IllegalArgumentException(
            "field \"%s\" must be nullable or have a default: the rows already there have no value for it"
                .formatted(field.name()));
      }
    }

    @Override
    public Capability needs() {
      return Capability.ADD_FIELD;
    }
  }

  /// Deletes all rows and keeps schema and indexes.
  record Truncate(String database, String collection) implements CollectionRequest<Done> {
    @Override
    public Capability needs() {
      return Capability.TRUNCATE;
    }
  }

  /// Counts that cost nothing: live rows and, apart, what is indexed, deleted and growing.
  record Statistics(String database, String collection)
      implements CollectionRequest<CollectionStatistics> {
    @Override
    public Capability needs() {
      return Capability.STATISTICS;
    }

    @Override
    public boolean writes() {
      return false;
    }
  }

  /// Loads for search and waits until it is loaded; progress in percent.
  ///
  /// @param fields to load; empty for all
  /// @param refresh load what came in since by import
  record Load(
      String database,
      String collection,
      int replicas,
      List<String> resourceGroups,
      List<String> fields,
      boolean refresh)
      implements CollectionRequest<Done> {
    public Load {
      resourceGroups = List.copyOf(resourceGroups);
      fields = List.copyOf(fields);
      if (replicas < 1) {
        throw new IllegalArgumentException("replicas must be at least 1; got " + replicas);
      }
    }

    public Load(String database, String collection) {
      this(database, collection, 1, List.of(), List.of(), false);
    }

    @Override
    public Capability needs() {
      return Capability.LOAD_RELEASE;
    }
  }

  record Release(String database, String collection) implements CollectionRequest<Done> {
    @Override
    public Capability needs() {
      return Capability.LOAD_RELEASE;
    }
  }

  record LoadState(String database, String collection) implements CollectionRequest<LoadStatus> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  /// @param rows live rows as far as known without counting
  /// @param createdAt milliseconds since 1970, 0 where the server does not say
  record CollectionSummary(
      String name, long id, long createdAt, LoadStatus load, OptionalLong rows) {}

  /// @param schemaVersion rises with every change of the schema; sent back with writes
  /// @param partitions hashed into with a partition key, else 0
  record CollectionInfo(
      String database,
      CollectionSchema schema,
      long id,
      List<String> aliases,
      int shards,
      int partitions,
      Consistency consistency,
      Map<String, String> properties,
      long createdAt,
      long schemaVersion,
      LoadStatus load) {
    public CollectionInfo {
      aliases = List.copyOf(aliases);
      properties = Map.copyOf(properties);
    }

    public String name() {
      return schema.name();
    }
  }

  /// @param rows live rows
  /// @param deletedRows still on disk
  /// @param growingRows in segments without their indexes
  /// @param diskBytes on disk, -1 where the server does not say
  record CollectionStatistics(
      long rows, long deletedRows, long growingRows, int segments, long diskBytes) {}

  /// @param percent loaded, 0…100
  record LoadStatus(State state, int percent) {
    public static final LoadStatus LOADED = new LoadStatus(State.LOADED, 100);

    /// How far a collection or partition is on its way into memory.
    public enum State {
      NOT_LOADED,
      LOADING,
      LOADED
    }

    public boolean isLoaded() {
      return state == State.LOADED;
    }
  }
}
