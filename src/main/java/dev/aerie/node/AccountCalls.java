package dev.aerie.node;

import dev.aerie.engine.AccountRequest;
import dev.aerie.engine.AccountRequest.Grant;
import dev.aerie.engine.Request;
import dev.aerie.engine.Secret;
import dev.aerie.wire.Failures;
import dev.aerie.wire.proto.GrantEntity;
import dev.aerie.wire.proto.GrantorEntity;
import dev.aerie.wire.proto.ListCredUsersResponse;
import dev.aerie.wire.proto.ListPrivilegeGroupsResponse;
import dev.aerie.wire.proto.MilvusServiceGrpc;
import dev.aerie.wire.proto.ObjectEntity;
import dev.aerie.wire.proto.OperatePrivilegeGroupType;
import dev.aerie.wire.proto.OperatePrivilegeType;
import dev.aerie.wire.proto.OperateUserRoleType;
import dev.aerie.wire.proto.PrivilegeEntity;
import dev.aerie.wire.proto.PrivilegeGroupInfo;
import dev.aerie.wire.proto.RoleEntity;
import dev.aerie.wire.proto.RoleResult;
import dev.aerie.wire.proto.SelectGrantResponse;
import dev.aerie.wire.proto.SelectRoleResponse;
import dev.aerie.wire.proto.SelectUserResponse;
import dev.aerie.wire.proto.Status;
import dev.aerie.wire.proto.UserEntity;
import dev.aerie.wire.proto.UserResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Users, roles, privileges.
final class AccountCalls {
  private AccountCalls() {}

  static void register(Calls calls, SignIn signIn) {
    users(calls, signIn);
    roles(calls, signIn);
    privileges(calls, signIn);
  }

  private static Status done(CallContext call, SignIn signIn, Request<?> request) {
    try {
      call.call(request);
    } finally {
      signIn.forget();
    }
    return Failures.success();
  }

