package dev.aerie.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.aerie.engine.ClusterRequest;
import dev.aerie.engine.ClusterRequest.ImportInfo;
import dev.aerie.engine.ClusterRequest.Replica;
import dev.aerie.engine.ClusterRequest.Shard;
import dev.aerie.engine.Done;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.MaintenanceRequest.CompactionPlan;
import dev.aerie.engine.MaintenanceRequest.CompactionStatus;
import dev.aerie.engine.MaintenanceRequest.SegmentInfo;
import dev.aerie.engine.ObserveRequest;
import dev.aerie.engine.ObserveRequest.EngineMetrics;
import dev.aerie.engine.ObserveRequest.HealthStatus;
import dev.aerie.engine.ObserveRequest.Node;
import dev.aerie.engine.ObserveRequest.Token;
import dev.aerie.engine.Progress;
import dev.aerie.wire.Failures;
import dev.aerie.wire.Params;
import dev.aerie.wire.proto.AllocTimestampRequest;
import dev.aerie.wire.proto.CheckHealthRequest;
import dev.aerie.wire.proto.CompactionState;
import dev.aerie.wire.proto.CreateResourceGroupRequest;
import dev.aerie.wire.proto.DescribeCollectionRequest;
import dev.aerie.wire.proto.DescribeResourceGroupRequest;
import dev.aerie.wire.proto.DropResourceGroupRequest;
import dev.aerie.wire.proto.FlushRequest;
import dev.aerie.wire.proto.GetCompactionPlansRequest;
import dev.aerie.wire.proto.GetCompactionStateRequest;
import dev.aerie.wire.proto.GetFlushStateRequest;
import dev.aerie.wire.proto.GetMetricsRequest;
import dev.aerie.wire.proto.GetPersistentSegmentInfoRequest;
import dev.aerie.wire.proto.GetQuerySegmentInfoRequest;
import dev.aerie.wire.proto.GetReplicasRequest;
import dev.aerie.wire.proto.ImportRequest;
import dev.aerie.wire.proto.ListImportTasksRequest;
import dev.aerie.wire.proto.ListResourceGroupsRequest;
import dev.aerie.wire.proto.LoadBalanceRequest;
import dev.aerie.wire.proto.ManualCompactionRequest;
import dev.aerie.wire.proto.NodeInfo;
import dev.aerie.wire.proto.QuerySegmentInfo;
import dev.aerie.wire.proto.ResourceGroupConfig;
import dev.aerie.wire.proto.ResourceGroupLimit;
import dev.aerie.wire.proto.RunAnalyzerRequest;
import dev.aerie.wire.proto.ShardReplica;
import dev.aerie.wire.proto.Status;
import dev.aerie.wire.proto.TransferNodeRequest;
import dev.aerie.wire.proto.TransferReplicaRequest;
import dev.aerie.wire.proto.UpdateResourceGroupsRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Upkeep, figures and the parts of a cluster.
@SuppressWarnings("deprecation")
final class RemoteOperations {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Connection connection;

  RemoteOperations(Connection connection) {
    this.connection = connection;
  }

  private Done write(String database, Progress progress, Connection.Call<Status> call) {
    Failures.check(connection.write(database, progress, call));
    return Done.DONE;
  }

  Object call(MaintenanceRequest<?> request, Progress progress) {
    return switch (request) {
      case MaintenanceRequest.Flush(String database, var collections) ->
          flush(database, collections, progress);
      case MaintenanceRequest.Compact(String database, String collection, boolean clustering) -> {
        var described =
            connection.read(
                database,
                progress,
                stub ->
                    stub.describeCollection(
                        DescribeCollectionRequest.newBuilder()
                            .setDbName(database)
                            .setCollectionName(collection)
                            .build()));
        Failures.check(described.getStatus());
        var answer =
            connection.write(
                database,
                progress,
                stub ->
                    stub.manualCompaction(
                        ManualCompactionRequest.newBuilder()
                            .setCollectionID(described.getCollectionID())
                            .setDbName(database)
                            .setCollectionName(collection)
                            .setMajorCompaction(clustering)
                            .build()));
        Failures.check(answer.getStatus());
        yield answer.getCompactionID();
      }
      case MaintenanceRequest.CompactionState(long job) -> compaction(job, progress);
      case MaintenanceRequest.Segments(String database, String collection) ->
          segments(database, collection, progress);
    };
  }

