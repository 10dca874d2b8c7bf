package dev.aerie.remote;

import dev.aerie.engine.AccountRequest;
import dev.aerie.engine.AccountRequest.Grant;
import dev.aerie.engine.AccountRequest.PrivilegeGroup;
import dev.aerie.engine.AccountRequest.Role;
import dev.aerie.engine.AccountRequest.User;
import dev.aerie.engine.Done;
import dev.aerie.engine.Progress;
import dev.aerie.wire.Failures;
import dev.aerie.wire.proto.CreateCredentialRequest;
import dev.aerie.wire.proto.CreatePrivilegeGroupRequest;
import dev.aerie.wire.proto.CreateRoleRequest;
import dev.aerie.wire.proto.DeleteCredentialRequest;
import dev.aerie.wire.proto.DropPrivilegeGroupRequest;
import dev.aerie.wire.proto.DropRoleRequest;
import dev.aerie.wire.proto.GrantEntity;
import dev.aerie.wire.proto.GrantorEntity;
import dev.aerie.wire.proto.ListCredUsersRequest;
import dev.aerie.wire.proto.ListPrivilegeGroupsRequest;
import dev.aerie.wire.proto.ObjectEntity;
import dev.aerie.wire.proto.OperatePrivilegeGroupRequest;
import dev.aerie.wire.proto.OperatePrivilegeGroupType;
import dev.aerie.wire.proto.OperatePrivilegeRequest;
import dev.aerie.wire.proto.OperatePrivilegeType;
import dev.aerie.wire.proto.OperatePrivilegeV2Request;
import dev.aerie.wire.proto.OperateUserRoleRequest;
import dev.aerie.wire.proto.OperateUserRoleType;
import dev.aerie.wire.proto.PrivilegeEntity;
import dev.aerie.wire.proto.RoleEntity;
import dev.aerie.wire.proto.SelectGrantRequest;
import dev.aerie.wire.proto.SelectRoleRequest;
import dev.aerie.wire.proto.SelectUserRequest;
import dev.aerie.wire.proto.Status;
import dev.aerie.wire.proto.UpdateCredentialRequest;
import dev.aerie.wire.proto.UserEntity;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Users, roles and privileges of a server.
final class RemoteAccounts {
  private final Connection connection;
  private final ServerVersion version;

  RemoteAccounts(Connection connection, ServerVersion version) {
    this.connection = connection;
    this.version = version;
  }

  private Done write(Progress progress, Connection.Call<Status> call) {
    Failures.check(connection.write("", progress, call));
    return Done.DONE;
  }

  Object call(AccountRequest<?> request, Progress progress) {
    return switch (request) {
      case AccountRequest.ListUsers() -> users(progress);
      case AccountRequest.CreateUser(String user, var password) ->
          write(
              progress,
              stub ->
                  stub.createCredential(
                      CreateCredentialRequest.newBuilder()
                          .setUsername(user)
                          .setPassword(Connection.base64(password.reveal()))
                          .build()));
      case AccountRequest.ChangePassword(String user, var old, var wanted) ->
          write(
              progress,
              stub ->
                  stub.updateCredential(
                      UpdateCredentialRequest.newBuilder()
                          .setUsername(user)
                          .setOldPassword(Connection.base64(old.reveal()))
                          .setNewPassword(Connection.base64(wanted.reveal()))
                          .build()));
      case AccountRequest.DropUser(String user) ->
          write(
              progress,
              stub ->
                  stub.deleteCredential(
                      DeleteCredentialRequest.newBuilder().setUsername(user).build()));
      case AccountRequest.ListRoles() -> {
        var answer =
            connection.read(
                "",
                progress,
                stub ->
                    stub.selectRole(
                        SelectRoleRequest.newBuilder().setIncludeUserInfo(true).build()));
        Failures.check(answer.getStatus());
        yield answer.getResultsList().stream()
            .map(
                one ->
                    new Role(
                        one.getRole().getName(),
                        one.getUsersList().stream().map(UserEntity::getName).toList(),
                        one.getRole().getDescription()))
            .toList();
      }
      case AccountRequest.CreateRole(String role) ->
          write(
              progress,
              stub ->
                  stub.createRole(CreateRoleRequest.newBuilder().setEntity(role(role)).build()));
      case AccountRequest.DropRole(String role, boolean force) ->
          write(
              progress,
              stub ->
                  stub.dropRole(
                      DropRoleRequest.newBuilder().setRoleName(role).setForceDrop(force).build()));
      case AccountRequest.GrantRole(String role, String user) ->
          give(role, user, OperateUserRoleType.AddUserToRole, progress);
      case AccountRequest.RevokeRole(String role, String user) ->
          give(role, user, OperateUserRoleType.RemoveUserFromRole, progress);
      case AccountRequest.GrantPrivilege(Grant grant) ->
          operate(grant, OperatePrivilegeType.Grant, progress);
      case AccountRequest.RevokePrivilege(Grant grant) ->
          operate(grant, OperatePrivilegeType.Revoke, progress);
      case AccountRequest.ListGrants(String role) -> grants(role, progress);
      case AccountRequest.ListPrivilegeGroups() -> {
        var answer =
            connection.read(
                "",
                progress,
                stub -> stub.listPrivilegeGroups(ListPrivilegeGroupsRequest.getDefaultInstance()));
        Failures.check(answer.getStatus());
        yield answer.getPrivilegeGroupsList().stream()
            .map(
                group ->
                    new PrivilegeGroup(
                        group.getGroupName(),
                        group.getPrivilegesList().stream().map(PrivilegeEntity::getName).toList()))
            .toList();
      }
      case AccountRequest.CreatePrivilegeGroup(String group) ->
          write(
              progress,
              stub ->
                  stub.createPrivilegeGroup(
                      CreatePrivilegeGroupRequest.newBuilder().setGroupName(group).build()));
      case AccountRequest.DropPrivilegeGroup(String group) ->
          write(
              progress,
              stub ->
                  stub.dropPrivilegeGroup(
                      DropPrivilegeGroupRequest.newBuilder().setGroupName(group).build()));
      case AccountRequest.ChangePrivilegeGroup(String group, var privileges, boolean add) ->
          write(
              progress,
              stub ->
                  stub.operatePrivilegeGroup(
                      OperatePrivilegeGroupRequest.newBuilder()
                          .setGroupName(group)
                          .addAllPrivileges(
                              privileges.stream().map(RemoteAccounts::privilege).toList())
                          .setType(
                              add
                                  ? OperatePrivilegeGroupType.AddPrivilegesToGroup
                                  : OperatePrivilegeGroupType.RemovePrivilegesFromGroup)
                          .build()));
    };
  }

