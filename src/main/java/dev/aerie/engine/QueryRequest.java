package dev.aerie.engine;

import java.util.List;
import java.util.Optional;

/// Reading rows by filter or key.
public sealed interface QueryRequest<R> extends Request<R> {
  /// Most rows of one answer, offset included, as Milvus has it.
  int MAX_WINDOW = 16_384;

  String database();

  String collection();

  @Override
  default boolean writes() {
    return false;
  }

  /// What a read reads.
  ///
  /// @param partitions empty for all
  /// @param outputFields `*` for all fields but vectors made by functions; names of dynamic keys
  /// are
  ///     allowed; the key always comes
  /// @param guarantee with CUSTOMIZED or SESSION: the timestamp the read must have seen, else 0
  record Scope(
      List<String> partitions,
      Filter filter,
      List<String> outputFields,
      Consistency consistency,
      long guarantee) {
    public Scope {
      partitions = List.copyOf(partitions);
      outputFields = List.copyOf(outputFields);
    }

    /// All partitions, bounded consistency.
    public static Scope of(Filter filter, String... outputFields) {
      return new Scope(List.of(), filter, List.of(outputFields), Consistency.BOUNDED, 0);
    }

    public Scope at(Consistency wanted) {
      return new Scope(partitions, filter, outputFields, wanted, guarantee);
    }
  }

  /// Rows in the order of their keys.
  ///
  /// @param limit 1…16,384 together with the offset
  record Query(String database, String collection, Scope scope, int offset, int limit)
      implements QueryRequest<ColumnBatch> {
    public Query {
      requireWindow(offset, limit);
    }

    @Override
    public Capability needs() {
      return Capability.QUERY;
    }
  }

  /// Rows by key; keys that are not there are left out.
  ///
  /// @param ids Longs or Strings
  record Get(String database, String collection, List<Object> ids, List<String> outputFields)
      implements QueryRequest<ColumnBatch> {
    public Get {
      ids = List.copyOf(ids);
      outputFields = List.copyOf(outputFields);
      if (ids.size() > MAX_WINDOW) {
        throw new IllegalArgumentException(
            "%d keys are more than %d in one request".formatted(ids.size(), MAX_WINDOW));
      }
    }

    @Override
    public Capability needs() {
      return Capability.QUERY;
    }
  }

  /// How many rows match, exactly.
  record Count(String database, String collection, Scope scope) implements QueryRequest<Long> {
    @Override
    public Capability needs() {
      return Capability.COUNT;
    }
  }

  /// The next page of all matching rows in the order of their keys. Pages never repeat or miss a
  /// row
  /// that was there all the while; a call can be repeated with the same cursor.
  ///
  /// @param after where the page before ended; empty for the first
  record Scan(String database, String collection, Scope scope, int pageRows, Optional<Cursor> after)
      implements QueryRequest<Page> {
    public Scan {
      if (pageRows < 1 || pageRows > MAX_WINDOW) {
        throw new IllegalArgumentException(
            "pageRows must be in [1, %d]; got %d".formatted(MAX_WINDOW, pageRows));
      }
    }

    @Override
    public Capability needs() {
      return Capability.SCAN;
    }
  }

  /// Where a scan stands: the last key seen, as text, and the timestamp it is pinned to.
  record Cursor(String lastKey, long timestamp) {}

  /// @param next empty after the last page
  record Page(ColumnBatch rows, Optional<Cursor> next) {}

  /// Holds offset and limit to the window.
  static void requireWindow(int offset, int limit) {
    if (offset < 0 || limit < 1 || (long) offset + limit > MAX_WINDOW) {
      throw new IllegalArgumentException(
          "offset %d and limit %d must be at least 0 and 1 and together at most %d"
              .formatted(offset, limit, MAX_WINDOW));
    }
  }
}
