package dev.aerie.local.catalog;

import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.Consistency;
import dev.aerie.engine.IndexRequest.IndexSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A collection as it is defined.
///
/// @param uuid its folder
/// @param partitionCount hashed into with a partition key, else 0
/// @param createdAt milliseconds since 1970
/// @param schemaVersion rises with every change of the schema
public record CollectionEntry(
    String uuid,
    long id,
    String database,
    CollectionSchema schema,
    List<String> aliases,
    int shards,
    int partitionCount,
    Consistency consistency,
    Map<String, String> properties,
    long createdAt,
    long schemaVersion,
    List<PartitionEntry> partitions,
    List<IndexEntry> indexes) {
  public CollectionEntry {
    aliases = List.copyOf(aliases);
    properties = Map.copyOf(properties);
    partitions = List.copyOf(partitions);
    indexes = List.copyOf(indexes);
  }

  public String name() {
    return schema.name();
  }

  /// The name in full, as messages have it.
  public String fullName() {
    return database + "." + name();
  }

  public Optional<PartitionEntry> partition(String wanted) {
    return partitions.stream().filter(partition -> partition.name().equals(wanted)).findFirst();
  }

  public Optional<IndexEntry> index(String wanted) {
    return indexes.stream().filter(index -> index.spec().name().equals(wanted)).findFirst();
  }

  public Optional<IndexEntry> indexOn(String field) {
    return indexes.stream().filter(index -> index.spec().field().equals(field)).findFirst();
  }

  public CollectionEntry withSchema(CollectionSchema next) {
    return new CollectionEntry(
        uuid,
        id,
        database,
        next,
        aliases,
        shards,
        partitionCount,
        consistency,
        properties,
        createdAt,
        schemaVersion + 1,
        partitions,
        indexes);
  }

  public CollectionEntry withAliases(List<String> next) {
    return new CollectionEntry(
        uuid,
        id,
        database,
        schema,
        next,
        shards,
        partitionCount,
        consistency,
        properties,
        createdAt,
        schemaVersion,
        partitions,
        indexes);
  }

  public CollectionEntry withProperties(Map<String, String> next) {
    return new CollectionEntry(
        uuid,
        id,
        database,
        schema,
        aliases,
        shards,
        partitionCount,
        consistency,
        next,
        createdAt,
        schemaVersion,
        partitions,
        indexes);
  }

  public CollectionEntry withPartitions(List<PartitionEntry> next) {
    return new CollectionEntry(
        uuid,
        id,
        database,
        schema,
        aliases,
        shards,
        partitionCount,
        consistency,
        properties,
        createdAt,
        schemaVersion,
        next,
        indexes);
  }

  public CollectionEntry withIndexes(List<IndexEntry> next) {
    return new CollectionEntry(
        uuid,
        id,
        database,
        schema,
        aliases,
        shards,
        partitionCount,
        consistency,
        properties,
        createdAt,
        schemaVersion,
        partitions,
        next);
  }

  /// With one index more, in the place of one on the same field.
  public CollectionEntry withIndex(IndexSpec spec, boolean paused) {
    var all = new ArrayList<IndexEntry>();
    for (var index : indexes) {
      if (!index.spec().field().equals(spec.field())) {
        all.add(index);
      }
    }
    all.add(new IndexEntry(spec, paused));
    return withIndexes(all);
  }

  /// Under another name, and with what a restore or a move to another database gives it.
  public CollectionEntry movedTo(
      String newUuid, long newId, String newDatabase, String newName, List<String> newAliases) {
    return new CollectionEntry(
        newUuid,
        newId,
        newDatabase,
        schema.withName(newName),
        newAliases,
        shards,
        partitionCount,
        consistency,
        properties,
        createdAt,
        schemaVersion + 1,
        partitions,
        indexes);
  }
}
