package dev.aerie.local;

import dev.aerie.engine.AccountRequest;
import dev.aerie.engine.AliasRequest;
import dev.aerie.engine.BackupRequest;
import dev.aerie.engine.Capabilities;
import dev.aerie.engine.Capability;
import dev.aerie.engine.ClusterRequest;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.DataType;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Done;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.ObserveRequest;
import dev.aerie.engine.PartitionRequest;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.Request;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.SearchRequest;
import dev.aerie.local.catalog.CatalogCorruptException;
import dev.aerie.local.log.LogCorruptException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.AlreadyClosedException;

/// The embedded engine over one data folder.
///
/// The folder is this engine's alone until [#close]. The executors are the caller's and are not
/// shut
/// down here.
public final class LocalEngine implements Engine {
  private static final String VERSION = "0.1.0";
  private static final String ONE_MACHINE = "the embedded engine is one process on this machine";

  private final Path folder;
  private final LocalFolder collections;
  private final Definitions definitions;
  private final Indexes indexes;
  private final Observations observations;
  private final Capabilities capabilities;

  private LocalEngine(Path folder, LocalFolder collections) {
    this.folder = folder;
    this.collections = collections;
    this.definitions = new Definitions(collections);
    this.indexes = new Indexes(collections);
    this.observations = new Observations(collections, VERSION);
    this.capabilities = claims();
  }

  /// Opens a folder, or makes one that is not there or empty. Replays what was written and not
  /// committed when its last owner ended, however it ended.
  ///
  /// @param jobs a thread for each index build and other work in the background
  /// @param builders a bounded pool that builds share
  /// @throws EngineException `FAILED_PRECONDITION` if another process owns the folder or it is no
  ///     data folder; `CORRUPT` if what is stored fails its own checks
  public static LocalEngine open(
      Path folder, LocalOptions options, ExecutorService jobs, ExecutorService builders) {
    try {
      return new LocalEngine(folder, LocalFolder.open(folder, options, jobs, builders));
    } catch (IOException e) {
      throw translated(e, "cannot open data folder \"%s\"".formatted(folder));
    }
  }

  @Override
  public <R> R call(Request<R> request, Progress progress) {
    capabilities.require(request.needs());
    try {
      // Each branch answers what its request declares; the compiler cannot follow the type through
      // a switch.
      @SuppressWarnings("unchecked")
      var answer = (R) answer(request, progress);
      return answer;
    } catch (AlreadyClosedException e) {
      throw new EngineException(
          ErrorCode.UNAVAILABLE, "the collection or the engine has been closed", e);
    } catch (IOException e) {
      throw translated(e, "%s failed".formatted(request.getClass().getSimpleName()));
    } catch (IllegalArgumentException e) {
      throw new EngineException(ErrorCode.INVALID_ARGUMENT, String.valueOf(e.getMessage()), e);
    }
  }

  private Object answer(Request<?> request, Progress progress) throws IOException {
    progress.check();
    return switch (request) {
      case DatabaseRequest<?> database -> definitions.answer(database);
      case CollectionRequest<?> collection -> definitions.answer(collection);
      case PartitionRequest<?> partition -> definitions.answer(partition);
      case AliasRequest<?> alias -> definitions.answer(alias);
      case IndexRequest<?> index -> indexes.answer(index, progress);
      case RowRequest<?> rows -> answer(rows);
      case QueryRequest<?> query -> answer(query);
      case SearchRequest<?> search -> answer(search, progress);
      case MaintenanceRequest<?> maintenance -> observations.answer(maintenance);
      case ObserveRequest<?> observe -> observations.answer(observe);
      case AccountRequest<?> _, BackupRequest<?> _, ClusterRequest<?> _ ->
          throw new EngineException(
              ErrorCode.UNSUPPORTED,
              "the embedded engine does not answer " + request.getClass().getSimpleName());
    };
  }

  private Object answer(RowRequest<?> request) {
    var collection = collections.require(request.database(), request.collection());
    return switch (request) {
      case RowRequest.Insert insert -> collection.insert(insert);
      case RowRequest.Upsert upsert -> collection.upsert(upsert);
      case RowRequest.Delete delete -> collection.delete(delete);
    };
  }