  private Done flush(String database, List<String> collections, Progress progress) {
    var answer =
        connection.write(
            database,
            progress,
            stub ->
                stub.flush(
                    FlushRequest.newBuilder()
                        .setDbName(database)
                        .addAllCollectionNames(collections)
                        .build()));
    Failures.check(answer.getStatus());
    for (var collection : collections) {
      var segments =
          answer.containsCollSegIDs(collection)
              ? answer.getCollSegIDsOrThrow(collection).getDataList()
              : List.<Long>of();
      var wait =
          GetFlushStateRequest.newBuilder()
              .setDbName(database)
              .setCollectionName(collection)
              .addAllSegmentIDs(segments)
              .setFlushTs(answer.getCollFlushTsOrDefault(collection, 0))
              .build();
      while (true) {
        var state = connection.read(database, progress, stub -> stub.getFlushState(wait));
        Failures.check(state.getStatus());
        if (state.getFlushed()) {
          break;
        }
        Connection.pause(POLL, progress);
      }
    }
    return Done.DONE;
  }

  private CompactionStatus compaction(long job, Progress progress) {
    var state =
        connection.read(
            "",
            progress,
            stub ->
                stub.getCompactionState(
                    GetCompactionStateRequest.newBuilder().setCompactionID(job).build()));
    Failures.check(state.getStatus());
    var plans =
        connection.read(
            "",
            progress,
            stub ->
                stub.getCompactionStateWithPlans(
                    GetCompactionPlansRequest.newBuilder().setCompactionID(job).build()));
    return new CompactionStatus(
        state.getState() == CompactionState.Completed,
        (int) state.getExecutingPlanNo(),
        (int) state.getCompletedPlanNo(),
        (int) (state.getFailedPlanNo() + state.getTimeoutPlanNo()),
        plans.getMergeInfosList().stream()
            .map(plan -> new CompactionPlan(plan.getSourcesList(), plan.getTarget()))
            .toList());
  }

  private List<SegmentInfo> segments(String database, String collection, Progress progress) {
    var stored =
        connection.read(
            database,
            progress,
            stub ->
                stub.getPersistentSegmentInfo(
                    GetPersistentSegmentInfoRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()));
    Failures.check(stored.getStatus());
    var loaded = new HashMap<Long, QuerySegmentInfo>();
    var queried =
        connection.read(
            database,
            progress,
            stub ->
                stub.getQuerySegmentInfo(
                    GetQuerySegmentInfoRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()));
    // A collection that is not loaded has nothing to tell here.
    if (queried.getStatus().getCode() == 0) {
      queried.getInfosList().forEach(segment -> loaded.put(segment.getSegmentID(), segment));
    }
    var all = new ArrayList<SegmentInfo>();
    for (var segment : stored.getInfosList()) {
      var serving = loaded.remove(segment.getSegmentID());
      all.add(
          new SegmentInfo(
              Long.toString(segment.getSegmentID()),
              collection,
              Long.toString(segment.getPartitionID()),
              segment.getState().name(),
              segment.getLevel().name(),
              segment.getNumRows(),
              0,
              serving == null || serving.getMemSize() == 0 ? -1 : serving.getMemSize(),
              serving == null || serving.getIndexName().isEmpty()
                  ? Map.of()
                  : Map.of("", serving.getIndexName()),
              serving == null ? List.of() : serving.getNodeIdsList()));
    }
    for (var serving : loaded.values()) {
      all.add(
          new SegmentInfo(
              Long.toString(serving.getSegmentID()),
              collection,
              Long.toString(serving.getPartitionID()),
              serving.getState().name(),
              serving.getLevel().name(),
              serving.getNumRows(),
              0,
              serving.getMemSize() == 0 ? -1 : serving.getMemSize(),
              serving.getIndexName().isEmpty() ? Map.of() : Map.of("", serving.getIndexName()),
              serving.getNodeIdsList()));
    }
    return List.copyOf(all);
  }

