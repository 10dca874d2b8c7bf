package dev.aerie.engine;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Users, roles, privileges.
public sealed interface AccountRequest<R> extends Request<R> {
  @Override
  default Capability needs() {
    return Capability.ROLES;
  }

  @Override
  default boolean writes() {
    return true;
  }

  record ListUsers() implements AccountRequest<List<User>> {
    @Override
    public Capability needs() {
      return Capability.USERS;
    }

    @Override
    public boolean writes() {
      return false;
    }
  }

  /// @param password 6 to 72 bytes
  record CreateUser(String user, Secret password) implements AccountRequest<Done> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,31}");

    public CreateUser {
      if (!NAME.matcher(user).matches()) {
        throw new IllegalArgumentException(
            "user name \"%s\" must start with a letter and have at most 32 letters, digits, _, . or -"
                .formatted(user));
      }
    }

    @Override
    public Capability needs() {
      return Capability.USERS;
    }
  }

  record ChangePassword(String user, Secret oldPassword, Secret newPassword)
      implements AccountRequest<Done> {
    @Override
    public Capability needs() {
      return Capability.USERS;
    }
  }

  record DropUser(String user) implements AccountRequest<Done> {
    @Override
    public Capability needs() {
      return Capability.USERS;
    }
  }

  record ListRoles() implements AccountRequest<List<Role>> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  record CreateRole(String role) implements AccountRequest<Done> {
    public CreateRole {
      Field.requireName("role", role, false);
    }
  }

  /// @param force drop it even though it is granted to users or holds privileges
  record DropRole(String role, boolean force) implements AccountRequest<Done> {}

  record GrantRole(String role, String user) implements AccountRequest<Done> {}

  record RevokeRole(String role, String user) implements AccountRequest<Done> {}

  record GrantPrivilege(Grant grant) implements AccountRequest<Done> {}

  record RevokePrivilege(Grant grant) implements AccountRequest<Done> {}

  record ListGrants(String role) implements AccountRequest<List<Grant>> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  record ListPrivilegeGroups() implements AccountRequest<List<PrivilegeGroup>> {
    @Override
    public Capability needs() {
      return Capability.PRIVILEGE_GROUPS;
    }

    @Override
    public boolean writes() {
      return false;
    }
  }

  record CreatePrivilegeGroup(String group) implements AccountRequest<Done> {
    public CreatePrivilegeGroup {
      Field.requireName("privilege group", group, false);
    }

    @Override
    public Capability needs() {
      return Capability.PRIVILEGE_GROUPS;
    }
  }

  record DropPrivilegeGroup(String group) implements AccountRequest<Done> {
    @Override
    public Capability needs() {
      return Capability.PRIVILEGE_GROUPS;
    }
  }

  /// Adds privileges to a group or takes them away.
  record ChangePrivilegeGroup(String group, List<String> privileges, boolean add)
      implements AccountRequest<Done> {
    public ChangePrivilegeGroup {
      privileges = List.copyOf(privileges);
    }

    @Override
    public Capability needs() {
      return Capability.PRIVILEGE_GROUPS;
    }
  }

  record User(String name, List<String> roles) {
    public User {
      roles = List.copyOf(roles);
    }
  }

  record Role(String name, List<String> users, String description) {
    public Role {
      users = List.copyOf(users);
    }
  }

  /// @param privilege a privilege or a group, by Milvus' name
  /// @param objectType of the first generation of grants (Global, Collection, User), where the
  /// server
  ///     has only that
  /// @param collection `*` for all
  /// @param grantor who granted it, as far as the server says
  record Grant(
      String role,
      String privilege,
      String database,
      String collection,
      Optional<String> objectType,
      Optional<String> grantor) {
    public Grant(String role, String privilege, String database, String collection) {
      this(role, privilege, database, collection, Optional.empty(), Optional.empty());
    }
  }

  record PrivilegeGroup(String name, List<String> privileges) {
    public PrivilegeGroup {
      privileges = List.copyOf(privileges);
    }
  }
}
