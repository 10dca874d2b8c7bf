package dev.aerie.local;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.local.catalog.Catalog;
import dev.aerie.local.catalog.CatalogStore;
import dev.aerie.local.catalog.CollectionEntry;
import dev.aerie.local.catalog.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// A data folder, owned and open: its catalog and its collections.
///
/// ```
/// LOCK  FORMAT  catalog/catalog-<generation>.json
/// data/<uuid>/index  data/<uuid>/wal
/// trash/<uuid>
/// ```
///
/// FORMAT is `format 1` and names what may read the folder. A folder below `data` that the catalog
/// does not know is what a crash left of a collection that was being made or dropped; it goes to
/// `trash`, which is emptied at every start.
final class LocalFolder implements AutoCloseable {
  private static final String FORMAT = "FORMAT";
  private static final String VERSION = "format 1";

  private final Path folder;
  private final LocalOptions options;
  private final FolderLock lock;
  private final CatalogStore catalog;
  private final HybridClock clock = new HybridClock(System::currentTimeMillis);
  private final ExecutorService builders;
  private final IndexJobs jobs;
  private final Map<String, LocalCollection> open = new ConcurrentHashMap<>();
  private final ReentrantLock changes = new ReentrantLock();
  private volatile boolean closed;

  private LocalFolder(
      Path folder,
      LocalOptions options,
      FolderLock lock,
      CatalogStore catalog,
      IndexJobs jobs,
      ExecutorService builders) {
    this.folder = folder;
    this.options = options;
    this.lock = lock;
    this.catalog = catalog;
    this.jobs = jobs;
    this.builders = builders;
  }