  private Object answer(QueryRequest<?> request) throws IOException {
    var collection = collections.require(request.database(), request.collection());
    return switch (request) {
      case QueryRequest.Query query -> collection.query(query);
      case QueryRequest.Get get -> collection.get(get);
      case QueryRequest.Count count -> collection.count(count);
      case QueryRequest.Scan scan -> collection.scan(scan);
    };
  }

  private Object answer(SearchRequest<?> request, Progress progress) throws IOException {
    var search =
        new CollectionSearch(collections.require(request.database(), request.collection()));
    return switch (request) {
      case SearchRequest.Search one -> search.search(one, progress);
      case SearchRequest.Hybrid hybrid -> search.hybrid(hybrid, progress);
      case SearchRequest.Iterate iterate -> search.iterate(iterate, progress);
    };
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("Aerie", VERSION, folder.toString());
  }

  @Override
  public void close() {
    try {
      collections.close();
    } catch (IOException e) {
      throw translated(e, "cannot close data folder \"%s\"".formatted(folder));
    }
  }

  /// A failure of the disk as the caller is told of it.
  static EngineException translated(IOException e, String what) {
    boolean corrupt =
        e instanceof LogCorruptException
            || e instanceof CatalogCorruptException
            || e instanceof CorruptIndexException
            || e instanceof IndexNotFoundException
            || e instanceof IndexFormatTooNewException
            || e instanceof IndexFormatTooOldException;
    var text = String.valueOf(e.getMessage());
    boolean full = text.contains("No space left") || text.contains("not enough space");
    var code =
        corrupt ? ErrorCode.CORRUPT : full ? ErrorCode.RESOURCE_EXHAUSTED : ErrorCode.INTERNAL;
    return new EngineException(code, "%s: %s".formatted(what, text), e);
  }

  private static Capabilities claims() {
    Map<Capability, String> missing = new EnumMap<>(Capability.class);
    missing.put(Capability.REPLICAS, ONE_MACHINE + ", so it has no replicas");
    missing.put(Capability.RESOURCE_GROUPS, ONE_MACHINE + ", so it has no resource groups");
    missing.put(Capability.LOAD_BALANCE, ONE_MACHINE + ", so there is nothing to balance");
    missing.put(
        Capability.SERVER_IMPORT, "files are read by this window and sent as rows; see Load");
    missing.put(Capability.FULL_TEXT, "the embedded engine has no full-text search yet");
    missing.put(Capability.ANALYZER_PREVIEW, "the embedded engine has no full-text search yet");
    missing.put(Capability.SEARCH_TRACE, "the embedded engine does not record walks yet");
    missing.put(Capability.ANATOMY, "the embedded engine does not show its indexes yet");
    missing.put(Capability.SLOW_QUERIES, "the embedded engine does not record queries yet");
    missing.put(Capability.USERS, "the embedded engine keeps no accounts yet");
    missing.put(Capability.ROLES, "the embedded engine keeps no accounts yet");
    missing.put(Capability.PRIVILEGE_GROUPS, "the embedded engine keeps no accounts yet");
    missing.put(Capability.BACKUP, "the embedded engine makes no backups yet");
    missing.put(Capability.DOCTOR, "the embedded engine cannot check a folder yet");
    Set<DataType> types = EnumSet.allOf(DataType.class);
    types.removeAll(
        Set.of(DataType.GEOMETRY, DataType.TEXT, DataType.TIMESTAMPTZ, DataType.UNKNOWN));
    Map<DataType, List<IndexType>> indexTypes = new EnumMap<>(DataType.class);
    for (var type : types) {
      indexTypes.put(type, IndexPlan.offered(type));
    }
    return new Capabilities(missing, types, indexTypes);
  }

  /// Where the folder is served, for others who find it locked.
  public Done announce(Optional<String> endpoint) {
    try {
      collections.announce(endpoint);
      return Done.DONE;
    } catch (IOException e) {
      throw translated(e, "cannot write the lock of data folder \"%s\"".formatted(folder));
    }
  }
}
