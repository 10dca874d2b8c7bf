package dev.aerie.service.health;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.Metric;
import dev.aerie.engine.ObserveRequest.JobInfo;
import dev.aerie.engine.Request;
import dev.aerie.service.health.Finding.Fix;
import dev.aerie.service.health.Finding.Severity;
import dev.aerie.service.health.HealthFacts.CollectionFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The rules: from facts to findings, the worst first. The numbers that decide are the constants
/// here.
public final class HealthRules {
  /// Fewer rows than this are compared one by one as fast as an index answers.
  static final long ROWS_WORTH_AN_INDEX = 10_000;

  static final double UNINDEXED_SHARE = 0.05;
  static final double DELETED_SHARE = 0.2;
  static final int MANY_SEGMENTS = 16;
  static final long SMALL_SEGMENT_ROWS = 10_000;
  static final double MEMORY_AMBER = 0.85;
  static final double MEMORY_RED = 0.95;
  static final double TAIL_RATIO = 10;
  static final int JOBS_WAITING = 8;
  static final double RECALL_FALL = 0.03;
  static final long SEARCHES_WORTH_A_TAIL = 100;

  private HealthRules() {}

  public static List<Finding> of(HealthFacts facts) {
    var findings = new ArrayList<Finding>();
    unhealthy(facts, findings);
    for (var collection : facts.collections()) {
      noIndex(collection, findings);
      unindexed(collection, findings);
      failedIndex(collection, findings);
      notLoaded(collection, findings);
      deleted(collection, findings);
      smallSegments(collection, findings);
      partialPartitions(collection, findings);
    }
    memory(facts, findings);
    failedJobs(facts, findings);
    queueing(facts, findings);
    tail(facts, findings);
    slowFilters(facts, findings);
    recall(facts, findings);
    findings.sort(Comparator.comparing(Finding::severity));
    return findings;
  }

  private static void unhealthy(HealthFacts facts, List<Finding> findings) {
    facts
        .status()
        .filter(status -> !status.healthy())
        .ifPresent(
            status ->
                findings.add(
                    new Finding(
                        "unhealthy",
                        Severity.RED,
                        "",
                        "The engine says of itself that it is not healthy",
                        String.join("; ", status.reasons()),
                        "Requests may fail or wait",
                        Optional.empty())));
  }

  private static void noIndex(CollectionFacts collection, List<Finding> findings) {
    long rows = rows(collection).orElse(0);
    if (rows < ROWS_WORTH_AN_INDEX) {
      return;
    }
    for (var field : collection.info().schema().vectors()) {
      boolean indexed =
          collection.indexes().stream()
              .anyMatch(index -> index.spec().field().equals(field.name()));
      if (!indexed) {
        var metric = Metric.of(field.type()).getFirst();
        findings.add(
            new Finding(
                "no-index",
                Severity.AMBER,
                collection.name(),
                "Field \"%s\" has no index".formatted(field.name()),
                "%,d rows".formatted(rows),
                "Every search compares all %,d vectors, or is refused".formatted(rows),
                fix(
                    "Create the recommended index",
                    "Builds in the background; searches go on meanwhile",
                    new IndexRequest.Create(
                        collection.database(),
                        collection.info().name(),
                        IndexSpec.of(field.name(), IndexType.AUTOINDEX, metric, Map.of())))));
      }
    }
  }

  private static void unindexed(CollectionFacts collection, List<Finding> findings) {
    for (var index : collection.indexes()) {
      long open = index.totalRows() - index.indexedRows();
      boolean vector =
          collection.info().schema().vectors().stream()
              .anyMatch(field -> field.name().equals(index.spec().field()));
      if (vector
          && open >= SMALL_SEGMENT_ROWS
          && open > UNINDEXED_SHARE * index.totalRows()
          && index.state() != IndexInfo.State.FAILED) {
        boolean stopped = index.state() == IndexInfo.State.CANCELLED;
        findings.add(
            new Finding(
                "unindexed-rows",
                Severity.AMBER,
                collection.name(),
                "%.0f %% of the rows are searched without index \"%s\""
                    .formatted(100.0 * open / index.totalRows(), index.name()),
                "%,d of %,d rows; the build is %s"
                    .formatted(
                        open, index.totalRows(), index.state().name().toLowerCase(Locale.ROOT)),
                "Each search compares these rows one by one",
                stopped
                    ? fix(
                        "Go on with the build",
                        "It was stopped and keeps what it had finished",
                        new IndexRequest.Resume(
                            collection.database(), collection.info().name(), index.name()))
                    : fix(
                        "Seal and index",
                        "Seals growing rows so that they are indexed",
                        new MaintenanceRequest.Flush(
                            collection.database(), List.of(collection.info().name())))));
      }
    }
  }

