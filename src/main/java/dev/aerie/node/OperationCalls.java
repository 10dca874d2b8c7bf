package dev.aerie.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.aerie.engine.Capability;
import dev.aerie.engine.ClusterRequest;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.Engine;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.MaintenanceRequest.SegmentInfo;
import dev.aerie.engine.ObserveRequest;
import dev.aerie.engine.ObserveRequest.EngineMetrics;
import dev.aerie.wire.Failures;
import dev.aerie.wire.proto.AllocTimestampResponse;
import dev.aerie.wire.proto.AnalyzerResult;
import dev.aerie.wire.proto.AnalyzerToken;
import dev.aerie.wire.proto.CheckHealthResponse;
import dev.aerie.wire.proto.CompactionMergeInfo;
import dev.aerie.wire.proto.CompactionState;
import dev.aerie.wire.proto.ComponentInfo;
import dev.aerie.wire.proto.ComponentStates;
import dev.aerie.wire.proto.ConnectResponse;
import dev.aerie.wire.proto.DescribeResourceGroupResponse;
import dev.aerie.wire.proto.FlushAllResponse;
import dev.aerie.wire.proto.FlushRequest;
import dev.aerie.wire.proto.FlushResponse;
import dev.aerie.wire.proto.GetCompactionPlansResponse;
import dev.aerie.wire.proto.GetCompactionStateResponse;
import dev.aerie.wire.proto.GetFlushAllStateResponse;
import dev.aerie.wire.proto.GetFlushStateResponse;
import dev.aerie.wire.proto.GetMetricsResponse;
import dev.aerie.wire.proto.GetPersistentSegmentInfoResponse;
import dev.aerie.wire.proto.GetQuerySegmentInfoResponse;
import dev.aerie.wire.proto.GetReplicasRequest;
import dev.aerie.wire.proto.GetReplicasResponse;
import dev.aerie.wire.proto.GetVersionResponse;
import dev.aerie.wire.proto.ListFileResourcesResponse;
import dev.aerie.wire.proto.ListResourceGroupsResponse;
import dev.aerie.wire.proto.LongArray;
import dev.aerie.wire.proto.ManualCompactionResponse;
import dev.aerie.wire.proto.MilvusServiceGrpc;
import dev.aerie.wire.proto.PersistentSegmentInfo;
import dev.aerie.wire.proto.QuerySegmentInfo;
import dev.aerie.wire.proto.ReplicaInfo;
import dev.aerie.wire.proto.ResourceGroup;
import dev.aerie.wire.proto.RunAnalyzerResponse;
import dev.aerie.wire.proto.SegmentLevel;
import dev.aerie.wire.proto.SegmentState;
import dev.aerie.wire.proto.ServerInfo;
import dev.aerie.wire.proto.ShardReplica;
import dev.aerie.wire.proto.StateCode;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Connecting, health, flush, compaction, segments, metrics, and what a single node says of the
/// parts of a cluster.
@SuppressWarnings("deprecation")
final class OperationCalls {
  /// The version of Milvus whose behaviour is served; clients choose their calls by it.
  static final String MILVUS_VERSION = "v2.6.22";

  private static final String DEFAULT_GROUP = "__default_resource_group";
  private static final long NODE_ID = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private OperationCalls() {}

  static void register(Calls calls, Engine engine) {
    connecting(calls, engine);
    upkeep(calls);
    segments(calls);
    cluster(calls);
    refused(calls);
  }

