package dev.aerie.node;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.aerie.engine.AccountRequest;
import dev.aerie.engine.AccountRequest.Grant;
import dev.aerie.engine.Capability;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Engine;
import dev.aerie.wire.proto.CommonProto;
import dev.aerie.wire.proto.PrivilegeExt;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Says who may do what. Which privilege an RPC needs is written in Milvus' own messages; those
/// without are in one of two lists here, free or for administrators, and an RPC that is nowhere is
/// for administrators. Safe for use by many threads.
final class Privileges implements ServerInterceptor {
  private static final String ADMIN = "admin";
  private static final String PUBLIC = "public";
  private static final Duration FRESH = Duration.ofSeconds(5);

  /// What everybody who has signed in may do: find out who answers and what is there.
  private static final Set<String> FREE =
      Set.of(
          "Connect",
          "GetVersion",
          "CheckHealth",
          "GetComponentStates",
          "AllocTimestamp",
          "ListDatabases",
          "HasCollection",
          "DescribeCollection",
          "ShowCollections",
          "BatchDescribeCollection",
          "GetPartitionStatistics",
          "GetCompactionState",
          "GetCompactionStateWithPlans",
          "GetFlushAllState",
          "RunAnalyzer",
          "ListFileResources");

  private static final Set<String> COLLECTION_READ =
      Set.of(
          "Query",
          "Search",
          "IndexDetail",
          "GetFlushState",
          "GetLoadState",
          "GetLoadingProgress",
          "HasPartition",
          "ShowPartitions",
          "DescribeCollection",
          "DescribeAlias",
          "GetStatistics",
          "ListAliases");
  private static final Set<String> COLLECTION_WRITE =
      Set.of(
          "Load",
          "Release",
          "Insert",
          "Delete",
          "Upsert",
          "Import",
          "Flush",
          "Compaction",
          "LoadBalance",
          "CreateIndex",
          "DropIndex",
          "CreatePartition",
          "DropPartition",
          "AddCollectionField");
  private static final Set<String> COLLECTION_ADMIN = Set.of("CreateAlias", "DropAlias");
  private static final Set<String> DATABASE_READ = Set.of("ShowCollections", "DescribeDatabase");
  private static final Set<String> DATABASE_WRITE = Set.of("AlterDatabase");
  private static final Set<String> DATABASE_ADMIN = Set.of("CreateCollection", "DropCollection");
  private static final Set<String> CLUSTER_READ =
      Set.of(
          "ListDatabases",
          "SelectOwnership",
          "SelectUser",
          "DescribeResourceGroup",
          "ListResourceGroups",
          "ListPrivilegeGroups");
  private static final Set<String> CLUSTER_WRITE =
      Set.of("FlushAll", "TransferNode", "TransferReplica", "UpdateResourceGroups");
  private static final Set<String> CLUSTER_ADMIN =
      Set.of(
          "RenameCollection",
          "CreateOwnership",
          "UpdateUser",
          "DropOwnership",
          "ManageOwnership",
          "BackupRBAC",
          "RestoreRBAC",
          "CreateResourceGroup",
          "DropResourceGroup",
          "CreateDatabase",
          "DropDatabase",
          "CreatePrivilegeGroup",
          "DropPrivilegeGroup",
          "OperatePrivilegeGroup");

  /// Milvus' groups of privileges, which are always there.
  private static final Map<String, Set<String>> GROUPS =
      Map.of(
          "CollectionReadOnly", COLLECTION_READ,
          "CollectionReadWrite", union(COLLECTION_READ, COLLECTION_WRITE),
          "CollectionAdmin", union(COLLECTION_READ, COLLECTION_WRITE, COLLECTION_ADMIN),
          "DatabaseReadOnly", DATABASE_READ,
          "DatabaseReadWrite", union(DATABASE_READ, DATABASE_WRITE),
          "DatabaseAdmin", union(DATABASE_READ, DATABASE_WRITE, DATABASE_ADMIN),
          "ClusterReadOnly", CLUSTER_READ,
          "ClusterReadWrite", union(CLUSTER_READ, CLUSTER_WRITE),
          "ClusterAdmin", union(CLUSTER_READ, CLUSTER_WRITE, CLUSTER_ADMIN));

  private final Engine engine;
  private final Map<String, Rights> known = new ConcurrentHashMap<>();

  private record Rights(
      boolean admin, List<Grant> grants, Map<String, Set<String>> groups, long readAt) {}

  Privileges(Engine engine) {
    this.engine = engine;
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    var all = new HashSet<String>();
    for (var set : sets) {
      all.addAll(set);
    }
    return Set.copyOf(all);
  }

  /// Forgets what is known: an account has changed.
  void forget() {
    known.clear();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var user = CallContext.USER.get();
    var rpc = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    if (user.isEmpty() || FREE.contains(rpc)) {
      return next.startCall(call, headers);
    }
    var database = CallContext.DATABASE.get();
    return new ForwardingServerCallListener.SimpleForwardingServerCallListener<>(
        next.startCall(call, headers)) {
      private boolean refused;

      @Override
      public void onMessage(Q message) {
        var why = refusal(user, rpc, database, (Message) message);
        if (why.isEmpty()) {
          super.onMessage(message);
        } else {
          refused = true;
          call.close(Status.PERMISSION_DENIED.withDescription(why.get()), new Metadata());
        }
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }
    };
  }

