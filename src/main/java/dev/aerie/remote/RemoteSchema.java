package dev.aerie.remote;

import dev.aerie.engine.AliasRequest;
import dev.aerie.engine.AliasRequest.AliasInfo;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.CollectionRequest.CollectionStatistics;
import dev.aerie.engine.CollectionRequest.CollectionSummary;
import dev.aerie.engine.CollectionRequest.LoadStatus;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.DatabaseRequest.DatabaseInfo;
import dev.aerie.engine.Done;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.PartitionRequest;
import dev.aerie.engine.PartitionRequest.PartitionInfo;
import dev.aerie.engine.Progress;
import dev.aerie.wire.Consistencies;
import dev.aerie.wire.Failures;
import dev.aerie.wire.Indexes;
import dev.aerie.wire.Params;
import dev.aerie.wire.Schemas;
import dev.aerie.wire.Timestamps;
import dev.aerie.wire.proto.AddCollectionFieldRequest;
import dev.aerie.wire.proto.AlterAliasRequest;
import dev.aerie.wire.proto.AlterCollectionFieldRequest;
import dev.aerie.wire.proto.AlterCollectionRequest;
import dev.aerie.wire.proto.AlterDatabaseRequest;
import dev.aerie.wire.proto.AlterIndexRequest;
import dev.aerie.wire.proto.CreateAliasRequest;
import dev.aerie.wire.proto.CreateCollectionRequest;
import dev.aerie.wire.proto.CreateDatabaseRequest;
import dev.aerie.wire.proto.CreateIndexRequest;
import dev.aerie.wire.proto.CreatePartitionRequest;
import dev.aerie.wire.proto.DescribeAliasRequest;
import dev.aerie.wire.proto.DescribeCollectionRequest;
import dev.aerie.wire.proto.DescribeDatabaseRequest;
import dev.aerie.wire.proto.DescribeIndexRequest;
import dev.aerie.wire.proto.DropAliasRequest;
import dev.aerie.wire.proto.DropCollectionRequest;
import dev.aerie.wire.proto.DropDatabaseRequest;
import dev.aerie.wire.proto.DropIndexRequest;
import dev.aerie.wire.proto.DropPartitionRequest;
import dev.aerie.wire.proto.GetCollectionStatisticsRequest;
import dev.aerie.wire.proto.GetLoadStateRequest;
import dev.aerie.wire.proto.GetLoadingProgressRequest;
import dev.aerie.wire.proto.GetPartitionStatisticsRequest;
import dev.aerie.wire.proto.GetPersistentSegmentInfoRequest;
import dev.aerie.wire.proto.HasCollectionRequest;
import dev.aerie.wire.proto.KeyValuePair;
import dev.aerie.wire.proto.ListAliasesRequest;
import dev.aerie.wire.proto.ListDatabasesRequest;
import dev.aerie.wire.proto.LoadCollectionRequest;
import dev.aerie.wire.proto.LoadPartitionsRequest;
import dev.aerie.wire.proto.ReleaseCollectionRequest;
import dev.aerie.wire.proto.ReleasePartitionsRequest;
import dev.aerie.wire.proto.RenameCollectionRequest;
import dev.aerie.wire.proto.SegmentState;
import dev.aerie.wire.proto.ShowCollectionsRequest;
import dev.aerie.wire.proto.ShowPartitionsRequest;
import dev.aerie.wire.proto.ShowType;
import dev.aerie.wire.proto.Status;
import dev.aerie.wire.proto.TruncateCollectionRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Databases, collections, partitions, aliases and indexes of a server.
@SuppressWarnings("deprecation")
final class RemoteSchema {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Connection connection;

  RemoteSchema(Connection connection) {
    this.connection = connection;
  }

  private Done write(String database, Progress progress, Connection.Call<Status> call) {
    Failures.check(connection.write(database, progress, call));
    return Done.DONE;
  }