  private static void connecting(Calls calls, Engine engine) {
    var identifiers = new AtomicLong(System.currentTimeMillis());
    calls
        .on(
            MilvusServiceGrpc.getConnectMethod(),
            (request, call) ->
                ConnectResponse.newBuilder()
                    .setStatus(Failures.success())
                    .setIdentifier(identifiers.incrementAndGet())
                    .setServerInfo(
                        ServerInfo.newBuilder()
                            .setBuildTags(MILVUS_VERSION)
                            .setDeployMode("STANDALONE")
                            .putReserved("product", engine.info().product())
                            .putReserved("product_version", engine.info().version()))
                    .build())
        .on(
            MilvusServiceGrpc.getGetVersionMethod(),
            (request, call) ->
                GetVersionResponse.newBuilder()
                    .setStatus(Failures.success())
                    .setVersion(MILVUS_VERSION)
                    .build())
        .on(
            MilvusServiceGrpc.getCheckHealthMethod(),
            (request, call) -> {
              var health = call.call(new ObserveRequest.Health());
              return CheckHealthResponse.newBuilder()
                  .setStatus(Failures.success())
                  .setIsHealthy(health.healthy())
                  .addAllReasons(health.reasons())
                  .build();
            })
        .on(
            MilvusServiceGrpc.getGetComponentStatesMethod(),
            (request, call) ->
                ComponentStates.newBuilder()
                    .setStatus(Failures.success())
                    .setState(
                        ComponentInfo.newBuilder()
                            .setNodeID(NODE_ID)
                            .setRole("standalone")
                            .setStateCode(
                                call.call(new ObserveRequest.Health()).healthy()
                                    ? StateCode.Healthy
                                    : StateCode.Abnormal))
                    .build())
        .on(
            MilvusServiceGrpc.getAllocTimestampMethod(),
            (request, call) ->
                AllocTimestampResponse.newBuilder()
                    .setStatus(Failures.success())
                    .setTimestamp(call.call(new ObserveRequest.Timestamp()))
                    .build())
        .on(
            MilvusServiceGrpc.getGetMetricsMethod(),
            (request, call) ->
                GetMetricsResponse.newBuilder()
                    .setStatus(Failures.success())
                    .setComponentName("standalone")
                    .setResponse(metrics(call.call(new ObserveRequest.Metrics())))
                    .build())
        .on(
            MilvusServiceGrpc.getRunAnalyzerMethod(),
            (request, call) -> {
              var texts =
                  request.getPlaceholderList().stream().map(ByteString::toStringUtf8).toList();
              var answer = RunAnalyzerResponse.newBuilder().setStatus(Failures.success());
              for (var tokens :
                  call.call(
                      new ObserveRequest.AnalyzerPreview(texts, request.getAnalyzerParams()))) {
                var result = AnalyzerResult.newBuilder();
                for (var token : tokens) {
                  var told = AnalyzerToken.newBuilder().setToken(token.text());
                  if (request.getWithDetail()) {
                    told.setStartOffset(token.start())
                        .setEndOffset(token.end())
                        .setPosition(token.position())
                        .setPositionLength(1);
                  }
                  result.addTokens(told);
                }
                answer.addResults(result);
              }
              return answer.build();
            });
  }

  private static String metrics(EngineMetrics metrics) {
    if (metrics.raw().startsWith("{")) {
      return metrics.raw();
    }
    var root = JSON.createObjectNode();
    var nodes = root.putArray("nodes_info");
    for (var node : metrics.nodes()) {
      var told = nodes.addObject();
      told.put("identifier", node.id());
      told.putArray("connected");
      var infos = told.putObject("infos");
      infos.put("has_error", false);
      infos.put("error_reason", "");
      infos.put("name", node.name());
      infos.put("type", node.role());
      infos.put("id", node.id());
      var hardware = infos.putObject("hardware_infos");
      hardware.put("ip", node.address());
      hardware.put("cpu_core_count", node.figures().getOrDefault("cpu.cores", 0.0).intValue());
      hardware.put("cpu_core_usage", node.figures().getOrDefault("cpu.usage", 0.0));
      hardware.put("memory", node.figures().getOrDefault("memory.total", 0.0).longValue());
      hardware.put("memory_usage", node.figures().getOrDefault("memory.used", 0.0).longValue());
      hardware.put("disk", node.figures().getOrDefault("disk.total", 0.0).longValue());
      hardware.put("disk_usage", node.figures().getOrDefault("disk.used", 0.0).longValue());
      var system = infos.putObject("system_info");
      system.put("build_version", node.version());
      system.put("deploy_mode", "STANDALONE");
      var configuration = infos.putObject("system_configurations");
      node.properties().forEach(configuration::put);
    }
    return root.toString();
  }

