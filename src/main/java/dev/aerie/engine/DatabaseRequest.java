package dev.aerie.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Databases.
public sealed interface DatabaseRequest<R> extends Request<R> {
  /// The database that is always there.
  String DEFAULT = "default";

  @Override
  default Capability needs() {
    return Capability.DATABASES;
  }

  /// All databases the caller may see, the default one first, then by name.
  record ListAll() implements DatabaseRequest<List<DatabaseInfo>> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  record Describe(String database) implements DatabaseRequest<DatabaseInfo> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  record Create(String database, Map<String, String> properties) implements DatabaseRequest<Done> {
    public Create {
      Field.requireName("database", database, false);
      properties = Map.copyOf(properties);
    }

    @Override
    public boolean writes() {
      return true;
    }
  }

  /// Drops an empty database other than the default one.
  record Drop(String database) implements DatabaseRequest<Done> {
    @Override
    public boolean writes() {
      return true;
    }
  }

  /// Sets and removes properties.
  record Alter(String database, Map<String, String> set, Set<String> remove)
      implements DatabaseRequest<Done> {
    public Alter {
      set = Map.copyOf(set);
      remove = Set.copyOf(remove);
    }

    @Override
    public boolean writes() {
      return true;
    }
  }

  /// @param createdAt milliseconds since 1970, 0 where the server does not say
  record DatabaseInfo(String name, long id, long createdAt, Map<String, String> properties) {
    public DatabaseInfo {
      properties = Map.copyOf(properties);
    }
  }
}