  Object call(DatabaseRequest<?> request, Progress progress) {
    return switch (request) {
      case DatabaseRequest.ListAll() -> {
        var answer =
            connection.read(
                "",
                progress,
                stub -> stub.listDatabases(ListDatabasesRequest.getDefaultInstance()));
        Failures.check(answer.getStatus());
        var all = new ArrayList<DatabaseInfo>();
        for (int i = 0; i < answer.getDbNamesCount(); i++) {
          all.add(
              new DatabaseInfo(
                  answer.getDbNames(i),
                  i < answer.getDbIdsCount() ? answer.getDbIds(i) : 0,
                  i < answer.getCreatedTimestampCount() ? millis(answer.getCreatedTimestamp(i)) : 0,
                  Map.of()));
        }
        all.sort(
            Comparator.comparing((DatabaseInfo one) -> !one.name().equals(DatabaseRequest.DEFAULT))
                .thenComparing(DatabaseInfo::name));
        yield List.copyOf(all);
      }
      case DatabaseRequest.Describe(String database) -> {
        var answer =
            connection.read(
                database,
                progress,
                stub ->
                    stub.describeDatabase(
                        DescribeDatabaseRequest.newBuilder().setDbName(database).build()));
        Failures.check(answer.getStatus());
        yield new DatabaseInfo(
            database,
            answer.getDbID(),
            millis(answer.getCreatedTimestamp()),
            Params.fromProto(answer.getPropertiesList()));
      }
      case DatabaseRequest.Create(String database, var properties) ->
          write(
              "",
              progress,
              stub ->
                  stub.createDatabase(
                      CreateDatabaseRequest.newBuilder()
                          .setDbName(database)
                          .addAllProperties(Params.toProto(properties))
                          .build()));
      case DatabaseRequest.Drop(String database) ->
          write(
              "",
              progress,
              stub ->
                  stub.dropDatabase(DropDatabaseRequest.newBuilder().setDbName(database).build()));
      case DatabaseRequest.Alter(String database, var set, var remove) -> {
        // Servers take either one in a request, not both.
        if (!set.isEmpty()) {
          write(
              "",
              progress,
              stub ->
                  stub.alterDatabase(
                      AlterDatabaseRequest.newBuilder()
                          .setDbName(database)
                          .addAllProperties(Params.toProto(set))
                          .build()));
        }
        if (!remove.isEmpty()) {
          write(
              "",
              progress,
              stub ->
                  stub.alterDatabase(
                      AlterDatabaseRequest.newBuilder()
                          .setDbName(database)
                          .addAllDeleteKeys(remove)
                          .build()));
        }
        yield Done.DONE;
      }
    };
  }

  /// Some servers tell nanoseconds, some hybrid timestamps, some milliseconds.
  private static long millis(long created) {
    if (created > 100_000_000_000_000_000L) {
      long nanos = created / 1_000_000;
      long hybrid = Timestamps.toMillis(created);
      return Math.abs(System.currentTimeMillis() - nanos)
              < Math.abs(System.currentTimeMillis() - hybrid)
          ? nanos
          : hybrid;
    }
    return created;
  }