  private List<User> users(Progress progress) {
    var names =
        connection.read(
            "", progress, stub -> stub.listCredUsers(ListCredUsersRequest.getDefaultInstance()));
    Failures.check(names.getStatus());
    var roles = new HashMap<String, List<String>>();
    var told =
        connection.read(
            "",
            progress,
            stub ->
                stub.selectUser(SelectUserRequest.newBuilder().setIncludeRoleInfo(true).build()));
    Failures.check(told.getStatus());
    for (var user : told.getResultsList()) {
      roles.put(
          user.getUser().getName(), user.getRolesList().stream().map(RoleEntity::getName).toList());
    }
    return names.getUsernamesList().stream()
        .map(name -> new User(name, roles.getOrDefault(name, List.of())))
        .toList();
  }

  private Done give(String role, String user, OperateUserRoleType type, Progress progress) {
    return write(
        progress,
        stub ->
            stub.operateUserRole(
                OperateUserRoleRequest.newBuilder()
                    .setRoleName(role)
                    .setUsername(user)
                    .setType(type)
                    .build()));
  }

  private Done operate(Grant grant, OperatePrivilegeType type, Progress progress) {
    var grantor = GrantorEntity.newBuilder().setPrivilege(privilege(grant.privilege())).build();
    if (version.isAtLeast(2, 5) && grant.objectType().isEmpty()) {
      return write(
          progress,
          stub ->
              stub.operatePrivilegeV2(
                  OperatePrivilegeV2Request.newBuilder()
                      .setRole(role(grant.role()))
                      .setGrantor(grantor)
                      .setType(type)
                      .setDbName(grant.database())
                      .setCollectionName(grant.collection())
                      .build()));
    }
    return write(
        progress,
        stub ->
            stub.operatePrivilege(
                OperatePrivilegeRequest.newBuilder()
                    .setEntity(
                        GrantEntity.newBuilder()
                            .setRole(role(grant.role()))
                            .setObject(
                                ObjectEntity.newBuilder()
                                    .setName(grant.objectType().orElse("Collection")))
                            .setObjectName(grant.collection())
                            .setDbName(grant.database())
                            .setGrantor(grantor))
                    .setType(type)
                    .build()));
  }

  private List<Grant> grants(String role, Progress progress) {
    var answer =
        connection.read(
            "",
            progress,
            stub ->
                stub.selectGrant(
                    SelectGrantRequest.newBuilder()
                        .setEntity(GrantEntity.newBuilder().setRole(role(role)).setDbName("*"))
                        .build()));
    Failures.check(answer.getStatus());
    return answer.getEntitiesList().stream()
        .map(
            one ->
                new Grant(
                    role,
                    one.getGrantor().getPrivilege().getName(),
                    one.getDbName(),
                    one.getObjectName(),
                    one.getObject().getName().isEmpty()
                        ? Optional.empty()
                        : Optional.of(one.getObject().getName()),
                    one.getGrantor().getUser().getName().isEmpty()
                        ? Optional.empty()
                        : Optional.of(one.getGrantor().getUser().getName())))
        .toList();
  }

  private static RoleEntity role(String name) {
    return RoleEntity.newBuilder().setName(name).build();
  }

  private static PrivilegeEntity privilege(String name) {
    return PrivilegeEntity.newBuilder().setName(name).build();
  }
}
