package dev.aerie.node;

import dev.aerie.engine.AliasRequest;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.CollectionRequest.CollectionSummary;
import dev.aerie.engine.CollectionRequest.LoadStatus;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.PartitionRequest;
import dev.aerie.engine.PartitionRequest.PartitionInfo;
import dev.aerie.engine.Request;
import dev.aerie.wire.Consistencies;
import dev.aerie.wire.Failures;
import dev.aerie.wire.Indexes;
import dev.aerie.wire.Params;
import dev.aerie.wire.Schemas;
import dev.aerie.wire.Timestamps;
import dev.aerie.wire.proto.BatchDescribeCollectionResponse;
import dev.aerie.wire.proto.BoolResponse;
import dev.aerie.wire.proto.DescribeAliasResponse;
import dev.aerie.wire.proto.DescribeCollectionResponse;
import dev.aerie.wire.proto.DescribeDatabaseResponse;
import dev.aerie.wire.proto.DescribeIndexRequest;
import dev.aerie.wire.proto.DescribeIndexResponse;
import dev.aerie.wire.proto.GetCollectionStatisticsResponse;
import dev.aerie.wire.proto.GetIndexBuildProgressResponse;
import dev.aerie.wire.proto.GetIndexStateResponse;
import dev.aerie.wire.proto.GetIndexStatisticsResponse;
import dev.aerie.wire.proto.GetLoadStateResponse;
import dev.aerie.wire.proto.GetLoadingProgressResponse;
import dev.aerie.wire.proto.GetPartitionStatisticsResponse;
import dev.aerie.wire.proto.IndexState;
import dev.aerie.wire.proto.ListAliasesResponse;
import dev.aerie.wire.proto.ListDatabasesResponse;
import dev.aerie.wire.proto.LoadState;
import dev.aerie.wire.proto.MilvusServiceGrpc;
import dev.aerie.wire.proto.ShowCollectionsRequest;
import dev.aerie.wire.proto.ShowCollectionsResponse;
import dev.aerie.wire.proto.ShowPartitionsResponse;
import dev.aerie.wire.proto.ShowType;
import dev.aerie.wire.proto.Status;
import dev.aerie.wire.proto.TruncateCollectionResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Databases, collections, partitions, aliases, indexes, load state.
@SuppressWarnings("deprecation")
final class SchemaCalls {
  private static final int DEFAULT_PARTITION_KEY_PARTITIONS = 16;

  private SchemaCalls() {}

  static void register(Calls calls) {
    databases(calls);
    collections(calls);
    loading(calls);
    partitions(calls);
    aliases(calls);
    indexes(calls);
  }

  private static Status done(CallContext call, Request<?> request) {
    call.call(request);
    return Failures.success();
  }

  private static void databases(Calls calls) {
    calls
        .on(
            MilvusServiceGrpc.getListDatabasesMethod(),
            (request, call) -> {
              var answer = ListDatabasesResponse.newBuilder().setStatus(Failures.success());
              for (var database : call.call(new DatabaseRequest.ListAll())) {
                answer
                    .addDbNames(database.name())
                    .addDbIds(database.id())
                    .addCreatedTimestamp(Timestamps.ofMillis(database.createdAt()));
              }
              return answer.build();
            })
        .on(
            MilvusServiceGrpc.getCreateDatabaseMethod(),
            (request, call) ->
                done(
                    call,
                    new DatabaseRequest.Create(
                        request.getDbName(), Params.fromProto(request.getPropertiesList()))))
        .on(
            MilvusServiceGrpc.getDropDatabaseMethod(),
            (request, call) -> done(call, new DatabaseRequest.Drop(request.getDbName())))
        .on(
            MilvusServiceGrpc.getAlterDatabaseMethod(),
            (request, call) ->
                done(
                    call,
                    new DatabaseRequest.Alter(
                        request.getDbName(),
                        Params.fromProto(request.getPropertiesList()),
                        Set.copyOf(request.getDeleteKeysList()))))
        .on(
            MilvusServiceGrpc.getDescribeDatabaseMethod(),
            (request, call) -> {
              var info = call.call(new DatabaseRequest.Describe(request.getDbName()));
              return DescribeDatabaseResponse.newBuilder()
                  .setStatus(Failures.success())
                  .setDbName(info.name())
                  .setDbID(info.id())
                  .setCreatedTimestamp(Timestamps.ofMillis(info.createdAt()))
                  .addAllProperties(Params.toProto(info.properties()))
                  .build();
            });
  }