  static LocalFolder open(
      Path folder, LocalOptions options, ExecutorService jobs, ExecutorService builders)
      throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new EngineException(
          ErrorCode.FAILED_PRECONDITION,
          "\"%s\" is a file; a data folder is needed".formatted(folder));
    }
    requireDataFolder(folder);
    Files.createDirectories(folder);
    var lock = FolderLock.take(folder);
    try {
      var catalog = openCatalog(folder);
      var opened = new LocalFolder(folder, options, lock, catalog, new IndexJobs(jobs), builders);
      opened.start();
      return opened;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// A folder with things in it that are not ours is left alone.
  private static void requireDataFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder) || Files.exists(folder.resolve(FORMAT))) {
      return;
    }
    try (var listing = Files.list(folder)) {
      var other =
          listing
              .map(path -> path.getFileName().toString())
              .filter(name -> !List.of("LOCK", "catalog", "data", "FORMAT.tmp").contains(name))
              .findFirst();
      if (other.isPresent()) {
        throw new EngineException(
            ErrorCode.FAILED_PRECONDITION,
            "\"%s\" holds \"%s\" and is no data folder of Aerie; choose an empty folder"
                .formatted(folder, other.get()));
      }
    }
  }

  private static CatalogStore openCatalog(Path folder) throws IOException {
    var format = folder.resolve(FORMAT);
    if (!Files.exists(format)) {
      var data = folder.resolve("data");
      if (Files.isDirectory(data)) {
        try (var listing = Files.list(data)) {
          if (listing.findAny().isPresent()) {
            throw new EngineException(
                ErrorCode.CORRUPT,
                "data folder \"%s\" has lost its file FORMAT; restore it from a backup"
                    .formatted(folder));
          }
        }
      }
      Files.createDirectories(data);
      var created = CatalogStore.create(folder.resolve("catalog"), System.currentTimeMillis());
      DurableFile.write(format, VERSION.getBytes(StandardCharsets.UTF_8));
      return created;
    }
    var version = new String(DurableFile.read(format), StandardCharsets.UTF_8);
    if (!version.equals(VERSION)) {
      throw new EngineException(
          ErrorCode.FAILED_PRECONDITION,
          "data folder \"%s\" has \"%s\"; this Aerie reads \"%s\": open it with a newer one"
              .formatted(folder, version, VERSION));
    }
    return CatalogStore.open(folder.resolve("catalog"));
  }

  private void start() throws IOException {
    emptyTrash();
    var known = catalog.catalog().collections().stream().map(CollectionEntry::uuid).toList();
    Files.createDirectories(folder.resolve("data"));
    try (var listing = Files.newDirectoryStream(folder.resolve("data"))) {
      for (var path : listing) {
        if (!known.contains(path.getFileName().toString())) {
          discard(path);
        }
      }
    }
    try {
      for (var entry : catalog.catalog().collections()) {
        open.put(
            entry.uuid(),
            LocalCollection.open(dataFolder(entry.uuid()), entry, options, clock, builders));
      }
    } catch (IOException | RuntimeException e) {
      for (var collection : open.values()) {
        collection.store().abandon();
      }
      throw e;
    }
    for (var collection : open.values()) {
      if (!collection.staleSegments().isEmpty()) {
        jobs.start(collection, "goes on after a restart");
      }
    }
  }

  Path dataFolder(String uuid) {
    return folder.resolve("data").resolve(uuid);
  }

  Path folder() {
    return folder;
  }

  LocalOptions options() {
    return options;
  }

  HybridClock clock() {
    return clock;
  }

  IndexJobs jobs() {
    return jobs;
  }

  Catalog catalog() {
    return catalog.catalog();
  }

  Collection<LocalCollection> all() {
    return List.copyOf(open.values());
  }

  /// Changes the catalog; one change at a time.
  Catalog change(UnaryOperator<Catalog> edit) throws IOException {
    changes.lock();
    try {
      requireOpen();
      return catalog.change(edit);
    } finally {
      changes.unlock();
    }
  }

  /// Changes the definition of one collection, on disk and then in use.
  CollectionEntry change(CollectionEntry entry, UnaryOperator<CollectionEntry> edit)
      throws IOException {
    changes.lock();
    try {
      requireOpen();
      var next =
          catalog
              .change(
                  all ->
                      all.with(
                          edit.apply(all.collection(entry.uuid()).orElseThrow(() -> gone(entry)))))
              .collection(entry.uuid())
              .orElseThrow(() -> gone(entry));
      of(next).adopt(next);
      return next;
    } finally {
      changes.unlock();
    }
  }

  private static EngineException gone(CollectionEntry entry) {
    return new EngineException(
        ErrorCode.COLLECTION_NOT_FOUND,
        "collection not found: \"%s\" has been dropped meanwhile".formatted(entry.fullName()));
  }

  /// Makes a collection: its folder first, then its name.
  ///
  /// @param make the definition, given a catalog, the UUID of its folder and ids from that on
  void create(EntryMaker make) throws IOException {
    changes.lock();
    try {
      requireOpen();
      var uuid = UUID.randomUUID().toString();
      var before = catalog.catalog();
      var entry = make.make(before, uuid, before.nextId());
      var collection = LocalCollection.create(dataFolder(uuid), entry, options, clock, builders);
      open.put(uuid, collection);
      try {
        DurableFile.forceFolder(folder.resolve("data"));
        DurableFile.forceFolder(dataFolder(uuid));
        long last =
            entry.partitions().stream().mapToLong(partition -> partition.id()).max().orElse(0);
        catalog.change(all -> all.with(entry).withNextId(Math.max(last, entry.id()) + 1));
      } catch (IOException | RuntimeException e) {
        open.remove(uuid);
        collection.store().abandon();
        discard(dataFolder(uuid));
        throw e;
      }
    } finally {
      changes.unlock();
    }
  }

  /// Defines a new collection.
  @FunctionalInterface
  interface EntryMaker {
    CollectionEntry make(Catalog catalog, String uuid, long firstId);
  }

  /// Takes a collection out: its name first, then its folder.
  void drop(CollectionEntry entry) throws IOException {
    changes.lock();
    try {
      requireOpen();
      catalog.change(all -> all.without(entry));
      var collection = open.remove(entry.uuid());
      if (collection != null) {
        jobs.cancel(collection);
        collection.store().abandon();
      }
      discard(dataFolder(entry.uuid()));
    } finally {
      changes.unlock();
    }
  }

  /// The open collection of a name or alias.
  ///
  /// @throws EngineException `DATABASE_NOT_FOUND` or `COLLECTION_NOT_FOUND`
  LocalCollection require(String database, String name) {
    return of(requireEntry(database, name));
  }

  CollectionEntry requireEntry(String database, String name) {
    requireOpen();
    var current = catalog.catalog();
    requireDatabase(database);
    return current
        .collection(database, name)
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.COLLECTION_NOT_FOUND,
                    "can't find collection: collection not found[database=%s][collection=%s]"
                        .formatted(database, name)));
  }

  void requireDatabase(String database) {
    if (catalog.catalog().database(database).isEmpty()) {
      throw new EngineException(
          ErrorCode.DATABASE_NOT_FOUND, "database not found[database=%s]".formatted(database));
    }
  }

  LocalCollection of(CollectionEntry entry) {
    var collection = open.get(entry.uuid());
    if (collection == null) {
      throw gone(entry);
    }
    return collection;
  }

  void announce(Optional<String> endpoint) throws IOException {
    lock.announce(endpoint);
  }

  private void requireOpen() {
    if (closed) {
      throw new EngineException(
          ErrorCode.UNAVAILABLE, "data folder \"%s\" has been closed".formatted(folder));
    }
  }

  /// Moves a folder out of the way and deletes it; what cannot be deleted now is at the next start.
  private void discard(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    var trash = folder.resolve("trash");
    Files.createDirectories(trash);
    var target = trash.resolve(UUID.randomUUID().toString());
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    delete(target);
  }

  private void emptyTrash() throws IOException {
    var trash = folder.resolve("trash");
    if (Files.isDirectory(trash)) {
      try (var listing = Files.newDirectoryStream(trash)) {
        for (var path : listing) {
          delete(path);
        }
      }
    }
  }

  private static void delete(Path path) throws IOException {
    try (var all = Files.walk(path)) {
      for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
        try {
          Files.deleteIfExists(one);
        } catch (IOException busy) {
          // Still mapped somewhere, as Windows has it: the next start finds it in the trash.
          return;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    changes.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      IOException failure = null;
      for (var collection : open.values()) {
        jobs.cancel(collection);
        try {
          collection.close();
        } catch (IOException e) {
          if (failure == null) {
            failure = e;
          } else {
            failure.addSuppressed(e);
          }
        }
      }
      open.clear();
      lock.close();
      if (failure != null) {
        throw failure;
      }
    } finally {
      changes.unlock();
    }
  }
}