  Object call(CollectionRequest<?> request, Progress progress) {
    return switch (request) {
      case CollectionRequest.ListAll(String database) -> list(database, progress);
      case CollectionRequest.Describe(String database, String collection) ->
          describe(database, collection, progress);
      case CollectionRequest.Exists(String database, String collection) -> {
        var answer =
            connection.read(
                database,
                progress,
                stub ->
                    stub.hasCollection(
                        HasCollectionRequest.newBuilder()
                            .setDbName(database)
                            .setCollectionName(collection)
                            .build()));
        Failures.check(answer.getStatus());
        yield answer.getValue();
      }
      case CollectionRequest.Create create ->
          write(
              create.database(),
              progress,
              stub ->
                  stub.createCollection(
                      CreateCollectionRequest.newBuilder()
                          .setDbName(create.database())
                          .setCollectionName(create.schema().name())
                          .setSchema(Schemas.toProto(create.schema()).toByteString())
                          .setShardsNum(create.shards())
                          .setNumPartitions(create.partitions())
                          .setConsistencyLevel(Consistencies.toProto(create.consistency()))
                          .addAllProperties(Params.toProto(create.properties()))
                          .build()));
      case CollectionRequest.Drop(String database, String collection) -> {
        // A server takes the drop of what is not there for done; here it is an error.
        describe(database, collection, progress);
        yield write(
            database,
            progress,
            stub ->
                stub.dropCollection(
                    DropCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()));
      }
      case CollectionRequest.Rename rename ->
          write(
              rename.database(),
              progress,
              stub ->
                  stub.renameCollection(
                      RenameCollectionRequest.newBuilder()
                          .setDbName(rename.database())
                          .setOldName(rename.collection())
                          .setNewName(rename.newName())
                          .setNewDBName(rename.newDatabase())
                          .build()));
      case CollectionRequest.Alter alter -> alter(alter, progress);
      case CollectionRequest.AlterField alter -> {
        var base =
            AlterCollectionFieldRequest.newBuilder()
                .setDbName(alter.database())
                .setCollectionName(alter.collection())
                .setFieldName(alter.field())
                .build();
        if (!alter.set().isEmpty()) {
          write(
              alter.database(),
              progress,
              stub ->
                  stub.alterCollectionField(
                      base.toBuilder().addAllProperties(Params.toProto(alter.set())).build()));
        }
        if (!alter.remove().isEmpty()) {
          write(
              alter.database(),
              progress,
              stub ->
                  stub.alterCollectionField(
                      base.toBuilder().addAllDeleteKeys(alter.remove()).build()));
        }
        yield Done.DONE;
      }
      case CollectionRequest.AddField(String database, String collection, var field) ->
          write(
              database,
              progress,
              stub ->
                  stub.addCollectionField(
                      AddCollectionFieldRequest.newBuilder()
                          .setDbName(database)
                          .setCollectionName(collection)
                          .setSchema(Schemas.toProto(field).toByteString())
                          .build()));
      case CollectionRequest.Truncate(String database, String collection) -> {
        var answer =
            connection.write(
                database,
                progress,
                stub ->
                    stub.truncateCollection(
                        TruncateCollectionRequest.newBuilder()
                            .setDbName(database)
                            .setCollectionName(collection)
                            .build()));
        Failures.check(answer.getStatus());
        yield Done.DONE;
      }
      case CollectionRequest.Statistics(String database, String collection) ->
          statistics(database, collection, progress);
      case CollectionRequest.Load load -> {
        write(
            load.database(),
            progress,
            stub ->
                stub.loadCollection(
                    LoadCollectionRequest.newBuilder()
                        .setDbName(load.database())
                        .setCollectionName(load.collection())
                        .setReplicaNumber(load.replicas())
                        .addAllResourceGroups(load.resourceGroups())
                        .addAllLoadFields(load.fields())
                        .setRefresh(load.refresh())
                        .build()));
        awaitLoaded(load.database(), load.collection(), List.of(), progress);
        yield Done.DONE;
      }
      case CollectionRequest.Release(String database, String collection) ->
          write(
              database,
              progress,
              stub ->
                  stub.releaseCollection(
                      ReleaseCollectionRequest.newBuilder()
                          .setDbName(database)
                          .setCollectionName(collection)
                          .build()));
      case CollectionRequest.LoadState(String database, String collection) -> {
        describe(database, collection, progress);
        yield loadStatus(database, collection, progress);
      }
    };
  }

  private Done alter(CollectionRequest.Alter alter, Progress progress) {
    var set = new HashMap<>(alter.set());
    alter.description().ifPresent(text -> set.put("collection.description", text));
    var base =
        AlterCollectionRequest.newBuilder()
            .setDbName(alter.database())
            .setCollectionName(alter.collection())
            .build();
    if (!set.isEmpty()) {
      write(
          alter.database(),
          progress,
          stub ->
              stub.alterCollection(base.toBuilder().addAllProperties(Params.toProto(set)).build()));
    }
    if (!alter.remove().isEmpty()) {
      write(
          alter.database(),
          progress,
          stub -> stub.alterCollection(base.toBuilder().addAllDeleteKeys(alter.remove()).build()));
    }
    return Done.DONE;
  }

  private List<CollectionSummary> list(String database, Progress progress) {
    var all =
        connection.read(
            database,
            progress,
            stub ->
                stub.showCollections(
                    ShowCollectionsRequest.newBuilder()
                        .setDbName(database)
                        .setType(ShowType.All)
                        .build()));
    Failures.check(all.getStatus());
    var loaded =
        connection.read(
            database,
            progress,
            stub ->
                stub.showCollections(
                    ShowCollectionsRequest.newBuilder()
                        .setDbName(database)
                        .setType(ShowType.InMemory)
                        .build()));
    Failures.check(loaded.getStatus());
    var states = new HashMap<String, LoadStatus>();
    for (int i = 0; i < loaded.getCollectionNamesCount(); i++) {
      int percent =
          i < loaded.getInMemoryPercentagesCount() ? (int) loaded.getInMemoryPercentages(i) : 100;
      states.put(loaded.getCollectionNames(i), status(percent));
    }
    var summaries = new ArrayList<CollectionSummary>();
    for (int i = 0; i < all.getCollectionNamesCount(); i++) {
      summaries.add(
          new CollectionSummary(
              all.getCollectionNames(i),
              i < all.getCollectionIdsCount() ? all.getCollectionIds(i) : 0,
              i < all.getCreatedUtcTimestampsCount() ? millis(all.getCreatedUtcTimestamps(i)) : 0,
              states.getOrDefault(
                  all.getCollectionNames(i), new LoadStatus(LoadStatus.State.NOT_LOADED, 0)),
              OptionalLong.empty()));
    }
    summaries.sort(Comparator.comparing(CollectionSummary::name));
    return List.copyOf(summaries);
  }

