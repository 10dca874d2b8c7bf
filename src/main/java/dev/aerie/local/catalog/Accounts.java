package dev.aerie.local.catalog;

import dev.aerie.engine.AccountRequest.Grant;
import dev.aerie.engine.AccountRequest.PrivilegeGroup;
import java.util.List;

/// Who may sign in, and who may do what.
public record Accounts(
    List<UserEntry> users, List<String> roles, List<Grant> grants, List<PrivilegeGroup> groups) {
  public static final Accounts NONE =
      new Accounts(List.of(), List.of("admin", "public"), List.of(), List.of());

  public Accounts {
    users = List.copyOf(users);
    roles = List.copyOf(roles);
    grants = List.copyOf(grants);
    groups = List.copyOf(groups);
  }

  /// @param passwordHash bcrypt, in its text form
  public record UserEntry(String name, String passwordHash, List<String> roles) {
    public UserEntry {
      roles = List.copyOf(roles);
    }

    @Override
    public String toString() {
      return "UserEntry[" + name + ", " + roles + "]";
    }
  }
}
