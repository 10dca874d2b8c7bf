package dev.aerie.ui.health;

import dev.aerie.engine.Capabilities;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionRequest.CollectionStatistics;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.Field;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.MaintenanceRequest.SegmentInfo;
import dev.aerie.engine.Metric;
import dev.aerie.engine.ObserveRequest;
import dev.aerie.engine.ObserveRequest.EngineMetrics;
import dev.aerie.engine.ObserveRequest.Node;
import dev.aerie.engine.Progress;
import dev.aerie.engine.Request;
import dev.aerie.service.MemoryEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Four collections that hold no rows and say they do: one partly without index, one with many
/// deleted rows; and memory that is nearly full.
final class BusyEngine implements Engine {
  private static final Map<String, CollectionStatistics> FIGURES =
      Map.of(
          "lemma_forms", new CollectionStatistics(610_000, 0, 0, 20, 2_400L << 20),
          "examples_en", new CollectionStatistics(390_000, 0, 0, 18, 1_700L << 20),
          "synsets_en", new CollectionStatistics(120_000, 40_000, 6_000, 9, 480L << 20),
          "synsets_de", new CollectionStatistics(41_800, 0, 0, 4, 160L << 20));

  private final MemoryEngine names = new MemoryEngine();

  BusyEngine() {
    FIGURES.keySet().stream()
        .sorted()
        .forEach(
            name ->
                names.call(
                    new CollectionRequest.Create(
                        "default",
                        CollectionSchema.of(
                            name,
                            Field.scalar("id", DataType.INT64).asPrimaryKey(false),
                            Field.vector("embedding", DataType.FLOAT_VECTOR, 4)))));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> R call(Request<R> request, Progress progress) {
    return (R)
        switch (request) {
          case CollectionRequest.Statistics(var database, var name) -> FIGURES.get(name);
          case MaintenanceRequest.Segments(var database, var name) -> segments(name);
          case IndexRequest.Describe(var database, var name, var field) ->
              List.of(
                  new IndexInfo(
                      IndexSpec.of("embedding", IndexType.HNSW, Metric.COSINE, Map.of()),
                      IndexInfo.State.FINISHED,
                      rows(name),
                      rows(name) - bareRows(name),
                      Optional.empty()));
          case ObserveRequest.Metrics metrics ->
              new EngineMetrics(
                  List.of(
                      new Node(
                          1,
                          "this process",
                          "standalone",
                          "",
                          "",
                          "healthy",
                          Map.of("memory.used", 13.9e9, "memory.total", 16.0e9),
                          Map.of())),
                  "");
          default -> names.call(request, progress);
        };
  }

  @Override
  public Capabilities capabilities() {
    return names.capabilities();
  }

  @Override
  public EngineInfo info() {
    return names.info();
  }

  @Override
  public void close() {}

  private static long rows(String name) {
    return FIGURES.get(name).rows();
  }

  private static long bareRows(String name) {
    return segments(name).stream()
        .filter(segment -> segment.index().isEmpty())
        .mapToLong(SegmentInfo::rows)
        .sum();
  }

  private static List<SegmentInfo> segments(String name) {
    var figures = FIGURES.get(name);
    int count = figures.segments();
    var segments = new ArrayList<SegmentInfo>();
    for (int i = 0; i < count; i++) {
      boolean growing = i == 0 && figures.growingRows() > 0;
      boolean bare = growing || name.equals("examples_en") && i % 4 == 0;
      segments.add(
          new SegmentInfo(
              "s" + i,
              name,
              "_default",
              growing ? "growing" : "sealed",
              "",
              growing ? figures.growingRows() : figures.rows() / count,
              0,
              1 << 20,
              bare ? Map.of() : Map.of("embedding", "HNSW"),
              List.of()));
    }
    return segments;
  }
}