  private static void upkeep(Calls calls) {
    calls
        .on(MilvusServiceGrpc.getFlushMethod(), OperationCalls::flush)
        .on(
            MilvusServiceGrpc.getGetFlushStateMethod(),
            // A flush has ended when it is answered.
            (request, call) ->
                GetFlushStateResponse.newBuilder()
                    .setStatus(Failures.success())
                    .setFlushed(true)
                    .build())
        .on(
            MilvusServiceGrpc.getFlushAllMethod(),
            (request, call) -> {
              var database = call.database(request.getDbName());
              var names =
                  call.call(new CollectionRequest.ListAll(database)).stream()
                      .map(CollectionRequest.CollectionSummary::name)
                      .toList();
              if (!names.isEmpty()) {
                call.call(new MaintenanceRequest.Flush(database, names));
              }
              return FlushAllResponse.newBuilder()
                  .setStatus(Failures.success())
                  .setFlushAllTs(call.call(new ObserveRequest.Timestamp()))
                  .build();
            })
        .on(
            MilvusServiceGrpc.getGetFlushAllStateMethod(),
            (request, call) ->
                GetFlushAllStateResponse.newBuilder()
                    .setStatus(Failures.success())
                    .setFlushed(true)
                    .build())
        .on(
            MilvusServiceGrpc.getManualCompactionMethod(),
            (request, call) -> {
              var database = call.database(request.getDbName());
              var name =
                  request.getCollectionName().isEmpty()
                      ? SchemaCalls.nameOf(call, database, request.getCollectionID())
                      : request.getCollectionName();
              long job =
                  call.call(
                      new MaintenanceRequest.Compact(database, name, request.getMajorCompaction()));
              return ManualCompactionResponse.newBuilder()
                  .setStatus(Failures.success())
                  .setCompactionID(job)
                  .setCompactionPlanCount(1)
                  .build();
            })
        .on(
            MilvusServiceGrpc.getGetCompactionStateMethod(),
            (request, call) -> {
              var state =
                  call.call(new MaintenanceRequest.CompactionState(request.getCompactionID()));
              return GetCompactionStateResponse.newBuilder()
                  .setStatus(Failures.success())
                  .setState(
                      state.finished() ? CompactionState.Completed : CompactionState.Executing)
                  .setExecutingPlanNo(state.executing())
                  .setCompletedPlanNo(state.completed())
                  .setFailedPlanNo(state.failed())
                  .build();
            })
        .on(
            MilvusServiceGrpc.getGetCompactionStateWithPlansMethod(),
            (request, call) -> {
              var state =
                  call.call(new MaintenanceRequest.CompactionState(request.getCompactionID()));
              var answer =
                  GetCompactionPlansResponse.newBuilder()
                      .setStatus(Failures.success())
                      .setState(
                          state.finished() ? CompactionState.Completed : CompactionState.Executing);
              for (var plan : state.plans()) {
                answer.addMergeInfos(
                    CompactionMergeInfo.newBuilder()
                        .addAllSources(plan.sources())
                        .setTarget(plan.target()));
              }
              return answer.build();
            });
  }

  private static FlushResponse flush(FlushRequest request, CallContext call) {
    var database = call.database(request.getDbName());
    call.call(new MaintenanceRequest.Flush(database, request.getCollectionNamesList()));
    long now = call.call(new ObserveRequest.Timestamp());
    var answer = FlushResponse.newBuilder().setStatus(Failures.success()).setDbName(database);
    for (var name : request.getCollectionNamesList()) {
      var none = LongArray.getDefaultInstance();
      answer
          .putCollSegIDs(name, none)
          .putFlushCollSegIDs(name, none)
          .putCollSealTimes(name, System.currentTimeMillis() / 1_000)
          .putCollFlushTs(name, now);
    }
    return answer.build();
  }

  private static void segments(Calls calls) {
    calls
        .on(
            MilvusServiceGrpc.getGetPersistentSegmentInfoMethod(),
            (request, call) -> {
              var database = call.database(request.getDbName());
              var name = request.getCollectionName();
              var info = call.call(new CollectionRequest.Describe(database, name));
              var answer =
                  GetPersistentSegmentInfoResponse.newBuilder().setStatus(Failures.success());
              for (var segment : call.call(new MaintenanceRequest.Segments(database, name))) {
                answer.addInfos(
                    PersistentSegmentInfo.newBuilder()
                        .setSegmentID(number(segment.id()))
                        .setCollectionID(info.id())
                        .setNumRows(segment.rows())
                        .setState(state(segment))
                        .setLevel(SegmentLevel.L1));
              }
              return answer.build();
            })
        .on(
            MilvusServiceGrpc.getGetQuerySegmentInfoMethod(),
            (request, call) -> {
              var database = call.database(request.getDbName());
              var name = request.getCollectionName();
              var info = call.call(new CollectionRequest.Describe(database, name));
              var answer = GetQuerySegmentInfoResponse.newBuilder().setStatus(Failures.success());
              if (!info.load().isLoaded()) {
                return answer.build();
              }
              for (var segment : call.call(new MaintenanceRequest.Segments(database, name))) {
                answer.addInfos(
                    QuerySegmentInfo.newBuilder()
                        .setSegmentID(number(segment.id()))
                        .setCollectionID(info.id())
                        .setNumRows(segment.rows())
                        .setMemSize(Math.max(0, segment.bytes()))
                        .setIndexName(String.join(", ", segment.index().keySet()))
                        .setState(state(segment))
                        .setLevel(SegmentLevel.L1)
                        .addNodeIds(NODE_ID));
              }
              return answer.build();
            });
  }

