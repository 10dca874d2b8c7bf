package dev.aerie.service.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.engine.RowRequest;
import dev.aerie.layout.Points;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A collection of numbered vectors made for measuring and dropped afterwards. The live collection
/// a question is about is never touched.
public final class ScratchCollection implements AutoCloseable {
  /// The key: the number of the row.
  public static final String KEY = "id";

  public static final String VECTOR = "vector";
  private static final int BATCH_BYTES = 8 << 20;

  private final Engine engine;
  private final String name;
  private final Metric metric;
  private long rows;
  private int dim;
  private long bytesBefore = -1;

  /// Creates the collection anew; one of that name is dropped first.
  public ScratchCollection(Engine engine, String name, Metric metric, int dim) {
    this.engine = engine;
    this.name = name;
    this.metric = metric;
    this.dim = dim;
    close();
    engine.call(
        new CollectionRequest.Create(
            DatabaseRequest.DEFAULT,
            CollectionSchema.of(
                name,
                Field.scalar(KEY, DataType.INT64).asPrimaryKey(false),
                Field.vector(VECTOR, DataType.FLOAT_VECTOR, dim))));
  }

  public String name() {
    return name;
  }

  public SearchTarget target() {
    return new SearchTarget(engine, DatabaseRequest.DEFAULT, name, VECTOR);
  }

  /// Adds rows, numbered on from those before, and seals them.
  public void fill(Points points, Progress progress) {
    progress.phase("Loading %,d rows".formatted(points.count()));
    int step = Math.max(1, BATCH_BYTES / (4 * dim));
    for (int start = 0; start < points.count(); start += step) {
      int end = Math.min(points.count(), start + step);
      var keys = new long[end - start];
      long first = rows + start;
      Arrays.setAll(keys, i -> first + i);
      var values = Arrays.copyOfRange(points.values(), start * dim, end * dim);
      engine.call(
          new RowRequest.Insert(
              DatabaseRequest.DEFAULT,
              name,
              ColumnBatch.of(
                  new LongColumn(KEY, keys), new FloatVectorColumn(VECTOR, dim, values))));
      progress.update(end, points.count());
    }
    rows += points.count();
    engine.call(new MaintenanceRequest.Flush(DatabaseRequest.DEFAULT, List.of(name)));
    bytesBefore = diskBytes();
  }

  /// Builds an index in the place of what there was, waits until it covers all rows, and loads.
  public BuildResult build(IndexChoice index, Progress progress) {
    progress.phase("Building " + index);
    double cpu = processCpuSeconds();
    long start = System.nanoTime();
    var existing =
        engine.call(new IndexRequest.Describe(DatabaseRequest.DEFAULT, name, Optional.of(VECTOR)));
    if (!existing.isEmpty() && !canReplace()) {
      engine.call(new CollectionRequest.Release(DatabaseRequest.DEFAULT, name));
      engine.call(new IndexRequest.Drop(DatabaseRequest.DEFAULT, name, existing.getFirst().name()));
    }
    engine.call(
        new IndexRequest.Create(DatabaseRequest.DEFAULT, name, index.on(VECTOR, metric)), progress);
    engine.call(new IndexRequest.Await(DatabaseRequest.DEFAULT, name, VECTOR), progress);
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = processCpuSeconds() - cpu;
    engine.call(new CollectionRequest.Load(DatabaseRequest.DEFAULT, name), progress);
    long after = diskBytes();
    double beside =
        after < 0 || bytesBefore < 0 || rows == 0
            ? Double.NaN
            : Math.max(0, (after - bytesBefore) / (double) rows);
    return new BuildResult(index, seconds, cpuSeconds, beside);
  }

  /// Drops the collection.
  @Override
  public void close() {
    boolean there = engine.call(new CollectionRequest.Exists(DatabaseRequest.DEFAULT, name));
    if (there) {
      engine.call(new CollectionRequest.Drop(DatabaseRequest.DEFAULT, name));
    }
  }

  /// Only the embedded engine builds beside what serves.
  private boolean canReplace() {
    return engine.info().product().equals("Aerie");
  }

  private long diskBytes() {
    try {
      return engine
          .call(new CollectionRequest.Statistics(DatabaseRequest.DEFAULT, name))
          .diskBytes();
    } catch (EngineException e) {
      if (e.code() == ErrorCode.UNSUPPORTED) {
        return -1;
      }
      throw e;
    }
  }

  private static double processCpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean process
        ? process.getProcessCpuTime() / 1e9
        : Double.NaN;
  }
}