  Object call(ObserveRequest<?> request, Progress progress) {
    return switch (request) {
      case ObserveRequest.Health() -> {
        var answer =
            connection.read(
                "", progress, stub -> stub.checkHealth(CheckHealthRequest.getDefaultInstance()));
        Failures.check(answer.getStatus());
        yield new HealthStatus(answer.getIsHealthy(), answer.getReasonsList());
      }
      case ObserveRequest.Metrics() -> {
        var answer =
            connection.read(
                "",
                progress,
                stub ->
                    stub.getMetrics(
                        GetMetricsRequest.newBuilder()
                            .setRequest("{\"metric_type\":\"system_info\"}")
                            .build()));
        Failures.check(answer.getStatus());
        yield metrics(answer.getResponse());
      }
      case ObserveRequest.Timestamp() -> {
        var answer =
            connection.read(
                "",
                progress,
                stub -> stub.allocTimestamp(AllocTimestampRequest.getDefaultInstance()));
        Failures.check(answer.getStatus());
        yield answer.getTimestamp();
      }
      case ObserveRequest.AnalyzerPreview(var texts, String analyzer) -> {
        var answer =
            connection.read(
                "",
                progress,
                stub ->
                    stub.runAnalyzer(
                        RunAnalyzerRequest.newBuilder()
                            .setAnalyzerParams(analyzer)
                            .addAllPlaceholder(
                                texts.stream().map(ByteString::copyFromUtf8).toList())
                            .setWithDetail(true)
                            .build()));
        Failures.check(answer.getStatus());
        yield answer.getResultsList().stream()
            .map(
                text ->
                    text.getTokensList().stream()
                        .map(
                            token ->
                                new Token(
                                    token.getToken(),
                                    (int) token.getStartOffset(),
                                    (int) token.getEndOffset(),
                                    (int) token.getPosition()))
                        .toList())
            .toList();
      }
      case ObserveRequest.Jobs jobs -> throw ServerVersion.unsupported(jobs.needs());
      case ObserveRequest.SlowQueries slow -> throw ServerVersion.unsupported(slow.needs());
      case ObserveRequest.Anatomy anatomy -> throw ServerVersion.unsupported(anatomy.needs());
    };
  }

  private static EngineMetrics metrics(String raw) {
    var nodes = new ArrayList<Node>();
    for (var node : Params.object(raw).path("nodes_info")) {
      var infos = node.path("infos");
      var hardware = infos.path("hardware_infos");
      var figures = new HashMap<String, Double>();
      figure(figures, "cpu.cores", hardware.path("cpu_core_count"));
      figure(figures, "cpu.usage", hardware.path("cpu_core_usage"));
      figure(figures, "memory.total", hardware.path("memory"));
      figure(figures, "memory.used", hardware.path("memory_usage"));
      figure(figures, "disk.total", hardware.path("disk"));
      figure(figures, "disk.used", hardware.path("disk_usage"));
      var properties = new HashMap<String, String>();
      flatten(properties, "", infos.path("system_info"));
      flatten(properties, "configuration.", infos.path("system_configurations"));
      nodes.add(
          new Node(
              infos.path("id").asLong(node.path("identifier").asLong()),
              infos.path("name").asText(""),
              infos.path("type").asText(""),
              hardware.path("ip").asText(""),
              infos.path("system_info").path("build_version").asText(""),
              infos.path("has_error").asBoolean()
                  ? infos.path("error_reason").asText("error")
                  : "healthy",
              figures,
              properties));
    }
    return new EngineMetrics(nodes, raw);
  }

  private static void figure(Map<String, Double> figures, String name, JsonNode value) {
    if (value.isNumber()) {
      figures.put(name, value.doubleValue());
    }
  }

  private static void flatten(Map<String, String> properties, String prefix, JsonNode object) {
    for (var member : object.properties()) {
      properties.put(
          prefix + member.getKey(),
          member.getValue().isTextual()
              ? member.getValue().textValue()
              : member.getValue().toString());
    }
  }

