package dev.aerie.service.copy;

import dev.aerie.engine.Capability;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.Consistency;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.PartitionRequest;
import dev.aerie.engine.PartitionRequest.PartitionInfo;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.QueryRequest.Cursor;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.RowRequest;
import dev.aerie.service.copy.CopyJournal.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// Copies collections between engines. Blocking; safe for use by several threads.
public final class CopyService {
  private static final long PAGE_BYTES = 8 << 20;
  private static final int MOST_PAGE_ROWS = 1_000;
  private static final int COMPARED = 100;

  /// Copies; progress in rows. Cancelled or failed, what is in stays in, and with a journal the
  /// same plan goes on from there.
  ///
  /// @return counted and compared; look at [CopyReport#isVerified]
  /// @throws EngineException `ALREADY_EXISTS` if the target is there and not of this copy
  public CopyReport copy(Engine source, Engine target, CopyPlan plan, Progress progress) {
    return new Run(source, target, plan, progress).run();
  }

  private static final class Run {
    private final Engine source;
    private final Engine target;
    private final CopyPlan plan;
    private final Progress progress;
    private final CopyJournal journal;
    private final List<String> notes = new ArrayList<>();
    private final List<Object> sample = new ArrayList<>();

    Run(Engine source, Engine target, CopyPlan plan, Progress progress) {
      this.source = source;
      this.target = target;
      this.plan = plan;
      this.progress = progress;
      this.journal = new CopyJournal(plan);
    }

    CopyReport run() {
      long started = System.nanoTime();
      var info =
          source.call(new CollectionRequest.Describe(plan.database(), plan.collection()), progress);
      var schema = targetSchema(info.schema());
      var partitions = partitions(schema);
      var found = journal.read();
      List<IndexSpec> indexes = plan.indexes() ? indexes() : List.of();
      if (found.isEmpty()) {
        create(info, schema, partitions, indexes);
      }
      progress.phase("Copying");
      rows(schema, partitions, found.orElse(new Position(0, Optional.empty(), 0)));
      finish(indexes);
      var report = verified(schema, Duration.ofNanos(System.nanoTime() - started));
      journal.remove();
      return report;
    }

    private CollectionSchema targetSchema(CollectionSchema schema) {
      var fields = new ArrayList<Field>();
      for (var field : schema.fields()) {
        if (field.autoId()) {
          notes.add(
              "\"%s\" keeps its keys, so the copy does not make its own".formatted(field.name()));
          fields.add(field.asPrimaryKey(false));
        } else {
          fields.add(field);
        }
      }
      return new CollectionSchema(
          plan.targetCollection(),
          schema.description(),
          fields,
          schema.functions(),
          schema.dynamic());
    }

    /// Partitions by name; one unnamed where the engine or a partition key sees to them.
    private List<String> partitions(CollectionSchema schema) {
      boolean named =
          schema.partitionKey().isEmpty()
              && source.capabilities().has(Capability.PARTITIONS)
              && target.capabilities().has(Capability.PARTITIONS);
      if (!named) {
        return List.of("");
      }
      return source
          .call(new PartitionRequest.ListAll(plan.database(), plan.collection()), progress)
          .stream()
          .map(PartitionInfo::name)
          .sorted()
          .toList();
    }

    private List<IndexSpec> indexes() {
      var specs = new ArrayList<IndexSpec>();
      var infos =
          source.call(
              new IndexRequest.Describe(plan.database(), plan.collection(), Optional.empty()),
              progress);
      var types = target.capabilities().indexTypes();
      for (IndexInfo info : infos) {
        var spec = info.spec();
        boolean known = types.values().stream().anyMatch(list -> list.contains(spec.type()));
        if (known) {
          specs.add(spec);
        } else if (spec.metric().isPresent()) {
          notes.add(
              "index \"%s\" is %s, which the target does not have; it chooses its own"
                  .formatted(spec.name(), spec.type()));
          specs.add(
              new IndexSpec(
                  spec.name(), spec.field(), IndexType.AUTOINDEX, spec.metric(), Map.of()));
        } else {
          notes.add(
              "index \"%s\" is %s, which the target does not have; it is left out"
                  .formatted(spec.name(), spec.type()));
        }
      }
      return List.copyOf(specs);
    }

    private void create(
        CollectionInfo info,
        CollectionSchema schema,
        List<String> partitions,
        List<IndexSpec> indexes) {
      var database = plan.targetDatabase();
      var name = plan.targetCollection();
      if (target.call(new CollectionRequest.Exists(database, name), progress)) {
        throw new EngineException(
            ErrorCode.ALREADY_EXISTS,
            "\"%s\" is there already; choose another name, or drop it first".formatted(name));
      }
      target.call(
          new CollectionRequest.Create(
              database, schema, info.shards(), info.partitions(), info.consistency(), Map.of()),
          progress);
      for (var partition : partitions) {
        if (!partition.isEmpty() && !partition.equals(PartitionRequest.DEFAULT)) {
          target.call(new PartitionRequest.Create(database, name, partition), progress);
        }
      }
      for (var index : indexes) {
        target.call(new IndexRequest.Create(database, name, index), progress);
      }
      if (!indexes.isEmpty() && target.capabilities().has(Capability.LOAD_RELEASE)) {
        target.call(new CollectionRequest.Load(database, name), progress);
      }
      journal.write(new Position(0, Optional.empty(), 0));
    }