  private static LoadStatus status(int percent) {
    return percent >= 100
        ? LoadStatus.LOADED
        : new LoadStatus(LoadStatus.State.LOADING, Math.max(0, percent));
  }

  private CollectionInfo describe(String database, String collection, Progress progress) {
    var answer =
        connection.read(
            database,
            progress,
            stub ->
                stub.describeCollection(
                    DescribeCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()));
    Failures.check(answer.getStatus());
    var name =
        answer.getCollectionName().isEmpty()
            ? answer.getSchema().getName()
            : answer.getCollectionName();
    var schema = Schemas.fromProto(name, answer.getSchema());
    return new CollectionInfo(
        database,
        schema,
        answer.getCollectionID(),
        answer.getAliasesList(),
        Math.max(1, answer.getShardsNum()),
        schema.partitionKey().isPresent() ? (int) answer.getNumPartitions() : 0,
        Consistencies.fromProto(answer.getConsistencyLevel()),
        Params.fromProto(answer.getPropertiesList()),
        millis(answer.getCreatedUtcTimestamp()),
        answer.getUpdateTimestamp(),
        loadStatus(database, collection, progress));
  }

  private LoadStatus loadStatus(String database, String collection, Progress progress) {
    var answer =
        connection.read(
            database,
            progress,
            stub ->
                stub.getLoadState(
                    GetLoadStateRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()));
    Failures.check(answer.getStatus());
    return switch (answer.getState()) {
      case LoadStateLoaded -> LoadStatus.LOADED;
      case LoadStateLoading ->
          status(Math.min(99, loadingProgress(database, collection, List.of(), progress)));
      case LoadStateNotExist, LoadStateNotLoad, UNRECOGNIZED ->
          new LoadStatus(LoadStatus.State.NOT_LOADED, 0);
    };
  }

  private int loadingProgress(
      String database, String collection, List<String> partitions, Progress progress) {
    var answer =
        connection.read(
            database,
            progress,
            stub ->
                stub.getLoadingProgress(
                    GetLoadingProgressRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .addAllPartitionNames(partitions)
                        .build()));
    Failures.check(answer.getStatus());
    return (int) answer.getProgress();
  }

  private void awaitLoaded(
      String database, String collection, List<String> partitions, Progress progress) {
    while (true) {
      int percent = loadingProgress(database, collection, partitions, progress);
      progress.update(percent, 100);
      if (percent >= 100) {
        return;
      }
      Connection.pause(POLL, progress);
    }
  }

  private CollectionStatistics statistics(String database, String collection, Progress progress) {
    var answer =
        connection.read(
            database,
            progress,
            stub ->
                stub.getCollectionStatistics(
                    GetCollectionStatisticsRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()));
    Failures.check(answer.getStatus());
    long rows = rowCount(answer.getStatsList());
    long growing = 0;
    int segments = 0;
    try {
      var told =
          connection.read(
              database,
              progress,
              stub ->
                  stub.getPersistentSegmentInfo(
                      GetPersistentSegmentInfoRequest.newBuilder()
                          .setDbName(database)
                          .setCollectionName(collection)
                          .build()));
      Failures.check(told.getStatus());
      segments = told.getInfosCount();
      for (var segment : told.getInfosList()) {
        if (segment.getState() == SegmentState.Growing) {
          growing += segment.getNumRows();
        }
      }
    } catch (EngineException failure) {
      // Segments are a luxury that some servers do not tell.
      if (failure.code() != ErrorCode.UNSUPPORTED) {
        throw failure;
      }
    }
    return new CollectionStatistics(rows, 0, growing, segments, -1);
  }

  private static long rowCount(List<KeyValuePair> pairs) {
    return Long.parseLong(Params.fromProto(pairs).getOrDefault("row_count", "0"));
  }

