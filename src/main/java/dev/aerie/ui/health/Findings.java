package dev.aerie.ui.health;

import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.MaintenanceRequest.SegmentInfo;
import dev.aerie.engine.ObserveRequest.JobInfo;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.health.Finding.Fix;
import dev.aerie.ui.health.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The checks of the Health screen: each looks at a reading and tells what it finds, with the
/// figures it judged by.
final class Findings {
  /// Checks made of every reading, for "9 other checks passed".
  static final int CHECKS = 8;

  /// Fewer rows than this are compared so fast that no index is worth a word.
  static final long ROWS_WORTH_AN_INDEX = 10_000;

  private static final double MUCH_UNINDEXED = 0.10;
  private static final double MUCH_DELETED = 0.20;
  private static final int MANY_SEGMENTS = 16;
  private static final long SMALL_SEGMENT = 5_000;
  private static final double MUCH_MEMORY = 0.85;

  private final Messages messages;

  Findings(Messages messages) {
    this.messages = messages;
  }

  /// By falling severity.
  List<Finding> of(HealthReading reading) {
    var found = new ArrayList<Finding>();
    if (!reading.status().healthy()) {
      found.add(
          new Finding(
              Severity.URGENT,
              messages.get("finding.unhealthy"),
              String.join(" ", reading.status().reasons()),
              Optional.empty()));
    }
    reading.collections().forEach(state -> look(state, found));
    reading.jobs().forEach(job -> look(job, found));
    memory(reading, found);
    if (reading.missing().containsKey(HealthReading.Part.METRICS)) {
      found.add(
          new Finding(
              Severity.NOTE,
              messages.get("finding.noMetrics"),
              reading.missing().getOrDefault(HealthReading.Part.METRICS, ""),
              Optional.empty()));
    }
    if (reading.known() > reading.collections().size()
        && reading.known() > HealthReader.MOST_COLLECTIONS) {
      found.add(
          new Finding(
              Severity.NOTE,
              messages.get(
                  "finding.many",
                  Figures.count(reading.collections().size()),
                  Figures.count(reading.known())),
              messages.get("finding.many.text"),
              Optional.empty()));
    }
    found.sort(Comparator.comparing(Finding::severity));
    return found;
  }

  private void look(CollectionState state, List<Finding> found) {
    var name = state.name();
    for (var index : state.indexes()) {
      if (index.state() == IndexInfo.State.FAILED) {
        found.add(
            new Finding(
                Severity.URGENT,
                messages.get("finding.indexFailed", index.name(), name),
                index.failure().orElse(""),
                Optional.of(new Fix.MakeIndex(state.database(), name, index.spec().field()))));
      }
    }
    var bare = state.fieldsWithoutIndex();
    if (!bare.isEmpty() && state.rows() >= ROWS_WORTH_AN_INDEX) {
      found.add(
          new Finding(
              Severity.URGENT,
              messages.get("finding.noIndex", name, bare.getFirst()),
              messages.get("finding.noIndex.text", Figures.count(state.rows())),
              Optional.of(new Fix.MakeIndex(state.database(), name, bare.getFirst()))));
    } else if (bare.isEmpty() && isMuchUnindexed(state)) {
      found.add(unindexed(state));
    }
    var figures = state.figures();
    long all = figures.rows() + figures.deletedRows();
    if (all > 0 && figures.deletedRows() >= MUCH_DELETED * all) {
      found.add(
          new Finding(
              Severity.SOON,
              messages.get(
                  "finding.deleted", Figures.percent(figures.deletedRows() / (double) all), name),
              messages.get(
                  "finding.deleted.text", Figures.count(figures.deletedRows()), Figures.count(all)),
              Optional.of(new Fix.Compact(state.database(), name))));
    }
    if (figures.segments() >= MANY_SEGMENTS
        && figures.rows() / figures.segments() < SMALL_SEGMENT) {
      found.add(
          new Finding(
              Severity.SOON,
              messages.get("finding.segments", Figures.count(figures.segments()), name),
              messages.get(
                  "finding.segments.text",
                  Figures.count(figures.rows() / figures.segments()),
                  Figures.count(figures.segments())),
              Optional.of(new Fix.Compact(state.database(), name))));
    }
  }

  private static boolean isMuchUnindexed(CollectionState state) {
    long without = state.rowsWithoutIndex();
    boolean building =
        state.indexes().stream()
            .anyMatch(
                index ->
                    index.state() == IndexInfo.State.BUILDING
                        || index.state() == IndexInfo.State.WAITING);
    return !building && without >= ROWS_WORTH_AN_INDEX && without >= MUCH_UNINDEXED * state.rows();
  }

  private Finding unindexed(CollectionState state) {
    long without = state.rowsWithoutIndex();
    long segments = state.segments().stream().filter(Findings::isBare).count();
    return new Finding(
        Severity.URGENT,
        messages.get(
            "finding.unindexed", Figures.percent(without / (double) state.rows()), state.name()),
        segments > 0
            ? messages.get(
                "finding.unindexed.segments",
                Figures.count(without),
                Figures.count(state.rows()),
                Figures.count(segments))
            : messages.get(
                "finding.unindexed.text", Figures.count(without), Figures.count(state.rows())),
        Optional.of(new Fix.Compact(state.database(), state.name())));
  }

  /// Whether a segment has rows and no index on them.
  static boolean isBare(SegmentInfo segment) {
    return segment.index().isEmpty() && segment.rows() > 0;
  }

  private void look(JobInfo job, List<Finding> found) {
    if (job.state() == JobInfo.State.FAILED) {
      found.add(
          new Finding(
              Severity.SOON,
              messages.get("finding.job", job.kind(), job.collection()),
              job.failure().orElse(job.detail()),
              Optional.empty()));
    }
  }

  private void memory(HealthReading reading, List<Finding> found) {
    for (var node : reading.nodes()) {
      double used = node.figures().getOrDefault("memory.used", Double.NaN);
      double total = node.figures().getOrDefault("memory.total", Double.NaN);
      if (used >= MUCH_MEMORY * total) {
        found.add(
            new Finding(
                Severity.SOON,
                messages.get("finding.memory", Figures.percent(used / total), node.name()),
                messages.get(
                    "finding.memory.text", Figures.bytes((long) used), Figures.bytes((long) total)),
                Optional.empty()));
      }
    }
  }
}
