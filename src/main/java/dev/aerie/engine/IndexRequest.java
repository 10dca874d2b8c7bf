package dev.aerie.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Indexes on fields.
public sealed interface IndexRequest<R> extends Request<R> {
  String database();

  String collection();

  @Override
  default Capability needs() {
    return Capability.INDEXES;
  }

  @Override
  default boolean writes() {
    return true;
  }

  /// Accepts the index and returns; it is built in the background. A field that has one already
  /// gets
  /// the new one in its place, the old one serving meanwhile, where the engine can do that.
  record Create(String database, String collection, IndexSpec index)
      implements IndexRequest<Done> {}

  /// The indexes of one field, or of all.
  record Describe(String database, String collection, Optional<String> field)
      implements IndexRequest<List<IndexInfo>> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  /// Waits until an index covers all sealed rows; progress in rows. To cancel the wait leaves the
  /// build alone.
  record Await(String database, String collection, String index) implements IndexRequest<Done> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  /// Sets and removes parameters that need no rebuild.
  record Alter(
      String database, String collection, String index, Map<String, String> set, Set<String> remove)
      implements IndexRequest<Done> {
    public Alter {
      set = Map.copyOf(set);
      remove = Set.copyOf(remove);
    }
  }

  record Drop(String database, String collection, String index) implements IndexRequest<Done> {}

  /// Stops a build; what it has finished serves on.
  record Cancel(String database, String collection, String index) implements IndexRequest<Done> {
    @Override
    public Capability needs() {
      return Capability.CANCEL_INDEX_BUILD;
    }
  }

  /// Goes on with a build that was cancelled.
  record Resume(String database, String collection, String index) implements IndexRequest<Done> {
    @Override
    public Capability needs() {
      return Capability.CANCEL_INDEX_BUILD;
    }
  }

  /// What an index is to be.
  ///
  /// @param name empty for the field's name
  /// @param metric of a vector index; empty for the type's default
  /// @param params build parameters by Milvus' names: `M`, `efConstruction`, `nlist`, `m`, `nbits`
  record IndexSpec(
      String name,
      String field,
      IndexType type,
      Optional<Metric> metric,
      Map<String, String> params) {
    public IndexSpec {
      params = Map.copyOf(params);
      if (name.isEmpty()) {
        name = field;
      }
      Field.requireName("index", name, name.equals(field));
    }

    public static IndexSpec of(
        String field, IndexType type, Metric metric, Map<String, String> params) {
      return new IndexSpec("", field, type, Optional.of(metric), params);
    }

    /// An index on a scalar field.
    public static IndexSpec scalar(String field, IndexType type) {
      return new IndexSpec("", field, type, Optional.empty(), Map.of());
    }
  }

  /// An index as it stands.
  ///
  /// @param totalRows rows it will have to cover
  /// @param indexedRows rows it covers
  /// @param failure why it stopped, where it did
  record IndexInfo(
      IndexSpec spec, State state, long totalRows, long indexedRows, Optional<String> failure) {
    /// What a build is doing.
    public enum State {
      WAITING,
      BUILDING,
      FINISHED,
      CANCELLED,
      FAILED
    }

    public String name() {
      return spec.name();
    }
  }
}