  Object call(ClusterRequest<?> request, Progress progress) {
    return switch (request) {
      case ClusterRequest.Replicas(String database, String collection) -> {
        var described =
            connection.read(
                database,
                progress,
                stub ->
                    stub.describeCollection(
                        DescribeCollectionRequest.newBuilder()
                            .setDbName(database)
                            .setCollectionName(collection)
                            .build()));
        Failures.check(described.getStatus());
        var answer =
            connection.read(
                database,
                progress,
                stub ->
                    stub.getReplicas(
                        GetReplicasRequest.newBuilder()
                            .setDbName(database)
                            .setCollectionName(collection)
                            .setCollectionID(described.getCollectionID())
                            .setWithShardNodes(true)
                            .build()));
        Failures.check(answer.getStatus());
        yield answer.getReplicasList().stream()
            .map(
                one ->
                    new Replica(
                        one.getReplicaID(),
                        one.getShardReplicasList().stream().map(RemoteOperations::shard).toList(),
                        one.getNodeIdsList(),
                        one.getResourceGroupName()))
            .toList();
      }
      case ClusterRequest.ListResourceGroups() -> resourceGroups(progress);
      case ClusterRequest.CreateResourceGroup(String name, int requests, int limits) ->
          write(
              "",
              progress,
              stub ->
                  stub.createResourceGroup(
                      CreateResourceGroupRequest.newBuilder()
                          .setResourceGroup(name)
                          .setConfig(config(requests, limits))
                          .build()));
      case ClusterRequest.UpdateResourceGroup(String name, int requests, int limits) ->
          write(
              "",
              progress,
              stub ->
                  stub.updateResourceGroups(
                      UpdateResourceGroupsRequest.newBuilder()
                          .putResourceGroups(name, config(requests, limits))
                          .build()));
      case ClusterRequest.DropResourceGroup(String name) ->
          write(
              "",
              progress,
              stub ->
                  stub.dropResourceGroup(
                      DropResourceGroupRequest.newBuilder().setResourceGroup(name).build()));
      case ClusterRequest.TransferNodes(String source, String target, int nodes) ->
          write(
              "",
              progress,
              stub ->
                  stub.transferNode(
                      TransferNodeRequest.newBuilder()
                          .setSourceResourceGroup(source)
                          .setTargetResourceGroup(target)
                          .setNumNode(nodes)
                          .build()));
      case ClusterRequest.TransferReplicas move ->
          write(
              move.database(),
              progress,
              stub ->
                  stub.transferReplica(
                      TransferReplicaRequest.newBuilder()
                          .setSourceResourceGroup(move.source())
                          .setTargetResourceGroup(move.target())
                          .setDbName(move.database())
                          .setCollectionName(move.collection())
                          .setNumReplica(move.replicas())
                          .build()));
      case ClusterRequest.LoadBalance move ->
          write(
              move.database(),
              progress,
              stub ->
                  stub.loadBalance(
                      LoadBalanceRequest.newBuilder()
                          .setDbName(move.database())
                          .setCollectionName(move.collection())
                          .setSrcNodeID(move.source())
                          .addAllDstNodeIDs(move.targets())
                          .addAllSealedSegmentIDs(move.segments())
                          .build()));
      case ClusterRequest.StartImport start -> {
        var answer =
            connection.write(
                start.database(),
                progress,
                stub ->
                    stub.import_(
                        ImportRequest.newBuilder()
                            .setDbName(start.database())
                            .setCollectionName(start.collection())
                            .setPartitionName(start.partition())
                            .addAllFiles(start.files())
                            .build()));
        Failures.check(answer.getStatus());
        yield List.copyOf(answer.getTasksList());
      }
      case ClusterRequest.ListImports(String database, String collection) -> {
        var answer =
            connection.read(
                database,
                progress,
                stub ->
                    stub.listImportTasks(
                        ListImportTasksRequest.newBuilder()
                            .setDbName(database)
                            .setCollectionName(collection)
                            .build()));
        Failures.check(answer.getStatus());
        yield answer.getTasksList().stream()
            .map(
                task ->
                    new ImportInfo(
                        task.getId(),
                        task.getState().name(),
                        task.getRowCount(),
                        collection,
                        Params.fromProto(task.getInfosList())))
            .toList();
      }
    };
  }

  private static Shard shard(ShardReplica shard) {
    return new Shard(
        shard.getDmChannelName(),
        shard.getLeaderID(),
        shard.getLeaderAddr(),
        shard.getNodeIdsList());
  }

  private static ResourceGroupConfig config(int requests, int limits) {
    return ResourceGroupConfig.newBuilder()
        .setRequests(ResourceGroupLimit.newBuilder().setNodeNum(requests))
        .setLimits(ResourceGroupLimit.newBuilder().setNodeNum(limits))
        .build();
  }

  private List<ClusterRequest.ResourceGroup> resourceGroups(Progress progress) {
    var names =
        connection.read(
            "",
            progress,
            stub -> stub.listResourceGroups(ListResourceGroupsRequest.getDefaultInstance()));
    Failures.check(names.getStatus());
    var groups = new ArrayList<ClusterRequest.ResourceGroup>();
    for (var name : names.getResourceGroupsList()) {
      var answer =
          connection.read(
              "",
              progress,
              stub ->
                  stub.describeResourceGroup(
                      DescribeResourceGroupRequest.newBuilder().setResourceGroup(name).build()));
      Failures.check(answer.getStatus());
      var group = answer.getResourceGroup();
      groups.add(
          new ClusterRequest.ResourceGroup(
              name,
              group.getCapacity(),
              group.getNumAvailableNode(),
              group.getConfig().getRequests().getNodeNum(),
              group.getConfig().getLimits().getNodeNum(),
              group.getNumLoadedReplicaMap(),
              group.getNodesList().stream().map(NodeInfo::getNodeId).toList()));
    }
    return List.copyOf(groups);
  }
}