  private static void failedIndex(CollectionFacts collection, List<Finding> findings) {
    for (var index : collection.indexes()) {
      if (index.state() == IndexInfo.State.FAILED) {
        findings.add(
            new Finding(
                "failed-index",
                Severity.RED,
                collection.name(),
                "Building index \"%s\" failed".formatted(index.name()),
                index.failure().orElse("the engine gives no reason"),
                "%,d rows are searched without it"
                    .formatted(index.totalRows() - index.indexedRows()),
                fix(
                    "Build again",
                    "Starts the same build anew",
                    new IndexRequest.Create(
                        collection.database(), collection.info().name(), index.spec()))));
      }
    }
  }

  private static void notLoaded(CollectionFacts collection, List<Finding> findings) {
    var load = collection.info().load();
    if (!load.isLoaded() && !collection.indexes().isEmpty() && rows(collection).orElse(0) > 0) {
      findings.add(
          new Finding(
              "not-loaded",
              Severity.INFO,
              collection.name(),
              "The collection is not loaded",
              "%d %% loaded".formatted(load.percent()),
              "It cannot be searched",
              fix(
                  "Load",
                  "Brings the collection into memory",
                  new CollectionRequest.Load(collection.database(), collection.info().name()))));
    }
  }

  private static void deleted(CollectionFacts collection, List<Finding> findings) {
    collection
        .statistics()
        .filter(
            statistics ->
                statistics.deletedRows() >= SMALL_SEGMENT_ROWS
                    && statistics.deletedRows()
                        > DELETED_SHARE * (statistics.rows() + statistics.deletedRows()))
        .ifPresent(
            statistics ->
                findings.add(
                    new Finding(
                        "deleted-rows",
                        Severity.AMBER,
                        collection.name(),
                        "Deleted rows still take room",
                        "%,d deleted beside %,d live rows"
                            .formatted(statistics.deletedRows(), statistics.rows()),
                        "Searches step over them, and they stay on disk",
                        compact(collection))));
  }

  private static void smallSegments(CollectionFacts collection, List<Finding> findings) {
    long small =
        collection.segments().stream()
            .filter(segment -> segment.rows() < SMALL_SEGMENT_ROWS)
            .count();
    if (small >= MANY_SEGMENTS) {
      findings.add(
          new Finding(
              "small-segments",
              Severity.AMBER,
              collection.name(),
              "Many small segments",
              "%,d of %,d segments have under %,d rows"
                  .formatted(small, collection.segments().size(), SMALL_SEGMENT_ROWS),
              "A search visits each segment",
              compact(collection)));
    }
  }

  private static void partialPartitions(CollectionFacts collection, List<Finding> findings) {
    long loaded =
        collection.partitions().stream().filter(partition -> partition.load().isLoaded()).count();
    if (loaded > 0 && loaded < collection.partitions().size()) {
      findings.add(
          new Finding(
              "partly-loaded",
              Severity.INFO,
              collection.name(),
              "Some partitions are not loaded",
              "%d of %d are".formatted(loaded, collection.partitions().size()),
              "Searches do not see the others' rows",
              fix(
                  "Load all",
                  "Brings the other partitions into memory",
                  new CollectionRequest.Load(collection.database(), collection.info().name()))));
    }
  }

  private static void memory(HealthFacts facts, List<Finding> findings) {
    for (var node : facts.nodes()) {
      double used = node.figures().getOrDefault("memory.used", 0.0);
      double total = node.figures().getOrDefault("memory.total", 0.0);
      double share = total > 0 ? used / total : 0;
      if (share >= MEMORY_AMBER) {
        findings.add(
            new Finding(
                "memory",
                share >= MEMORY_RED ? Severity.RED : Severity.AMBER,
                "",
                "Node \"%s\" is near its memory limit".formatted(node.name()),
                String.format(
                    Locale.ROOT, "%.1f of %.1f GB, %.0f %%", used / 1e9, total / 1e9, 100 * share),
                "Loads are refused, and the process may be stopped by the system",
                Optional.of(
                    new Fix(
                        "Release a collection",
                        "Or map it instead of loading it, or choose a smaller index",
                        Optional.empty()))));
      }
    }
  }

  private static void failedJobs(HealthFacts facts, List<Finding> findings) {
    for (var job : facts.jobs()) {
      if (job.state() == JobInfo.State.FAILED) {
        findings.add(
            new Finding(
                "failed-job",
                Severity.RED,
                job.database() + "." + job.collection(),
                "A job failed: " + job.kind(),
                job.failure().orElse("the engine gives no reason") + " (" + job.detail() + ")",
                "What it was to do is not done",
                Optional.empty()));
      }
    }
  }