  /// Why a user may not make a call; empty where they may.
  Optional<String> refusal(String user, String rpc, String headerDatabase, Message request) {
    if (FREE.contains(rpc)) {
      return Optional.empty();
    }
    var rights = rights(user);
    if (rights.admin()) {
      return Optional.empty();
    }
    if ((rpc.equals("UpdateCredential") || rpc.equals("SelectUser"))
        && isAboutSelf(user, request)) {
      return Optional.empty();
    }
    var options = request.getDescriptorForType().getOptions();
    if (!options.hasExtension(CommonProto.privilegeExtObj)) {
      return Optional.of(
          "%s: permission deny to %s; it is for administrators".formatted(rpc, user));
    }
    var needed = options.getExtension(CommonProto.privilegeExtObj);
    var privilege = needed.getObjectPrivilege().name();
    var plain = plain(privilege);
    var database = named(request, "db_name");
    var where =
        !database.isEmpty()
            ? database
            : headerDatabase.isEmpty() ? DatabaseRequest.DEFAULT : headerDatabase;
    var objects = objects(request, needed);
    for (var object : objects) {
      if (rights.grants().stream()
          .noneMatch(grant -> covers(grant, rights.groups(), plain, where, object))) {
        return Optional.of(
            "%s: permission deny to %s in the `%s` database".formatted(privilege, user, where));
      }
    }
    return Optional.empty();
  }

  private static boolean isAboutSelf(String user, Message request) {
    if (named(request, "username").equals(user)) {
      return true;
    }
    var field = request.getDescriptorForType().findFieldByName("user");
    return field != null
        && request.getField(field) instanceof Message inner
        && named(inner, "name").equals(user);
  }

  private static String plain(String privilege) {
    return privilege.startsWith("Privilege")
        ? privilege.substring("Privilege".length())
        : privilege;
  }

  private static String named(Message message, String field) {
    var found = message.getDescriptorForType().findFieldByName(field);
    return found != null && message.getField(found) instanceof String text ? text : "";
  }

  /// The collections a request is about; `*` where it is about none.
  private static List<String> objects(Message request, PrivilegeExt needed) {
    var descriptor = request.getDescriptorForType();
    var one = descriptor.findFieldByNumber(needed.getObjectNameIndex());
    if (needed.getObjectNameIndex() > 0
        && one != null
        && request.getField(one) instanceof String name) {
      return List.of(name);
    }
    var many = descriptor.findFieldByNumber(needed.getObjectNameIndexs());
    if (needed.getObjectNameIndexs() > 0 && many != null && many.isRepeated()) {
      return texts(request, many);
    }
    return List.of("*");
  }

  private static List<String> texts(Message request, FieldDescriptor field) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < request.getRepeatedFieldCount(field); i++) {
      texts.add(String.valueOf(request.getRepeatedField(field, i)));
    }
    return texts.isEmpty() ? List.of("*") : texts;
  }

  private static boolean covers(
      Grant grant,
      Map<String, Set<String>> groups,
      String privilege,
      String database,
      String object) {
    var given = plain(grant.privilege());
    boolean right =
        given.equals("*")
            || given.equals("All")
            || given.equals(privilege)
            || groups.getOrDefault(given, Set.of()).contains(privilege);
    boolean place =
        grant.database().isEmpty()
            || grant.database().equals("*")
            || grant.database().equals(database);
    boolean thing =
        object.equals("*") || grant.collection().equals("*") || grant.collection().equals(object);
    return right && place && thing;
  }

  private Rights rights(String user) {
    var before = known.get(user);
    if (before != null && System.nanoTime() - before.readAt() < FRESH.toNanos()) {
      return before;
    }
    var roles = new HashSet<>(Set.of(PUBLIC));
    for (var account : engine.call(new AccountRequest.ListUsers())) {
      if (account.name().equals(user)) {
        roles.addAll(account.roles());
      }
    }
    var there = new HashSet<String>();
    engine.call(new AccountRequest.ListRoles()).forEach(role -> there.add(role.name()));
    var grants = new ArrayList<Grant>();
    var groups = new java.util.HashMap<>(GROUPS);
    if (!roles.contains(ADMIN)) {
      for (var role : roles) {
        if (there.contains(role)) {
          grants.addAll(engine.call(new AccountRequest.ListGrants(role)));
        }
      }
      if (engine.capabilities().has(Capability.PRIVILEGE_GROUPS)) {
        for (var group : engine.call(new AccountRequest.ListPrivilegeGroups())) {
          var members = new HashSet<String>();
          group.privileges().forEach(member -> members.add(plain(member)));
          groups.merge(group.name(), members, (a, b) -> union(a, b));
        }
      }
    }
    var rights =
        new Rights(
            roles.contains(ADMIN), List.copyOf(grants), Map.copyOf(groups), System.nanoTime());
    known.put(user, rights);
    return rights;
  }
}
