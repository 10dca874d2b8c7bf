package dev.aerie.service.export;

import dev.aerie.dataset.DataFileException;
import dev.aerie.dataset.RowWriter;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.Consistency;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.QueryRequest.Cursor;
import dev.aerie.engine.QueryRequest.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes rows of a collection to a file. Blocking; safe for use by several threads.
public final class ExportService {
  private static final int PAGE_BYTES = 8 << 20;
  private static final int MOST_PAGE_ROWS = 2_000;

  /// What was written.
  ///
  /// @param rows in the file
  /// @param counted rows that match, as the engine counts them after the export
  public record ExportReport(Path file, long rows, long counted, long bytes, Duration took) {}

  /// Exports; progress in rows. Cancelled or failed, it leaves no file, and one that was there
  /// before as it was.
  ///
  /// @throws EngineException `FAILED_PRECONDITION` if the rows written are not those counted
  /// @throws DataFileException if the file cannot be written: a full disk
  public ExportReport export(Engine engine, ExportPlan plan, Progress progress) {
    long started = System.nanoTime();
    var schema =
        engine
            .call(new CollectionRequest.Describe(plan.database(), plan.collection()), progress)
            .schema();
    var fields = fields(schema, plan.fields());
    progress.phase("Exporting");
    long before = count(engine, plan, progress);
    long rows = 0;
    long after;
    try (var writer = writer(plan, fields)) {
      var scope =
          Scope.of(plan.filter(), fields.stream().map(Field::name).toArray(String[]::new))
              .at(Consistency.STRONG);
      int pageRows = pageRows(fields);
      Optional<Cursor> cursor = Optional.empty();
      do {
        progress.update(rows, before);
        var page =
            engine.call(
                new QueryRequest.Scan(plan.database(), plan.collection(), scope, pageRows, cursor),
                progress);
        writer.write(page.rows());
        rows += page.rows().size();
        cursor = page.next();
      } while (cursor.isPresent());
      after = count(engine, plan, progress);
      requireAll(plan, rows, before, after);
      writer.finish();
    }
    return new ExportReport(
        plan.file(),
        rows,
        after,
        plan.file().toFile().length(),
        Duration.ofNanos(System.nanoTime() - started));
  }

  /// While others write, any number between the two counts can be right.
  private static void requireAll(ExportPlan plan, long rows, long before, long after) {
    if (rows < Math.min(before, after) || rows > Math.max(before, after)) {
      throw new EngineException(
          ErrorCode.FAILED_PRECONDITION,
          "\"%s\" gave %,d rows and counts %,d; no file was written"
              .formatted(plan.collection(), rows, after));
    }
  }

  private static List<Field> fields(CollectionSchema schema, List<String> wanted) {
    var all = new ArrayList<Field>();
    schema.fields().stream().filter(field -> !field.functionOutput()).forEach(all::add);
    if (schema.dynamic()) {
      all.add(Field.scalar(Field.DYNAMIC, DataType.JSON));
    }
    if (wanted.isEmpty()) {
      return List.copyOf(all);
    }
    var chosen = new ArrayList<Field>();
    for (var name : wanted) {
      chosen.add(
          all.stream()
              .filter(field -> field.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "collection \"%s\" has no field \"%s\" to export; it has %s"
                              .formatted(
                                  schema.name(), name, all.stream().map(Field::name).toList()))));
    }
    return List.copyOf(chosen);
  }

  private static int pageRows(List<Field> fields) {
    long rowBytes = 64;
    for (var field : fields) {
      rowBytes += field.type().isDenseVector() ? field.type().rowBytes(field.dimension()) : 64;
    }
    return Math.clamp(PAGE_BYTES / rowBytes, 1, MOST_PAGE_ROWS);
  }

  private static long count(Engine engine, ExportPlan plan, Progress progress) {
    var scope = Scope.of(plan.filter()).at(Consistency.STRONG);
    return engine.call(new QueryRequest.Count(plan.database(), plan.collection(), scope), progress);
  }

  private static RowWriter writer(ExportPlan plan, List<Field> fields) {
    return switch (plan.format()) {
      case CSV -> RowWriter.csv(plan.file(), fields, plan.guardFormulas());
      case JSON_LINES -> RowWriter.jsonLines(plan.file(), fields);
      case PARQUET -> RowWriter.parquet(plan.file(), fields);
    };
  }
}