  private static Secret password(String base64) {
    try {
      return new Secret(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a password must come in base64", e);
    }
  }

  private static void users(Calls calls, SignIn signIn) {
    calls
        .on(
            MilvusServiceGrpc.getCreateCredentialMethod(),
            (request, call) ->
                done(
                    call,
                    signIn,
                    new AccountRequest.CreateUser(
                        request.getUsername(), password(request.getPassword()))))
        .on(
            MilvusServiceGrpc.getUpdateCredentialMethod(),
            (request, call) ->
                done(
                    call,
                    signIn,
                    new AccountRequest.ChangePassword(
                        request.getUsername(),
                        password(request.getOldPassword()),
                        password(request.getNewPassword()))))
        .on(
            MilvusServiceGrpc.getDeleteCredentialMethod(),
            (request, call) ->
                done(call, signIn, new AccountRequest.DropUser(request.getUsername())))
        .on(
            MilvusServiceGrpc.getListCredUsersMethod(),
            (request, call) -> {
              var answer = ListCredUsersResponse.newBuilder().setStatus(Failures.success());
              call.call(new AccountRequest.ListUsers())
                  .forEach(user -> answer.addUsernames(user.name()));
              return answer.build();
            })
        .on(
            MilvusServiceGrpc.getSelectUserMethod(),
            (request, call) -> {
              var answer = SelectUserResponse.newBuilder().setStatus(Failures.success());
              var wanted = request.getUser().getName();
              for (var user : call.call(new AccountRequest.ListUsers())) {
                if (wanted.isEmpty() || wanted.equals(user.name())) {
                  var result =
                      UserResult.newBuilder().setUser(UserEntity.newBuilder().setName(user.name()));
                  if (request.getIncludeRoleInfo()) {
                    user.roles()
                        .forEach(role -> result.addRoles(RoleEntity.newBuilder().setName(role)));
                  }
                  answer.addResults(result);
                }
              }
              return answer.build();
            });
  }

  private static void roles(Calls calls, SignIn signIn) {
    calls
        .on(
            MilvusServiceGrpc.getCreateRoleMethod(),
            (request, call) ->
                done(call, signIn, new AccountRequest.CreateRole(request.getEntity().getName())))
        .on(
            MilvusServiceGrpc.getDropRoleMethod(),
            (request, call) ->
                done(
                    call,
                    signIn,
                    new AccountRequest.DropRole(request.getRoleName(), request.getForceDrop())))
        .on(
            MilvusServiceGrpc.getOperateUserRoleMethod(),
            (request, call) ->
                done(
                    call,
                    signIn,
                    request.getType() == OperateUserRoleType.RemoveUserFromRole
                        ? new AccountRequest.RevokeRole(
                            request.getRoleName(), request.getUsername())
                        : new AccountRequest.GrantRole(
                            request.getRoleName(), request.getUsername())))
        .on(
            MilvusServiceGrpc.getSelectRoleMethod(),
            (request, call) -> {
              var answer = SelectRoleResponse.newBuilder().setStatus(Failures.success());
              var wanted = request.getRole().getName();
              for (var role : call.call(new AccountRequest.ListRoles())) {
                if (wanted.isEmpty() || wanted.equals(role.name())) {
                  var result =
                      RoleResult.newBuilder()
                          .setRole(
                              RoleEntity.newBuilder()
                                  .setName(role.name())
                                  .setDescription(role.description()));
                  if (request.getIncludeUserInfo()) {
                    role.users()
                        .forEach(user -> result.addUsers(UserEntity.newBuilder().setName(user)));
                  }
                  answer.addResults(result);
                }
              }
              return answer.build();
            })
        .refuse(
            MilvusServiceGrpc.getAlterRoleMethod(), "roles have no description that could change");
  }

  private static void privileges(Calls calls, SignIn signIn) {
    calls
        .on(
            MilvusServiceGrpc.getOperatePrivilegeMethod(),
            (request, call) -> {
              var entity = request.getEntity();
              var grant =
                  new Grant(
                      entity.getRole().getName(),
                      entity.getGrantor().getPrivilege().getName(),
                      entity.getDbName().isEmpty() ? call.database("") : entity.getDbName(),
                      entity.getObjectName(),
                      Optional.of(entity.getObject().getName()),
                      grantor(call));
              return operate(call, signIn, grant, request.getType());
            })
        .on(
            MilvusServiceGrpc.getOperatePrivilegeV2Method(),
            (request, call) -> {
              var grant =
                  new Grant(
                      request.getRole().getName(),
                      request.getGrantor().getPrivilege().getName(),
                      request.getDbName(),
                      request.getCollectionName(),
                      Optional.empty(),
                      grantor(call));
              return operate(call, signIn, grant, request.getType());
            })
        .on(
            MilvusServiceGrpc.getSelectGrantMethod(),
            (request, call) -> {
              var answer = SelectGrantResponse.newBuilder().setStatus(Failures.success());
              var wanted = request.getEntity();
              var object = wanted.getObject().getName();
              for (var grant :
                  call.call(new AccountRequest.ListGrants(wanted.getRole().getName()))) {
                if (object.isEmpty() || grant.objectType().filter(object::equals).isPresent()) {
                  answer.addEntities(entity(grant));
                }
              }
              return answer.build();
            })
        .on(
            MilvusServiceGrpc.getCreatePrivilegeGroupMethod(),
            (request, call) ->
                done(call, signIn, new AccountRequest.CreatePrivilegeGroup(request.getGroupName())))
        .on(
            MilvusServiceGrpc.getDropPrivilegeGroupMethod(),
            (request, call) ->
                done(call, signIn, new AccountRequest.DropPrivilegeGroup(request.getGroupName())))
        .on(
            MilvusServiceGrpc.getListPrivilegeGroupsMethod(),
            (request, call) -> {
              var answer = ListPrivilegeGroupsResponse.newBuilder().setStatus(Failures.success());
              for (var group : call.call(new AccountRequest.ListPrivilegeGroups())) {
                var told = PrivilegeGroupInfo.newBuilder().setGroupName(group.name());
                group
                    .privileges()
                    .forEach(one -> told.addPrivileges(PrivilegeEntity.newBuilder().setName(one)));
                answer.addPrivilegeGroups(told);
              }
              return answer.build();
            })
        .on(
            MilvusServiceGrpc.getOperatePrivilegeGroupMethod(),
            (request, call) ->
                done(
                    call,
                    signIn,
                    new AccountRequest.ChangePrivilegeGroup(
                        request.getGroupName(),
                        request.getPrivilegesList().stream().map(PrivilegeEntity::getName).toList(),
                        request.getType() != OperatePrivilegeGroupType.RemovePrivilegesFromGroup)))
        .refuse(
            MilvusServiceGrpc.getBackupRBACMethod(), "accounts are backed up with the data folder")
        .refuse(
            MilvusServiceGrpc.getRestoreRBACMethod(), "accounts are restored with the data folder");
  }

  private static Optional<String> grantor(CallContext call) {
    return call.user().isEmpty() ? Optional.empty() : Optional.of(call.user());
  }

  private static Status operate(
      CallContext call, SignIn signIn, Grant grant, OperatePrivilegeType type) {
    return done(
        call,
        signIn,
        type == OperatePrivilegeType.Revoke
            ? new AccountRequest.RevokePrivilege(grant)
            : new AccountRequest.GrantPrivilege(grant));
  }

  private static GrantEntity entity(Grant grant) {
    return GrantEntity.newBuilder()
        .setRole(RoleEntity.newBuilder().setName(grant.role()))
        .setObject(ObjectEntity.newBuilder().setName(grant.objectType().orElse("Global")))
        .setObjectName(grant.collection())
        .setDbName(grant.database())
        .setGrantor(
            GrantorEntity.newBuilder()
                .setUser(UserEntity.newBuilder().setName(grant.grantor().orElse("")))
                .setPrivilege(PrivilegeEntity.newBuilder().setName(grant.privilege())))
        .build();
  }
}
