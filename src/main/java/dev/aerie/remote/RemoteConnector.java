package dev.aerie.remote;

import dev.aerie.engine.Capability;
import dev.aerie.engine.Connector;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Place;
import dev.aerie.engine.Progress;
import dev.aerie.wire.Failures;
import dev.aerie.wire.proto.ConnectResponse;
import dev.aerie.wire.proto.GetMetricsRequest;
import dev.aerie.wire.proto.GetVersionRequest;
import dev.aerie.wire.proto.ListCredUsersRequest;
import dev.aerie.wire.proto.ListDatabasesRequest;
import dev.aerie.wire.proto.ListPrivilegeGroupsRequest;
import dev.aerie.wire.proto.ListResourceGroupsRequest;
import dev.aerie.wire.proto.SelectRoleRequest;
import dev.aerie.wire.proto.Status;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Opens servers that speak Milvus' protocol. Stateless; safe for use by many threads.
public final class RemoteConnector implements Connector {
  @Override
  public boolean opens(Place place) {
    return place instanceof Place.Server;
  }

  @Override
  public Engine open(Place place, Progress progress) {
    var server = server(place);
    var connection = new Connection(server);
    try {
      var welcome = connection.connect(progress);
      requireDatabase(connection, server.database(), progress);
      var version = version(connection, welcome, progress);
      return new RemoteEngine(
          connection,
          new EngineInfo(product(welcome), version.text(), String.join(", ", server.addresses())),
          version,
          version.capabilities(refused(connection, progress)));
    } catch (RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  @Override
  public List<Step> diagnose(Place place, Consumer<Step> listener, Progress progress) {
    return new Diagnosis(server(place), listener, progress).run();
  }

  private static Place.Server server(Place place) {
    if (place instanceof Place.Server server) {
      return server;
    }
    throw new EngineException(
        ErrorCode.INVALID_ARGUMENT,
        "%s is no server; this connector opens servers".formatted(place));
  }

  static String product(ConnectResponse welcome) {
    return welcome.getServerInfo().getReservedOrDefault("product", "Milvus");
  }

  static ServerVersion version(Connection connection, ConnectResponse welcome, Progress progress) {
    var answer =
        connection.read(
            "", progress, stub -> stub.getVersion(GetVersionRequest.getDefaultInstance()));
    Failures.check(answer.getStatus());
    var text =
        answer.getVersion().isEmpty()
            ? welcome.getServerInfo().getBuildTags()
            : answer.getVersion();
    return ServerVersion.of(text);
  }

  static void requireDatabase(Connection connection, String database, Progress progress) {
    var answer =
        connection.read(
            "", progress, stub -> stub.listDatabases(ListDatabasesRequest.getDefaultInstance()));
    try {
      Failures.check(answer.getStatus());
    } catch (EngineException failure) {
      // Who may not list databases may still use one, and old servers have only the default.
      return;
    }
    if (!answer.getDbNamesList().contains(database)) {
      throw new EngineException(
          ErrorCode.DATABASE_NOT_FOUND,
          "database \"%s\" is not on this server; it has %s"
              .formatted(database, String.join(", ", answer.getDbNamesList())));
    }
  }

  /// What the server says itself it has not, for which its version says nothing.
  private static Set<Capability> refused(Connection connection, Progress progress) {
    var refused = EnumSet.noneOf(Capability.class);
    probe(
        refused,
        Capability.USERS,
        () ->
            connection
                .read(
                    "",
                    progress,
                    stub -> stub.listCredUsers(ListCredUsersRequest.getDefaultInstance()))
                .getStatus());
    probe(
        refused,
        Capability.ROLES,
        () ->
            connection
                .read("", progress, stub -> stub.selectRole(SelectRoleRequest.getDefaultInstance()))
                .getStatus());
    probe(
        refused,
        Capability.PRIVILEGE_GROUPS,
        () ->
            connection
                .read(
                    "",
                    progress,
                    stub ->
                        stub.listPrivilegeGroups(ListPrivilegeGroupsRequest.getDefaultInstance()))
                .getStatus());
    probe(
        refused,
        Capability.METRICS,
        () ->
            connection
                .read(
                    "",
                    progress,
                    stub ->
                        stub.getMetrics(
                            GetMetricsRequest.newBuilder()
                                .setRequest("{\"metric_type\":\"system_info\"}")
                                .build()))
                .getStatus());
    probe(
        refused,
        Capability.RESOURCE_GROUPS,
        () ->
            connection
                .read(
                    "",
                    progress,
                    stub -> stub.listResourceGroups(ListResourceGroupsRequest.getDefaultInstance()))
                .getStatus());
    if (refused.contains(Capability.RESOURCE_GROUPS)) {
      // Whoever has no resource groups is no cluster.
      refused.add(Capability.LOAD_BALANCE);
      refused.add(Capability.REPLICAS);
    }
    return refused;
  }

  private interface Probe {
    Status ask();
  }

  private static void probe(Set<Capability> refused, Capability capability, Probe probe) {
    try {
      Failures.check(probe.ask());
    } catch (EngineException failure) {
      if (failure.code() == ErrorCode.UNSUPPORTED) {
        refused.add(capability);
      }
    }
  }
}