  Object call(PartitionRequest<?> request, Progress progress) {
    return switch (request) {
      case PartitionRequest.ListAll(String database, String collection) -> {
        var answer =
            connection.read(
                database,
                progress,
                stub ->
                    stub.showPartitions(
                        ShowPartitionsRequest.newBuilder()
                            .setDbName(database)
                            .setCollectionName(collection)
                            .build()));
        Failures.check(answer.getStatus());
        var all = new ArrayList<PartitionInfo>();
        for (int i = 0; i < answer.getPartitionNamesCount(); i++) {
          var name = answer.getPartitionNames(i);
          all.add(
              new PartitionInfo(
                  name,
                  i < answer.getPartitionIDsCount() ? answer.getPartitionIDs(i) : 0,
                  partitionRows(database, collection, name, progress),
                  i < answer.getCreatedUtcTimestampsCount()
                      ? millis(answer.getCreatedUtcTimestamps(i))
                      : 0,
                  partitionLoad(database, collection, name, progress)));
        }
        yield List.copyOf(all);
      }
      case PartitionRequest.Create(String database, String collection, String partition) ->
          write(
              database,
              progress,
              stub ->
                  stub.createPartition(
                      CreatePartitionRequest.newBuilder()
                          .setDbName(database)
                          .setCollectionName(collection)
                          .setPartitionName(partition)
                          .build()));
      case PartitionRequest.Drop(String database, String collection, String partition) ->
          write(
              database,
              progress,
              stub ->
                  stub.dropPartition(
                      DropPartitionRequest.newBuilder()
                          .setDbName(database)
                          .setCollectionName(collection)
                          .setPartitionName(partition)
                          .build()));
      case PartitionRequest.Load(String database, String collection, var partitions) -> {
        write(
            database,
            progress,
            stub ->
                stub.loadPartitions(
                    LoadPartitionsRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .addAllPartitionNames(partitions)
                        .setReplicaNumber(1)
                        .build()));
        awaitLoaded(database, collection, partitions, progress);
        yield Done.DONE;
      }
      case PartitionRequest.Release(String database, String collection, var partitions) ->
          write(
              database,
              progress,
              stub ->
                  stub.releasePartitions(
                      ReleasePartitionsRequest.newBuilder()
                          .setDbName(database)
                          .setCollectionName(collection)
                          .addAllPartitionNames(partitions)
                          .build()));
    };
  }

  private long partitionRows(
      String database, String collection, String partition, Progress progress) {
    var answer =
        connection.read(
            database,
            progress,
            stub ->
                stub.getPartitionStatistics(
                    GetPartitionStatisticsRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setPartitionName(partition)
                        .build()));
    Failures.check(answer.getStatus());
    return rowCount(answer.getStatsList());
  }

  private LoadStatus partitionLoad(
      String database, String collection, String partition, Progress progress) {
    var answer =
        connection.read(
            database,
            progress,
            stub ->
                stub.getLoadState(
                    GetLoadStateRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .addPartitionNames(partition)
                        .build()));
    Failures.check(answer.getStatus());
    return switch (answer.getState()) {
      case LoadStateLoaded -> LoadStatus.LOADED;
      case LoadStateLoading -> new LoadStatus(LoadStatus.State.LOADING, 0);
      case LoadStateNotExist, LoadStateNotLoad, UNRECOGNIZED ->
          new LoadStatus(LoadStatus.State.NOT_LOADED, 0);
    };
  }

  Object call(AliasRequest<?> request, Progress progress) {
    return switch (request) {
      case AliasRequest.ListAll(String database, Optional<String> collection) -> {
        var names =
            collection.isPresent()
                ? List.of(collection.get())
                : list(database, progress).stream().map(CollectionSummary::name).toList();
        var all = new ArrayList<AliasInfo>();
        for (var name : names) {
          var answer =
              connection.read(
                  database,
                  progress,
                  stub ->
                      stub.listAliases(
                          ListAliasesRequest.newBuilder()
                              .setDbName(database)
                              .setCollectionName(name)
                              .build()));
          Failures.check(answer.getStatus());
          answer.getAliasesList().forEach(alias -> all.add(new AliasInfo(alias, name)));
        }
        all.sort(Comparator.comparing(AliasInfo::alias));
        yield List.copyOf(all);
      }
      case AliasRequest.Describe(String database, String alias) -> {
        var answer =
            connection.read(
                database,
                progress,
                stub ->
                    stub.describeAlias(
                        DescribeAliasRequest.newBuilder()
                            .setDbName(database)
                            .setAlias(alias)
                            .build()));
        Failures.check(answer.getStatus());
        yield new AliasInfo(alias, answer.getCollection());
      }
      case AliasRequest.Create(String database, String alias, String collection) ->
          write(
              database,
              progress,
              stub ->
                  stub.createAlias(
                      CreateAliasRequest.newBuilder()
                          .setDbName(database)
                          .setAlias(alias)
                          .setCollectionName(collection)
                          .build()));
      case AliasRequest.Alter(String database, String alias, String collection) ->
          write(
              database,
              progress,
              stub ->
                  stub.alterAlias(
                      AlterAliasRequest.newBuilder()
                          .setDbName(database)
                          .setAlias(alias)
                          .setCollectionName(collection)
                          .build()));
      case AliasRequest.Drop(String database, String alias) ->
          write(
              database,
              progress,
              stub ->
                  stub.dropAlias(
                      DropAliasRequest.newBuilder().setDbName(database).setAlias(alias).build()));
    };
  }