    private void rows(CollectionSchema schema, List<String> partitions, Position start) {
      long total = count(source, plan.database(), plan.collection());
      long done = start.rows();
      var cursor = start.cursor();
      int pageRows = pageRows(schema);
      for (int i = start.partition(); i < partitions.size(); i++) {
        var scope = scope(schema, partitions.get(i));
        boolean more = true;
        while (more) {
          progress.update(done, Math.max(done, total));
          var page =
              source.call(
                  new QueryRequest.Scan(
                      plan.database(), plan.collection(), scope, pageRows, cursor),
                  progress);
          if (page.rows().size() > 0) {
            write(page.rows(), partitions.get(i));
            remember(schema, page.rows());
          }
          done += page.rows().size();
          cursor = page.next();
          more = cursor.isPresent();
          journal.write(
              more
                  ? new Position(i, cursor, done)
                  : new Position(i + 1, Optional.<Cursor>empty(), done));
        }
      }
    }

    private static Scope scope(CollectionSchema schema, String partition) {
      return new Scope(
          partition.isEmpty() ? List.of() : List.of(partition),
          Filter.ALL,
          names(schema),
          Consistency.STRONG,
          0);
    }

    private static List<String> names(CollectionSchema schema) {
      var names = new ArrayList<String>();
      for (var field : schema.fields()) {
        if (!field.functionOutput()) {
          names.add(field.name());
        }
      }
      if (schema.dynamic()) {
        names.add(Field.DYNAMIC);
      }
      return names;
    }

    private void write(ColumnBatch rows, String partition) {
      var into = partition.isEmpty() ? Optional.<String>empty() : Optional.of(partition);
      var database = plan.targetDatabase();
      var name = plan.targetCollection();
      var request =
          target.capabilities().has(Capability.UPSERT)
              ? new RowRequest.Upsert(database, name, into, rows, false, OptionalLong.empty())
              : new RowRequest.Insert(database, name, into, rows, OptionalLong.empty());
      target.call(request, Progress.NONE);
    }

    /// Keeps a few keys of the first pages for the comparison.
    private void remember(CollectionSchema schema, ColumnBatch rows) {
      var keys = rows.column(key(schema)).orElseThrow();
      int step = Math.max(1, rows.size() / 10);
      for (int row = 0; row < keys.size() && sample.size() < COMPARED; row += step) {
        keys.value(row).ifPresent(sample::add);
      }
    }

    private static String key(CollectionSchema schema) {
      return schema.fields().stream()
          .filter(Field::primaryKey)
          .map(Field::name)
          .findFirst()
          .orElseThrow();
    }

    private void finish(List<IndexSpec> indexes) {
      var name = plan.targetCollection();
      if (target.capabilities().has(Capability.FLUSH)) {
        progress.phase("Making sure it is stored");
        target.call(new MaintenanceRequest.Flush(plan.targetDatabase(), List.of(name)), progress);
      }
      progress.phase("Building the indexes");
      for (var index : indexes) {
        target.call(new IndexRequest.Await(plan.targetDatabase(), name, index.name()), progress);
      }
    }

    private CopyReport verified(CollectionSchema schema, Duration took) {
      progress.phase("Comparing");
      var differences = new ArrayList<String>();
      long before = count(source, plan.database(), plan.collection());
      long after = count(target, plan.targetDatabase(), plan.targetCollection());
      if (before != after) {
        differences.add("the source has %,d rows, the copy %,d".formatted(before, after));
      }
      if (!sample.isEmpty()) {
        var names = names(schema);
        compare(
            source.call(
                new QueryRequest.Get(plan.database(), plan.collection(), sample, names), progress),
            target.call(
                new QueryRequest.Get(plan.targetDatabase(), plan.targetCollection(), sample, names),
                progress),
            key(schema),
            differences);
      }
      return new CopyReport(before, after, sample.size(), differences, notes, took);
    }

    private void compare(
        ColumnBatch before, ColumnBatch after, String key, List<String> differences) {
      var keysBefore = before.column(key).orElseThrow();
      var keysAfter = after.column(key).orElseThrow();
      var rowOf = new HashMap<Object, Integer>();
      for (int row = 0; row < keysAfter.size(); row++) {
        rowOf.put(keysAfter.value(row).orElseThrow(), row);
      }
      for (int row = 0; row < keysBefore.size(); row++) {
        var id = keysBefore.value(row).orElseThrow();
        var other = rowOf.get(id);
        if (other == null) {
          differences.add("row %s is not in the copy".formatted(id));
          continue;
        }
        for (var column : before.columns()) {
          var copied = after.column(column.name());
          boolean same =
              copied.isPresent()
                  && Objects.deepEquals(
                      column.value(row).orElse(null), copied.get().value(other).orElse(null));
          if (!same) {
            differences.add("row %s differs in \"%s\"".formatted(id, column.name()));
          }
        }
      }
    }

    private long count(Engine engine, String database, String collection) {
      return engine.call(
          new QueryRequest.Count(database, collection, Scope.of(Filter.ALL).at(Consistency.STRONG)),
          progress);
    }

    private static int pageRows(CollectionSchema schema) {
      long rowBytes = 64;
      for (var field : schema.fields()) {
        rowBytes += field.type().isDenseVector() ? field.type().rowBytes(field.dimension()) : 64;
      }
      return Math.clamp(PAGE_BYTES / rowBytes, 1, MOST_PAGE_ROWS);
    }
  }
}