  /// Segments are numbered on the wire; a name that is no number gets one of its own.
  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      return Integer.toUnsignedLong(id.hashCode());
    }
  }

  private static SegmentState state(SegmentInfo segment) {
    return switch (segment.state().toLowerCase(Locale.ROOT)) {
      case "growing" -> SegmentState.Growing;
      case "sealed" -> SegmentState.Sealed;
      default -> SegmentState.Flushed;
    };
  }

  private static void cluster(Calls calls) {
    calls
        .on(MilvusServiceGrpc.getGetReplicasMethod(), OperationCalls::replicas)
        .on(
            MilvusServiceGrpc.getListResourceGroupsMethod(),
            (request, call) ->
                ListResourceGroupsResponse.newBuilder()
                    .setStatus(Failures.success())
                    .addResourceGroups(DEFAULT_GROUP)
                    .build())
        .on(
            MilvusServiceGrpc.getDescribeResourceGroupMethod(),
            (request, call) -> {
              if (!request.getResourceGroup().equals(DEFAULT_GROUP)) {
                throw new IllegalArgumentException(
                    "resource group \"%s\" is not there; a single node has only %s"
                        .formatted(request.getResourceGroup(), DEFAULT_GROUP));
              }
              return DescribeResourceGroupResponse.newBuilder()
                  .setStatus(Failures.success())
                  .setResourceGroup(
                      ResourceGroup.newBuilder()
                          .setName(DEFAULT_GROUP)
                          .setCapacity(1)
                          .setNumAvailableNode(1))
                  .build();
            })
        .on(
            MilvusServiceGrpc.getListFileResourcesMethod(),
            (request, call) ->
                ListFileResourcesResponse.newBuilder().setStatus(Failures.success()).build());
  }

  private static GetReplicasResponse replicas(GetReplicasRequest request, CallContext call) {
    var database = call.database(request.getDbName());
    var name =
        request.getCollectionName().isEmpty()
            ? SchemaCalls.nameOf(call, database, request.getCollectionID())
            : request.getCollectionName();
    var answer = GetReplicasResponse.newBuilder().setStatus(Failures.success());
    var info = call.call(new CollectionRequest.Describe(database, name));
    if (!call.engine().capabilities().has(Capability.REPLICAS)) {
      // A single node is its own and only replica.
      return info.load().isLoaded()
          ? answer
              .addReplicas(
                  ReplicaInfo.newBuilder()
                      .setReplicaID(info.id())
                      .setCollectionID(info.id())
                      .setResourceGroupName(DEFAULT_GROUP)
                      .addNodeIds(NODE_ID)
                      .addShardReplicas(
                          ShardReplica.newBuilder()
                              .setLeaderID(NODE_ID)
                              .setDmChannelName("channel-" + info.id())
                              .addNodeIds(NODE_ID)))
              .build()
          : answer.build();
    }
    for (var replica : call.call(new ClusterRequest.Replicas(database, name))) {
      var told =
          ReplicaInfo.newBuilder()
              .setReplicaID(replica.id())
              .setCollectionID(info.id())
              .setResourceGroupName(replica.resourceGroup())
              .addAllNodeIds(replica.nodes());
      for (var shard : replica.shards()) {
        told.addShardReplicas(
            ShardReplica.newBuilder()
                .setLeaderID(shard.leader())
                .setLeaderAddr(shard.leaderAddress())
                .setDmChannelName(shard.channel())
                .addAllNodeIds(shard.nodes()));
      }
      answer.addReplicas(told);
    }
    return answer.build();
  }

  private static void refused(Calls calls) {
    var single = "this is a single node; there is nothing to move";
    calls
        .refuse(MilvusServiceGrpc.getLoadBalanceMethod(), single)
        .refuse(MilvusServiceGrpc.getCreateResourceGroupMethod(), single)
        .refuse(MilvusServiceGrpc.getDropResourceGroupMethod(), single)
        .refuse(MilvusServiceGrpc.getUpdateResourceGroupsMethod(), single)
        .refuse(MilvusServiceGrpc.getTransferNodeMethod(), single)
        .refuse(MilvusServiceGrpc.getTransferReplicaMethod(), single)
        .refuse(
            MilvusServiceGrpc.getImportMethod(), "files are imported by the client or the window")
        .refuse(
            MilvusServiceGrpc.getGetImportStateMethod(),
            "files are imported by the client or the window")
        .refuse(
            MilvusServiceGrpc.getListImportTasksMethod(),
            "files are imported by the client or the window")
        .refuse(MilvusServiceGrpc.getCalcDistanceMethod(), "Milvus dropped this call")
        .refuse(
            MilvusServiceGrpc.getListIndexedSegmentMethod(),
            "the inside of an index is shown by the window")
        .refuse(
            MilvusServiceGrpc.getDescribeSegmentIndexDataMethod(),
            "the inside of an index is shown by the window")
        .refuse(MilvusServiceGrpc.getAddFileResourceMethod(), "there are no file resources")
        .refuse(MilvusServiceGrpc.getRemoveFileResourceMethod(), "there are no file resources");
  }
}