  Object call(IndexRequest<?> request, Progress progress) {
    return switch (request) {
      case IndexRequest.Create(String database, String collection, var spec) ->
          write(
              database,
              progress,
              stub ->
                  stub.createIndex(
                      CreateIndexRequest.newBuilder()
                          .setDbName(database)
                          .setCollectionName(collection)
                          .setFieldName(spec.field())
                          .setIndexName(spec.name())
                          .addAllExtraParams(Indexes.toProto(spec))
                          .build()));
      case IndexRequest.Describe(String database, String collection, var field) -> {
        var all = indexes(database, collection, progress);
        yield field.isEmpty()
            ? all
            : all.stream().filter(one -> one.spec().field().equals(field.get())).toList();
      }
      case IndexRequest.Await(String database, String collection, String index) ->
          await(database, collection, index, progress);
      case IndexRequest.Alter alter -> {
        var base =
            AlterIndexRequest.newBuilder()
                .setDbName(alter.database())
                .setCollectionName(alter.collection())
                .setIndexName(alter.index())
                .build();
        if (!alter.set().isEmpty()) {
          write(
              alter.database(),
              progress,
              stub ->
                  stub.alterIndex(
                      base.toBuilder().addAllExtraParams(Params.toProto(alter.set())).build()));
        }
        if (!alter.remove().isEmpty()) {
          write(
              alter.database(),
              progress,
              stub -> stub.alterIndex(base.toBuilder().addAllDeleteKeys(alter.remove()).build()));
        }
        yield Done.DONE;
      }
      case IndexRequest.Drop(String database, String collection, String index) ->
          write(
              database,
              progress,
              stub ->
                  stub.dropIndex(
                      DropIndexRequest.newBuilder()
                          .setDbName(database)
                          .setCollectionName(collection)
                          .setIndexName(index)
                          .build()));
      case IndexRequest.Cancel cancel -> throw ServerVersion.unsupported(cancel.needs());
      case IndexRequest.Resume resume -> throw ServerVersion.unsupported(resume.needs());
    };
  }

  private List<IndexInfo> indexes(String database, String collection, Progress progress) {
    var answer =
        connection.read(
            database,
            progress,
            stub ->
                stub.describeIndex(
                    DescribeIndexRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()));
    try {
      Failures.check(answer.getStatus());
    } catch (EngineException failure) {
      if (failure.code() == ErrorCode.INDEX_NOT_FOUND) {
        return List.of();
      }
      throw failure;
    }
    return answer.getIndexDescriptionsList().stream().map(Indexes::fromProto).toList();
  }

  private Done await(String database, String collection, String index, Progress progress) {
    while (true) {
      var info =
          indexes(database, collection, progress).stream()
              .filter(one -> one.name().equals(index))
              .findFirst()
              .orElseThrow(
                  () ->
                      new EngineException(
                          ErrorCode.INDEX_NOT_FOUND,
                          "collection \"%s\" has no index \"%s\"".formatted(collection, index)));
      progress.update(info.indexedRows(), info.totalRows());
      switch (info.state()) {
        case FINISHED -> {
          return Done.DONE;
        }
        case FAILED, CANCELLED ->
            throw new EngineException(
                ErrorCode.INTERNAL,
                "index \"%s\" failed: %s"
                    .formatted(index, info.failure().orElse("no reason given")));
        case WAITING, BUILDING -> Connection.pause(POLL, progress);
      }
    }
  }
}