  private static void collections(Calls calls) {
    calls
        .on(
            MilvusServiceGrpc.getCreateCollectionMethod(),
            (request, call) -> {
              var schema = Schemas.fromBytes(request.getCollectionName(), request.getSchema());
              int partitions =
                  schema.partitionKey().isEmpty()
                      ? 0
                      : request.getNumPartitions() > 0
                          ? (int) request.getNumPartitions()
                          : DEFAULT_PARTITION_KEY_PARTITIONS;
              return done(
                  call,
                  new CollectionRequest.Create(
                      call.database(request.getDbName()),
                      schema,
                      Math.max(1, request.getShardsNum()),
                      partitions,
                      Consistencies.fromProto(request.getConsistencyLevel()),
                      Params.fromProto(request.getPropertiesList())));
            })
        .on(
            MilvusServiceGrpc.getDropCollectionMethod(),
            (request, call) -> {
              var database = call.database(request.getDbName());
              var name = request.getCollectionName();
              // The drop of what is not there is done, as newer servers have it.
              return call.call(new CollectionRequest.Exists(database, name))
                  ? done(call, new CollectionRequest.Drop(database, name))
                  : Failures.success();
            })
        .on(
            MilvusServiceGrpc.getHasCollectionMethod(),
            (request, call) ->
                BoolResponse.newBuilder()
                    .setStatus(Failures.success())
                    .setValue(
                        call.call(
                            new CollectionRequest.Exists(
                                call.database(request.getDbName()), request.getCollectionName())))
                    .build())
        .on(
            MilvusServiceGrpc.getDescribeCollectionMethod(),
            (request, call) ->
                described(
                    describe(
                        call,
                        call.database(request.getDbName()),
                        request.getCollectionName(),
                        request.getCollectionID())))
        .on(
            MilvusServiceGrpc.getBatchDescribeCollectionMethod(),
            (request, call) -> {
              var answer =
                  BatchDescribeCollectionResponse.newBuilder().setStatus(Failures.success());
              var database = call.database(request.getDbName());
              for (var name : request.getCollectionNameList()) {
                answer.addResponses(described(describe(call, database, name, 0)));
              }
              for (var id : request.getCollectionIDList()) {
                answer.addResponses(described(describe(call, database, "", id)));
              }
              return answer.build();
            })
        .on(MilvusServiceGrpc.getShowCollectionsMethod(), SchemaCalls::show)
        .on(
            MilvusServiceGrpc.getGetCollectionStatisticsMethod(),
            (request, call) ->
                GetCollectionStatisticsResponse.newBuilder()
                    .setStatus(Failures.success())
                    .addStats(
                        Params.pair(
                            "row_count",
                            Long.toString(
                                call.call(
                                        new CollectionRequest.Statistics(
                                            call.database(request.getDbName()),
                                            request.getCollectionName()))
                                    .rows())))
                    .build())
        .on(
            MilvusServiceGrpc.getAlterCollectionMethod(),
            (request, call) -> {
              var set = Params.fromProto(request.getPropertiesList());
              var description = Optional.ofNullable(set.remove("collection.description"));
              return done(
                  call,
                  new CollectionRequest.Alter(
                      call.database(request.getDbName()),
                      request.getCollectionName(),
                      set,
                      Set.copyOf(request.getDeleteKeysList()),
                      description));
            })
        .on(
            MilvusServiceGrpc.getAlterCollectionFieldMethod(),
            (request, call) ->
                done(
                    call,
                    new CollectionRequest.AlterField(
                        call.database(request.getDbName()),
                        request.getCollectionName(),
                        request.getFieldName(),
                        Params.fromProto(request.getPropertiesList()),
                        Set.copyOf(request.getDeleteKeysList()))))
        .on(
            MilvusServiceGrpc.getAddCollectionFieldMethod(),
            (request, call) ->
                done(
                    call,
                    new CollectionRequest.AddField(
                        call.database(request.getDbName()),
                        request.getCollectionName(),
                        Schemas.fieldFromBytes(request.getSchema()))))
        .on(
            MilvusServiceGrpc.getTruncateCollectionMethod(),
            (request, call) ->
                TruncateCollectionResponse.newBuilder()
                    .setStatus(
                        done(
                            call,
                            new CollectionRequest.Truncate(
                                call.database(request.getDbName()), request.getCollectionName())))
                    .build())
        .on(
            MilvusServiceGrpc.getRenameCollectionMethod(),
            (request, call) -> {
              var database = call.database(request.getDbName());
              return done(
                  call,
                  new CollectionRequest.Rename(
                      database,
                      request.getOldName(),
                      request.getNewDBName().isEmpty() ? database : request.getNewDBName(),
                      request.getNewName()));
            })
        .refuse(
            MilvusServiceGrpc.getAddCollectionFunctionMethod(),
            "functions are part of the schema from the start; create a new collection")
        .refuse(
            MilvusServiceGrpc.getAlterCollectionFunctionMethod(),
            "functions are part of the schema from the start; create a new collection")
        .refuse(
            MilvusServiceGrpc.getDropCollectionFunctionMethod(),
            "functions are part of the schema from the start; create a new collection");
  }