  private static void queueing(HealthFacts facts, List<Finding> findings) {
    long waiting =
        facts.jobs().stream().filter(job -> job.state() == JobInfo.State.WAITING).count();
    if (waiting >= JOBS_WAITING) {
      findings.add(
          new Finding(
              "queueing",
              Severity.AMBER,
              "",
              "Jobs are queueing",
              "%d wait, %d run"
                  .formatted(
                      waiting,
                      facts.jobs().stream()
                          .filter(job -> job.state() == JobInfo.State.RUNNING)
                          .count()),
              "New rows stay without index until their turn comes",
              Optional.empty()));
    }
  }

  private static void tail(HealthFacts facts, List<Finding> findings) {
    facts
        .latency()
        .filter(
            figures ->
                figures.searches() >= SEARCHES_WORTH_A_TAIL
                    && figures.p99Millis() > TAIL_RATIO * figures.p50Millis())
        .ifPresent(
            figures ->
                findings.add(
                    new Finding(
                        "slow-tail",
                        Severity.AMBER,
                        "",
                        "A few searches are far slower than the rest",
                        String.format(
                            Locale.ROOT,
                            "p50 %.2f ms, p99 %.2f ms over %,d searches",
                            figures.p50Millis(),
                            figures.p99Millis(),
                            figures.searches()),
                        "One search in a hundred waits that long",
                        Optional.of(
                            new Fix(
                                "Investigate",
                                "Looks at the slowest searches and what they have in common",
                                Optional.empty())))));
  }

  private static void slowFilters(HealthFacts facts, List<Finding> findings) {
    for (var collection : facts.collections()) {
      var slow =
          facts.slowQueries().stream()
              .filter(query -> query.collection().equals(collection.info().name()))
              .toList();
      for (var field : collection.info().schema().fields()) {
        boolean indexed =
            field.primaryKey()
                || collection.indexes().stream()
                    .anyMatch(index -> index.spec().field().equals(field.name()));
        long named =
            slow.stream()
                .filter(query -> query.request().matches("(?s).*\\b" + field.name() + "\\b.*"))
                .filter(query -> query.request().contains("filter"))
                .count();
        if (!indexed && !field.type().isVector() && named > 0) {
          findings.add(
              new Finding(
                  "slow-filter",
                  Severity.AMBER,
                  collection.name(),
                  "Slow queries filter on \"%s\", which has no index".formatted(field.name()),
                  "%d of %d slow queries name it".formatted(named, slow.size()),
                  "The filter reads the field of every row",
                  fix(
                      "Create an index",
                      "An inverted index on \"%s\"; builds in the background"
                          .formatted(field.name()),
                      new IndexRequest.Create(
                          collection.database(),
                          collection.info().name(),
                          IndexSpec.scalar(field.name(), IndexType.INVERTED)))));
        }
      }
    }
  }

  private static void recall(HealthFacts facts, List<Finding> findings) {
    for (var probe : facts.recalls()) {
      boolean fallen =
          probe.baseline().isPresent()
              && probe.recall().high() < probe.baseline().getAsDouble() - RECALL_FALL;
      if (fallen) {
        findings.add(
            new Finding(
                "recall-drift",
                Severity.AMBER,
                probe.subject(),
                "Recall has fallen",
                String.format(
                    Locale.ROOT,
                    "recall@%d is %.3f ± %.3f on %d sampled queries; it was %.3f",
                    probe.k(),
                    probe.recall().mean(),
                    probe.recall().margin(),
                    probe.recall().byQuery().size(),
                    probe.baseline().getAsDouble()),
                "Searches miss more of the nearest rows than when this was set up",
                Optional.of(
                    new Fix(
                        "Tune again", "The data may have outgrown its index", Optional.empty()))));
      }
    }
  }

  private static OptionalLong rows(CollectionFacts collection) {
    return collection
        .statistics()
        .map(statistics -> OptionalLong.of(statistics.rows()))
        .orElse(OptionalLong.empty());
  }

  private static Optional<Fix> compact(CollectionFacts collection) {
    return fix(
        "Compact",
        "Merges segments in the background; it takes disk for the new ones meanwhile",
        new MaintenanceRequest.Compact(collection.database(), collection.info().name(), false));
  }

  private static Optional<Fix> fix(String label, String explanation, Request<?> request) {
    return Optional.of(new Fix(label, explanation, Optional.of(request)));
  }
}
