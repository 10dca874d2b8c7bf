package dev.aerie.local;

import com.sun.management.OperatingSystemMXBean;
import dev.aerie.engine.Done;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.MaintenanceRequest.CompactionStatus;
import dev.aerie.engine.MaintenanceRequest.SegmentInfo;
import dev.aerie.engine.Metric;
import dev.aerie.engine.ObserveRequest;
import dev.aerie.engine.ObserveRequest.EngineMetrics;
import dev.aerie.engine.ObserveRequest.HealthStatus;
import dev.aerie.engine.ObserveRequest.Node;
import dev.aerie.local.codec.VectorIndex;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.SegmentReader;

/// Answers what an engine is doing and how it is, and keeps collections in shape on request.
final class Observations {
  private final LocalFolder folder;
  private final String version;
  private final AtomicLong compactions = new AtomicLong();

  Observations(LocalFolder folder, String version) {
    this.folder = folder;
    this.version = version;
  }

  Object answer(MaintenanceRequest<?> request) throws IOException {
    return switch (request) {
      case MaintenanceRequest.Flush(String database, var names) -> {
        folder.requireDatabase(database);
        var wanted =
            names.isEmpty()
                ? folder.catalog().collectionsOf(database).stream().map(folder::of).toList()
                : names.stream().map(name -> folder.require(database, name)).toList();
        for (var collection : wanted) {
          collection.store().commit();
          if (!collection.staleSegments().isEmpty()) {
            folder.jobs().start(collection, "rows written since");
          }
        }
        yield Done.DONE;
      }
      case MaintenanceRequest.Compact(String database, String name, _) -> {
        var collection = folder.require(database, name);
        collection.store().writer().forceMergeDeletes(true);
        collection.store().commit();
        collection.store().refresh();
        yield compactions.incrementAndGet();
      }
      case MaintenanceRequest.CompactionState(long job) -> {
        if (job < 1 || job > compactions.get()) {
          throw new EngineException(ErrorCode.NOT_FOUND, "there is no compaction " + job);
        }
        yield new CompactionStatus(true, 0, 1, 0, List.of());
      }
      case MaintenanceRequest.Segments(String database, String name) ->
          segments(folder.require(database, name));
    };
  }

  private static List<SegmentInfo> segments(LocalCollection collection) throws IOException {
    collection.store().refresh();
    var stale = collection.staleSegments();
    try (var view = collection.store().acquire()) {
      List<SegmentInfo> all = new ArrayList<>();
      for (var leaf : view.searcher().getIndexReader().leaves()) {
        if (!(leaf.reader() instanceof SegmentReader segment)) {
          continue;
        }
        Map<String, String> indexes = new HashMap<>();
        for (var field : collection.fields().schema().vectors()) {
          for (var metric : Metric.of(field.type())) {
            var info = segment.getFieldInfos().fieldInfo(LuceneNames.vector(field.name(), metric));
            if (info != null && info.hasVectorValues()) {
              VectorIndex.of(info).ifPresent(index -> indexes.put(field.name(), index.text()));
            }
          }
        }
        all.add(
            new SegmentInfo(
                segment.getSegmentName(),
                collection.entry().name(),
                "",
                stale.contains(segment.getSegmentName()) ? "growing" : "sealed",
                "",
                segment.numDocs(),
                segment.numDeletedDocs(),
                segment.getSegmentInfo().sizeInBytes(),
                indexes,
                List.of(1L)));
      }
      return all;
    }
  }

  Object answer(ObserveRequest<?> request) throws IOException {
    return switch (request) {
      case ObserveRequest.Health _ -> health();
      case ObserveRequest.Metrics _ -> metrics();
      case ObserveRequest.Jobs _ -> folder.jobs().list(folder.all());
      case ObserveRequest.Timestamp _ -> folder.clock().next();
      case ObserveRequest.SlowQueries _,
          ObserveRequest.AnalyzerPreview _,
          ObserveRequest.Anatomy _ ->
          throw new EngineException(
              ErrorCode.UNSUPPORTED,
              "the embedded engine does not answer " + request.getClass().getSimpleName());
    };
  }

  private HealthStatus health() throws IOException {
    List<String> reasons = new ArrayList<>();
    long free = Files.getFileStore(folder.folder()).getUsableSpace();
    if (free < 1L << 30) {
      reasons.add("the disk of the data folder has only %d MiB left".formatted(free >> 20));
    }
    return new HealthStatus(reasons.isEmpty(), reasons);
  }

  private EngineMetrics metrics() throws IOException {
    Map<String, Double> figures = new HashMap<>();
    var runtime = Runtime.getRuntime();
    figures.put("heap.used", (double) (runtime.totalMemory() - runtime.freeMemory()));
    figures.put("heap.total", (double) runtime.maxMemory());
    for (var pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      if (pool.getName().equals("mapped")) {
        figures.put("mapped.used", (double) pool.getMemoryUsed());
      }
    }
    double disk = 0;
    for (var collection : folder.all()) {
      disk += collection.store().diskBytes();
    }
    var store = Files.getFileStore(folder.folder());
    figures.put("disk.used", disk);
    figures.put("disk.free", (double) store.getUsableSpace());
    figures.put("disk.total", (double) store.getTotalSpace());
    figures.put("cpu.cores", (double) runtime.availableProcessors());
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      figures.put("memory.total", (double) system.getTotalMemorySize());
      figures.put(
          "memory.used", (double) (system.getTotalMemorySize() - system.getFreeMemorySize()));
      figures.put("cpu.usage", Math.max(0, system.getProcessCpuLoad()));
    }
    figures.put("collections", (double) folder.all().size());
    return new EngineMetrics(
        List.of(
            new Node(
                1,
                "embedded",
                "standalone",
                folder.folder().toString(),
                version,
                "healthy",
                figures,
                Map.of("java", Runtime.version().toString()))),
        "");
  }
}