  private static CollectionInfo describe(CallContext call, String database, String name, long id) {
    return call.call(
        new CollectionRequest.Describe(
            database, name.isEmpty() ? nameOf(call, database, id) : name));
  }

  /// The name of the collection with a number, which some calls give instead.
  static String nameOf(CallContext call, String database, long id) {
    return call.call(new CollectionRequest.ListAll(database)).stream()
        .filter(one -> one.id() == id)
        .map(CollectionSummary::name)
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.COLLECTION_NOT_FOUND,
                    "collection not found[database=%s][collection=%d]".formatted(database, id)));
  }

  private static DescribeCollectionResponse described(CollectionInfo info) {
    return DescribeCollectionResponse.newBuilder()
        .setStatus(Failures.success())
        .setSchema(Schemas.numbered(info.schema()))
        .setCollectionID(info.id())
        .setCollectionName(info.name())
        .setDbName(info.database())
        .addAllAliases(info.aliases())
        .setShardsNum(info.shards())
        .setNumPartitions(Math.max(1, info.partitions()))
        .setConsistencyLevel(Consistencies.toProto(info.consistency()))
        .addAllProperties(Params.toProto(info.properties()))
        .setCreatedTimestamp(Timestamps.ofMillis(info.createdAt()))
        .setCreatedUtcTimestamp(info.createdAt())
        .setUpdateTimestamp(info.schemaVersion())
        .setUpdateTimestampStr(Long.toUnsignedString(info.schemaVersion()))
        .build();
  }

  private static ShowCollectionsResponse show(ShowCollectionsRequest request, CallContext call) {
    var answer = ShowCollectionsResponse.newBuilder().setStatus(Failures.success());
    boolean loadedOnly = request.getType() == ShowType.InMemory;
    var wanted = Set.copyOf(request.getCollectionNamesList());
    var all = call.call(new CollectionRequest.ListAll(call.database(request.getDbName())));
    for (var collection : all) {
      if (!wanted.isEmpty() && !wanted.contains(collection.name())) {
        continue;
      }
      if (loadedOnly && collection.load().state() == LoadStatus.State.NOT_LOADED) {
        continue;
      }
      answer
          .addCollectionNames(collection.name())
          .addCollectionIds(collection.id())
          .addCreatedTimestamps(Timestamps.ofMillis(collection.createdAt()))
          .addCreatedUtcTimestamps(collection.createdAt())
          .addInMemoryPercentages(collection.load().percent())
          .addQueryServiceAvailable(collection.load().isLoaded())
          .addShardsNum(1);
    }
    return answer.build();
  }

  private static void loading(Calls calls) {
    calls
        .on(
            MilvusServiceGrpc.getLoadCollectionMethod(),
            (request, call) -> {
              var database = call.database(request.getDbName());
              var name = request.getCollectionName();
              requireIndexes(call, database, name);
              return done(
                  call,
                  new CollectionRequest.Load(
                      database,
                      name,
                      Math.max(1, request.getReplicaNumber()),
                      request.getResourceGroupsList(),
                      request.getLoadFieldsList(),
                      request.getRefresh()));
            })
        .on(
            MilvusServiceGrpc.getReleaseCollectionMethod(),
            (request, call) ->
                done(
                    call,
                    new CollectionRequest.Release(
                        call.database(request.getDbName()), request.getCollectionName())))
        .on(
            MilvusServiceGrpc.getGetLoadingProgressMethod(),
            (request, call) -> {
              var load =
                  load(
                      call,
                      call.database(request.getDbName()),
                      request.getCollectionName(),
                      request.getPartitionNamesList());
              if (load.state() == LoadStatus.State.NOT_LOADED) {
                throw new EngineException(
                    ErrorCode.NOT_LOADED,
                    "collection not loaded[collection=%s]".formatted(request.getCollectionName()));
              }
              return GetLoadingProgressResponse.newBuilder()
                  .setStatus(Failures.success())
                  .setProgress(load.percent())
                  .setRefreshProgress(load.percent())
                  .build();
            })
        .on(
            MilvusServiceGrpc.getGetLoadStateMethod(),
            (request, call) -> {
              var database = call.database(request.getDbName());
              var answer = GetLoadStateResponse.newBuilder().setStatus(Failures.success());
              var name = request.getCollectionName();
              if (!call.call(new CollectionRequest.Exists(database, name))) {
                return answer.setState(LoadState.LoadStateNotExist).build();
              }
              return answer
                  .setState(
                      switch (load(call, database, name, request.getPartitionNamesList()).state()) {
                        case NOT_LOADED -> LoadState.LoadStateNotLoad;
                        case LOADING -> LoadState.LoadStateLoading;
                        case LOADED -> LoadState.LoadStateLoaded;
                      })
                  .build();
            });
  }

  /// Real servers load nothing that has no index to search with.
  private static void requireIndexes(CallContext call, String database, String name) {
    var schema = call.call(new CollectionRequest.Describe(database, name)).schema();
    var indexed =
        call.call(new IndexRequest.Describe(database, name, Optional.empty())).stream()
            .map(index -> index.spec().field())
            .toList();
    for (var field : schema.vectors()) {
      if (!indexed.contains(field.name())) {
        throw new EngineException(
            ErrorCode.INDEX_NOT_FOUND,
            "index not found[collection=%s]: there is no vector index on field: [%s], please create index firstly"
                .formatted(name, field.name()));
      }
    }
  }

  private static LoadStatus load(
      CallContext call, String database, String name, List<String> partitions) {
    if (partitions.isEmpty()) {
      return call.call(new CollectionRequest.LoadState(database, name));
    }
    var all = call.call(new PartitionRequest.ListAll(database, name));
    return partitions.stream()
        .map(partition -> find(all, partition).load())
        .min(java.util.Comparator.comparingInt(LoadStatus::percent))
        .orElseThrow();
  }

  private static PartitionInfo find(List<PartitionInfo> all, String partition) {
    return all.stream()
        .filter(one -> one.name().equals(partition))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.PARTITION_NOT_FOUND,
                    "partition not found[partition=%s]".formatted(partition)));
  }

  private static void partitions(Calls calls) {
    calls
        .on(
            MilvusServiceGrpc.getCreatePartitionMethod(),
            (request, call) ->
                done(
                    call,
                    new PartitionRequest.Create(
                        call.database(request.getDbName()),
                        request.getCollectionName(),
                        request.getPartitionName())))
        .on(
            MilvusServiceGrpc.getDropPartitionMethod(),
            (request, call) ->
                done(
                    call,
                    new PartitionRequest.Drop(
                        call.database(request.getDbName()),
                        request.getCollectionName(),
                        request.getPartitionName())))
        .on(
            MilvusServiceGrpc.getHasPartitionMethod(),
            (request, call) ->
                BoolResponse.newBuilder()
                    .setStatus(Failures.success())
                    .setValue(
                        call
                            .call(
                                new PartitionRequest.ListAll(
                                    call.database(request.getDbName()),
                                    request.getCollectionName()))
                            .stream()
                            .anyMatch(one -> one.name().equals(request.getPartitionName())))
                    .build())
        .on(
            MilvusServiceGrpc.getShowPartitionsMethod(),
            (request, call) -> {
              var answer = ShowPartitionsResponse.newBuilder().setStatus(Failures.success());
              var database = call.database(request.getDbName());
              var name =
                  request.getCollectionName().isEmpty()
                      ? nameOf(call, database, request.getCollectionID())
                      : request.getCollectionName();
              for (var partition : call.call(new PartitionRequest.ListAll(database, name))) {
                answer
                    .addPartitionNames(partition.name())
                    .addPartitionIDs(partition.id())
                    .addCreatedTimestamps(Timestamps.ofMillis(partition.createdAt()))
                    .addCreatedUtcTimestamps(partition.createdAt())
                    .addInMemoryPercentages(partition.load().percent());
              }
              return answer.build();
            })
        .on(
            MilvusServiceGrpc.getGetPartitionStatisticsMethod(),
            (request, call) -> {
              var all =
                  call.call(
                      new PartitionRequest.ListAll(
                          call.database(request.getDbName()), request.getCollectionName()));
              return GetPartitionStatisticsResponse.newBuilder()
                  .setStatus(Failures.success())
                  .addStats(
                      Params.pair(
                          "row_count", Long.toString(find(all, request.getPartitionName()).rows())))
                  .build();
            })
        .on(
            MilvusServiceGrpc.getLoadPartitionsMethod(),
            (request, call) -> {
              var database = call.database(request.getDbName());
              requireIndexes(call, database, request.getCollectionName());
              return done(
                  call,
                  new PartitionRequest.Load(
                      database, request.getCollectionName(), request.getPartitionNamesList()));
            })
        .on(
            MilvusServiceGrpc.getReleasePartitionsMethod(),
            (request, call) ->
                done(
                    call,
                    new PartitionRequest.Release(
                        call.database(request.getDbName()),
                        request.getCollectionName(),
                        request.getPartitionNamesList())));
  }

  private static void aliases(Calls calls) {
    calls
        .on(
            MilvusServiceGrpc.getCreateAliasMethod(),
            (request, call) ->
                done(
                    call,
                    new AliasRequest.Create(
                        call.database(request.getDbName()),
                        request.getAlias(),
                        request.getCollectionName())))
        .on(
            MilvusServiceGrpc.getAlterAliasMethod(),
            (request, call) ->
                done(
                    call,
                    new AliasRequest.Alter(
                        call.database(request.getDbName()),
                        request.getAlias(),
                        request.getCollectionName())))
        .on(
            MilvusServiceGrpc.getDropAliasMethod(),
            (request, call) ->
                done(
                    call,
                    new AliasRequest.Drop(call.database(request.getDbName()), request.getAlias())))
        .on(
            MilvusServiceGrpc.getDescribeAliasMethod(),
            (request, call) -> {
              var database = call.database(request.getDbName());
              var info = call.call(new AliasRequest.Describe(database, request.getAlias()));
              return DescribeAliasResponse.newBuilder()
                  .setStatus(Failures.success())
                  .setDbName(database)
                  .setAlias(info.alias())
                  .setCollection(info.collection())
                  .build();
            })
        .on(
            MilvusServiceGrpc.getListAliasesMethod(),
            (request, call) -> {
              var database = call.database(request.getDbName());
              var name = request.getCollectionName();
              var answer =
                  ListAliasesResponse.newBuilder()
                      .setStatus(Failures.success())
                      .setDbName(database)
                      .setCollectionName(name);
              call.call(
                      new AliasRequest.ListAll(
                          database, name.isEmpty() ? Optional.empty() : Optional.of(name)))
                  .forEach(alias -> answer.addAliases(alias.alias()));
              return answer.build();
            });
  }

  private static void indexes(Calls calls) {
    calls
        .on(
            MilvusServiceGrpc.getCreateIndexMethod(),
            (request, call) ->
                done(
                    call,
                    new IndexRequest.Create(
                        call.database(request.getDbName()),
                        request.getCollectionName(),
                        Indexes.fromProto(
                            request.getIndexName(),
                            request.getFieldName(),
                            request.getExtraParamsList()))))
        .on(
            MilvusServiceGrpc.getDescribeIndexMethod(),
            (request, call) -> {
              var answer = DescribeIndexResponse.newBuilder().setStatus(Failures.success());
              var found = find(request, call);
              for (int i = 0; i < found.size(); i++) {
                answer.addIndexDescriptions(Indexes.toProto(found.get(i), i + 1));
              }
              return answer.build();
            })
        .on(
            MilvusServiceGrpc.getGetIndexStatisticsMethod(),
            (request, call) -> {
              var answer = GetIndexStatisticsResponse.newBuilder().setStatus(Failures.success());
              var found =
                  find(
                      call,
                      call.database(request.getDbName()),
                      request.getCollectionName(),
                      request.getIndexName(),
                      "");
              for (int i = 0; i < found.size(); i++) {
                answer.addIndexDescriptions(Indexes.toProto(found.get(i), i + 1));
              }
              return answer.build();
            })
        .on(
            MilvusServiceGrpc.getGetIndexStateMethod(),
            (request, call) -> {
              var index =
                  find(
                          call,
                          call.database(request.getDbName()),
                          request.getCollectionName(),
                          request.getIndexName(),
                          request.getFieldName())
                      .getFirst();
              var told = Indexes.toProto(index, 1);
              return GetIndexStateResponse.newBuilder()
                  .setStatus(Failures.success())
                  .setState(
                      told.getState() == IndexState.IndexStateNone
                          ? IndexState.Unissued
                          : told.getState())
                  .setFailReason(told.getIndexStateFailReason())
                  .build();
            })
        .on(
            MilvusServiceGrpc.getGetIndexBuildProgressMethod(),
            (request, call) -> {
              var index =
                  find(
                          call,
                          call.database(request.getDbName()),
                          request.getCollectionName(),
                          request.getIndexName(),
                          request.getFieldName())
                      .getFirst();
              return GetIndexBuildProgressResponse.newBuilder()
                  .setStatus(Failures.success())
                  .setIndexedRows(index.indexedRows())
                  .setTotalRows(index.totalRows())
                  .build();
            })
        .on(
            MilvusServiceGrpc.getAlterIndexMethod(),
            (request, call) ->
                done(
                    call,
                    new IndexRequest.Alter(
                        call.database(request.getDbName()),
                        request.getCollectionName(),
                        request.getIndexName(),
                        Params.fromProto(request.getExtraParamsList()),
                        Set.copyOf(request.getDeleteKeysList()))))
        .on(
            MilvusServiceGrpc.getDropIndexMethod(),
            (request, call) -> {
              var database = call.database(request.getDbName());
              var name =
                  request.getIndexName().isEmpty()
                      ? request.getFieldName()
                      : request.getIndexName();
              var known =
                  call.call(
                      new IndexRequest.Describe(
                          database, request.getCollectionName(), Optional.empty()));
              // As with collections, the drop of what is not there is done.
              return known.stream().anyMatch(index -> index.name().equals(name))
                  ? done(call, new IndexRequest.Drop(database, request.getCollectionName(), name))
                  : Failures.success();
            });
  }

  private static List<IndexInfo> find(DescribeIndexRequest request, CallContext call) {
    return find(
        call,
        call.database(request.getDbName()),
        request.getCollectionName(),
        request.getIndexName(),
        request.getFieldName());
  }

  private static List<IndexInfo> find(
      CallContext call, String database, String collection, String index, String field) {
    var all =
        call.call(new IndexRequest.Describe(database, collection, Optional.empty())).stream()
            .filter(one -> index.isEmpty() || one.name().equals(index))
            .filter(one -> field.isEmpty() || one.spec().field().equals(field))
            .toList();
    if (all.isEmpty()) {
      throw new EngineException(
          ErrorCode.INDEX_NOT_FOUND,
          "index not found[collection=%s]%s"
              .formatted(collection, index.isEmpty() ? "" : "[index=" + index + "]"));
    }
    return all;
  }
}
