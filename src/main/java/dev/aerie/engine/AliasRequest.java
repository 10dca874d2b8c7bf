package dev.aerie.engine;

import java.util.List;
import java.util.Optional;

/// Second names of collections.
public sealed interface AliasRequest<R> extends Request<R> {
  String database();

  @Override
  default Capability needs() {
    return Capability.ALIASES;
  }

  @Override
  default boolean writes() {
    return true;
  }

  /// The aliases of one collection, or of all.
  record ListAll(String database, Optional<String> collection)
      implements AliasRequest<List<AliasInfo>> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  record Describe(String database, String alias) implements AliasRequest<AliasInfo> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  record Create(String database, String alias, String collection) implements AliasRequest<Done> {
    public Create {
      Field.requireName("alias", alias, false);
    }
  }

  /// Points an alias at another collection, at once.
  record Alter(String database, String alias, String collection) implements AliasRequest<Done> {}

  record Drop(String database, String alias) implements AliasRequest<Done> {}

  record AliasInfo(String alias, String collection) {}
}
