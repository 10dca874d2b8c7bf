package dev.aerie.engine;

import java.util.Optional;
import java.util.OptionalLong;

/// Writing rows. An acknowledged write is durable in the way the engine's own page says.
public sealed interface RowRequest<R> extends Request<R> {
  String database();

  String collection();

  @Override
  default boolean writes() {
    return true;
  }

  /// Adds rows.
  ///
  /// @param partition empty for the default one, or for the partition key to decide
  /// @param rows columns by field name in any order; nullable and defaulted ones may be absent;
  /// without
  ///     the key where the engine makes it; `$meta` as JSON for dynamic keys
  /// @param schemaVersion the caller's, checked where given
  record Insert(
      String database,
      String collection,
      Optional<String> partition,
      ColumnBatch rows,
      OptionalLong schemaVersion)
      implements RowRequest<Written> {
    public Insert(String database, String collection, ColumnBatch rows) {
      this(database, collection, Optional.empty(), rows, OptionalLong.empty());
    }

    @Override
    public Capability needs() {
      return Capability.INSERT;
    }
  }

  /// Adds rows, replacing those with the same keys.
  ///
  /// @param partial whether absent columns keep their values
  record Upsert(
      String database,
      String collection,
      Optional<String> partition,
      ColumnBatch rows,
      boolean partial,
      OptionalLong schemaVersion)
      implements RowRequest<Written> {
    public Upsert(String database, String collection, ColumnBatch rows) {
      this(database, collection, Optional.empty(), rows, false, OptionalLong.empty());
    }

    @Override
    public Capability needs() {
      return partial ? Capability.PARTIAL_UPSERT : Capability.UPSERT;
    }
  }

  /// Deletes the rows a filter names.
  record Delete(String database, String collection, Optional<String> partition, Filter filter)
      implements RowRequest<Deleted> {
    public Delete {
      if (filter.isAll()) {
        throw new IllegalArgumentException(
            "a delete needs a filter; to delete all rows of \"%s\", truncate it"
                .formatted(collection));
      }
    }

    public Delete(String database, String collection, Filter filter) {
      this(database, collection, Optional.empty(), filter);
    }

    @Override
    public Capability needs() {
      return Capability.DELETE;
    }
  }

  /// @param ids the keys of all rows, in order
  /// @param inserted rows added; for an upsert those that were new or replaced
  /// @param timestamp hybrid, milliseconds << 18 | counter: what a session's next read must have
  /// seen
  record Written(Column ids, long inserted, long timestamp) {}

  /// @param count rows deleted, as far as the server says
  record Deleted(long count, long timestamp) {}
}
