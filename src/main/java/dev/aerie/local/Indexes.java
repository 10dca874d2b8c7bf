package dev.aerie.local;

import dev.aerie.engine.Done;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.local.catalog.CollectionEntry;
import dev.aerie.local.catalog.IndexEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Answers requests about indexes. To define one is to change the catalog; the difference between
/// what is defined and what segments are is then worked off by [IndexJobs].
final class Indexes {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final LocalFolder folder;

  Indexes(LocalFolder folder) {
    this.folder = folder;
  }

  Object answer(IndexRequest<?> request, Progress progress) throws IOException {
    var collection = folder.require(request.database(), request.collection());
    switch (request) {
      case IndexRequest.Create create -> create(collection, create.index());
      case IndexRequest.Describe describe -> {
        return describe(collection, describe.field());
      }
      case IndexRequest.Await await -> await(collection, await.index(), progress);
      case IndexRequest.Alter alter -> {
        requireIndex(collection.entry(), alter.index());
        folder.change(collection.entry(), entry -> altered(entry, alter));
      }
      case IndexRequest.Drop drop -> {
        var dropped = requireIndex(collection.entry(), drop.index());
        folder.jobs().cancel(collection);
        folder.change(
            collection.entry(),
            entry ->
                entry.withIndexes(
                    entry.indexes().stream()
                        .filter(one -> !one.spec().name().equals(dropped.spec().name()))
                        .toList()));
      }
      case IndexRequest.Cancel cancel -> {
        var index = requireIndex(collection.entry(), cancel.index());
        folder.change(collection.entry(), entry -> entry.withIndex(index.spec(), true));
        folder.jobs().cancel(collection);
      }
      case IndexRequest.Resume resume -> {
        var index = requireIndex(collection.entry(), resume.index());
        folder.change(collection.entry(), entry -> entry.withIndex(index.spec(), false));
        folder.jobs().start(collection, detail(index.spec()));
      }
    }
    return Done.DONE;
  }

  private void create(LocalCollection collection, IndexSpec wanted) throws IOException {
    var fields = collection.fields();
    var field = requireField(fields, wanted.field());
    IndexPlan.require(fields, field, wanted);
    var spec = wanted;
    if (field.type().isVector() && wanted.metric().isEmpty()) {
      spec =
          new IndexSpec(
              wanted.name(),
              wanted.field(),
              wanted.type(),
              Optional.of(fields.defaultMetric(field)),
              wanted.params());
    }
    var named = collection.entry().index(spec.name());
    if (named.isPresent() && !named.get().spec().field().equals(spec.field())) {
      throw new EngineException(
          ErrorCode.ALREADY_EXISTS,
          "index \"%s\" already exists, on field \"%s\""
              .formatted(spec.name(), named.get().spec().field()));
    }
    var chosen = spec;
    folder.jobs().cancel(collection);
    folder.change(collection.entry(), entry -> entry.withIndex(chosen, false));
    if (field.type().isDenseVector()) {
      folder.jobs().start(collection, detail(chosen));
    }
  }

  private static String detail(IndexSpec spec) {
    return "%s on \"%s\"".formatted(spec.type(), spec.field());
  }

  private static CollectionEntry altered(CollectionEntry entry, IndexRequest.Alter alter) {
    var index = requireIndex(entry, alter.index());
    var params = new HashMap<>(index.spec().params());
    params.putAll(alter.set());
    params.keySet().removeAll(alter.remove());
    for (var fixed : List.of("M", "efConstruction", "nlist", "m", "nbits", "metric_type")) {
      if (alter.set().containsKey(fixed) || alter.remove().contains(fixed)) {
        throw new EngineException(
            ErrorCode.INVALID_ARGUMENT,
            "%s of index \"%s\" needs a rebuild: create the index anew"
                .formatted(fixed, alter.index()));
      }
    }
    return entry.withIndex(
        new IndexSpec(
            index.spec().name(),
            index.spec().field(),
            index.spec().type(),
            index.spec().metric(),
            params),
        index.paused());
  }

  private List<IndexInfo> describe(LocalCollection collection, Optional<String> field)
      throws IOException {
    List<IndexInfo> all = new ArrayList<>();
    field.ifPresent(name -> requireField(collection.fields(), name));
    collection.store().refresh();
    for (var index : collection.entry().indexes()) {
      if (field.isEmpty() || field.get().equals(index.spec().field())) {
        all.add(info(collection, index));
      }
    }
    return all;
  }

  private IndexInfo info(LocalCollection collection, IndexEntry index) throws IOException {
    var coverage = collection.coverage(requireField(collection.fields(), index.spec().field()));
    IndexInfo.State state;
    if (coverage.indexed() == coverage.total()) {
      state = IndexInfo.State.FINISHED;
    } else if (index.paused()) {
      state = IndexInfo.State.CANCELLED;
    } else {
      state =
          folder.jobs().isRunning(collection) ? IndexInfo.State.BUILDING : IndexInfo.State.WAITING;
    }
    return new IndexInfo(
        index.spec(), state, coverage.total(), coverage.indexed(), Optional.empty());
  }

  private void await(LocalCollection collection, String name, Progress progress)
      throws IOException {
    progress.phase("Building the index");
    while (true) {
      collection.store().refresh();
      var index = requireIndex(collection.entry(), name);
      var info = info(collection, index);
      progress.update(info.indexedRows(), info.totalRows());
      switch (info.state()) {
        case FINISHED -> {
          return;
        }
        case CANCELLED ->
            throw new EngineException(
                ErrorCode.FAILED_PRECONDITION,
                "the build of index \"%s\" was cancelled with %d of %d rows done; resume it"
                    .formatted(name, info.indexedRows(), info.totalRows()));
        case WAITING -> folder.jobs().start(collection, detail(index.spec()));
        case BUILDING, FAILED -> {}
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static Field requireField(CollectionFields fields, String name) {
    return fields
        .field(name)
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.FIELD_NOT_FOUND,
                    "field %s not exist: collection \"%s\" has %s"
                        .formatted(
                            name,
                            fields.entry().name(),
                            fields.schema().fields().stream().map(Field::name).toList())));
  }

  private static IndexEntry requireIndex(CollectionEntry entry, String name) {
    return entry
        .index(name)
        .or(() -> entry.indexOn(name))
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.INDEX_NOT_FOUND,
                    "index not found[collection=%s][index=%s]".formatted(entry.name(), name)));
  }

  /// The metric vectors of a field are compared by, for views.
  static Metric metric(LocalCollection collection, Field field) {
    return collection.fields().metric(field);
  }
}
