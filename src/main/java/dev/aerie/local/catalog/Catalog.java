package dev.aerie.local.catalog;

import dev.aerie.engine.DatabaseRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything a folder defines, as one value.
///
/// @param generation rises by one with every change
/// @param nextId given to the next database, collection or partition
public record Catalog(
    long generation,
    long nextId,
    List<DatabaseEntry> databases,
    List<CollectionEntry> collections,
    Accounts accounts) {
  /// The first id given to anything but the default database.
  private static final long FIRST_ID = 100;

  public Catalog {
    databases = List.copyOf(databases);
    collections = List.copyOf(collections);
  }

  /// The catalog of a new folder.
  public static Catalog empty(long now) {
    return new Catalog(
        0,
        FIRST_ID,
        List.of(new DatabaseEntry(DatabaseRequest.DEFAULT, 1, now, Map.of())),
        List.of(),
        Accounts.NONE);
  }

  public Optional<DatabaseEntry> database(String name) {
    return databases.stream().filter(database -> database.name().equals(name)).findFirst();
  }

  /// The collection of a name or an alias.
  public Optional<CollectionEntry> collection(String database, String nameOrAlias) {
    return collections.stream()
        .filter(entry -> entry.database().equals(database))
        .filter(entry -> entry.name().equals(nameOrAlias) || entry.aliases().contains(nameOrAlias))
        .findFirst();
  }

  public Optional<CollectionEntry> collection(String uuid) {
    return collections.stream().filter(entry -> entry.uuid().equals(uuid)).findFirst();
  }

  public List<CollectionEntry> collectionsOf(String database) {
    return collections.stream().filter(entry -> entry.database().equals(database)).toList();
  }

  public Catalog withDatabases(List<DatabaseEntry> next) {
    return new Catalog(generation, nextId, next, collections, accounts);
  }

  public Catalog withCollections(List<CollectionEntry> next) {
    return new Catalog(generation, nextId, databases, next, accounts);
  }

  public Catalog withAccounts(Accounts next) {
    return new Catalog(generation, nextId, databases, collections, next);
  }

  /// With ids up to here taken.
  public Catalog withNextId(long next) {
    return new Catalog(generation, next, databases, collections, accounts);
  }

  /// With a collection in the place of the one in the same folder, or as a new one.
  public Catalog with(CollectionEntry entry) {
    var all = new ArrayList<CollectionEntry>();
    boolean replaced = false;
    for (var old : collections) {
      boolean same = old.uuid().equals(entry.uuid());
      all.add(same ? entry : old);
      replaced |= same;
    }
    if (!replaced) {
      all.add(entry);
    }
    return withCollections(all);
  }

  public Catalog without(CollectionEntry entry) {
    return withCollections(
        collections.stream().filter(old -> !old.uuid().equals(entry.uuid())).toList());
  }

  Catalog next() {
    return new Catalog(generation + 1, nextId, databases, collections, accounts);
  }
}
