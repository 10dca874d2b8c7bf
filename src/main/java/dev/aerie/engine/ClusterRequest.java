package dev.aerie.engine;

import java.util.List;
import java.util.Map;

/// What only a cluster has: replicas, resource groups, moves, and the server's own imports.
public sealed interface ClusterRequest<R> extends Request<R> {
  @Override
  default Capability needs() {
    return Capability.RESOURCE_GROUPS;
  }

  @Override
  default boolean writes() {
    return true;
  }

  record Replicas(String database, String collection) implements ClusterRequest<List<Replica>> {
    @Override
    public Capability needs() {
      return Capability.REPLICAS;
    }

    @Override
    public boolean writes() {
      return false;
    }
  }

  record ListResourceGroups() implements ClusterRequest<List<ResourceGroup>> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  record CreateResourceGroup(String name, int requests, int limits)
      implements ClusterRequest<Done> {
    public CreateResourceGroup {
      Field.requireName("resource group", name, false);
    }
  }

  /// Changes how many nodes a group asks for and may have.
  record UpdateResourceGroup(String name, int requests, int limits)
      implements ClusterRequest<Done> {}

  record DropResourceGroup(String name) implements ClusterRequest<Done> {}

  record TransferNodes(String source, String target, int nodes) implements ClusterRequest<Done> {}

  record TransferReplicas(
      String source, String target, String database, String collection, long replicas)
      implements ClusterRequest<Done> {}

  /// Moves sealed segments from one query node to others.
  ///
  /// @param segments empty for the server to choose
  record LoadBalance(
      String database, String collection, long source, List<Long> targets, List<Long> segments)
      implements ClusterRequest<Done> {
    public LoadBalance {
      targets = List.copyOf(targets);
      segments = List.copyOf(segments);
    }

    @Override
    public Capability needs() {
      return Capability.LOAD_BALANCE;
    }
  }

  /// Lets the server read files it can reach.
  record StartImport(String database, String collection, String partition, List<String> files)
      implements ClusterRequest<List<Long>> {
    public StartImport {
      files = List.copyOf(files);
    }

    @Override
    public Capability needs() {
      return Capability.SERVER_IMPORT;
    }
  }

  record ListImports(String database, String collection)
      implements ClusterRequest<List<ImportInfo>> {
    @Override
    public Capability needs() {
      return Capability.SERVER_IMPORT;
    }

    @Override
    public boolean writes() {
      return false;
    }
  }

  record Replica(long id, List<Shard> shards, List<Long> nodes, String resourceGroup) {
    public Replica {
      shards = List.copyOf(shards);
      nodes = List.copyOf(nodes);
    }
  }

  record Shard(String channel, long leader, String leaderAddress, List<Long> nodes) {
    public Shard {
      nodes = List.copyOf(nodes);
    }
  }

  /// @param loadedReplicas by collection
  record ResourceGroup(
      String name,
      int capacity,
      int availableNodes,
      int requests,
      int limits,
      Map<String, Integer> loadedReplicas,
      List<Long> nodes) {
    public ResourceGroup {
      loadedReplicas = Map.copyOf(loadedReplicas);
      nodes = List.copyOf(nodes);
    }
  }

  record ImportInfo(long id, String state, long rows, String collection, Map<String, String> info) {
    public ImportInfo {
      info = Map.copyOf(info);
    }
  }
}
