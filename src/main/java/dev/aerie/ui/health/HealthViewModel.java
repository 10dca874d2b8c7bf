package dev.aerie.ui.health;

import dev.aerie.engine.Engine;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.ObserveRequest.JobInfo;
import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Dialogs;
import dev.aerie.ui.fx.Failure;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Jobs;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Navigator;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import dev.aerie.ui.health.HealthReading.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the Health screen shows of one connection: the latest reading and how figures went since
/// the
/// screen was opened.
final class HealthViewModel {
  /// Readings kept: an hour at one every five seconds.
  static final int MOST_READINGS = 720;

  private final Connection connection;
  private final Engine engine;
  private final HealthReader reader;
  private final Jobs jobs;
  private final Navigator navigator;
  private final Dialogs dialogs;
  private final Messages messages;
  private final Deque<HealthReading> readings = new ArrayDeque<>();
  private final ReadOnlyObjectWrapper<Optional<HealthReading>> latest =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ObjectProperty<Optional<Failure>> failure =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObservableList<Finding> findings = FXCollections.observableArrayList();
  private final ObservableList<Tile> tiles = FXCollections.observableArrayList();
  private @Nullable Job<HealthReading> current;

  /// @param engine of the open connection
  HealthViewModel(
      Connection connection,
      Engine engine,
      Jobs jobs,
      Navigator navigator,
      Dialogs dialogs,
      Messages messages,
      Clock clock) {
    this.connection = connection;
    this.engine = engine;
    this.reader = new HealthReader(engine, clock);
    this.jobs = jobs;
    this.navigator = navigator;
    this.dialogs = dialogs;
    this.messages = messages;
  }

  String title() {
    return messages.get("title", connection.name());
  }

  String product() {
    return engine.info().product() + " " + engine.info().version();
  }

  /// Empty before the first reading.
  ReadOnlyObjectProperty<Optional<HealthReading>> latestProperty() {
    return latest.getReadOnlyProperty();
  }

  /// Why the last reading failed; empty where it did not.
  ObjectProperty<Optional<Failure>> failureProperty() {
    return failure;
  }

  /// By falling severity.
  ObservableList<Finding> findings() {
    return findings;
  }

  ObservableList<Tile> tiles() {
    return tiles;
  }

  /// Takes a reading, unless one is being taken.
  void refresh() {
    if (current != null && current.isRunning()) {
      return;
    }
    current =
        jobs.start(reader::read)
            .whenDone(this::show)
            .whenFailed(cause -> failure.set(Optional.of(Failure.of(cause))));
  }

  /// Does what a finding proposes.
  void fix(Finding.Fix fix) {
    switch (fix) {
      case Finding.Fix.MakeIndex(var database, var collection, var field) ->
          navigator.open(
              ScreenKind.SCHEMA, Selection.of(connection, database, collection), Intent.LOOK);
      case Finding.Fix.Compact(var database, var collection) -> compact(database, collection);
    }
  }

  /// The words on the button of a fix.
  String fixWords(Finding.Fix fix) {
    return switch (fix) {
      case Finding.Fix.MakeIndex make -> messages.get("fix.index");
      case Finding.Fix.Compact compact -> messages.get("fix.compact");
    };
  }

  /// To the rows of a collection.
  void open(CollectionState state) {
    navigator.open(
        ScreenKind.DATA, Selection.of(connection, state.database(), state.name()), Intent.LOOK);
  }

  /// Asks for a file and writes what the screen shows into it.
  void saveReport() {
    latest
        .get()
        .ifPresent(
            reading ->
                dialogs.saveFile(
                    messages.get("report.title"),
                    "health-" + connection.name().replaceAll("\\W+", "-") + ".md",
                    List.of(new Dialogs.FileKind("Markdown", List.of("*.md"))),
                    file ->
                        jobs.start(progress -> Files.writeString(file, report(reading)).toString())
                            .whenDone(path -> navigator.toast(messages.get("report.saved", path)))
                            .whenFailed(
                                cause ->
                                    failure.set(
                                        Optional.of(
                                            Failure.of(
                                                new IOException(
                                                    messages.get("report.failed", file.toString()),
                                                    cause)))))));
  }

  /// Drops a reading that is being taken.
  void close() {
    if (current != null) {
      current.cancel();
    }
  }

  private void compact(String database, String collection) {
    jobs.startTask(
            messages.get("task.compact", collection),
            progress ->
                engine.call(new MaintenanceRequest.Compact(database, collection, false), progress))
        .whenDone(
            job -> {
              navigator.toast(messages.get("compact.started", collection));
              refresh();
            })
        .whenFailed(cause -> failure.set(Optional.of(Failure.of(cause))));
  }

  private void show(HealthReading reading) {
    failure.set(Optional.empty());
    readings.addLast(reading);
    if (readings.size() > MOST_READINGS) {
      readings.removeFirst();
    }
    latest.set(Optional.of(reading));
    findings.setAll(new Findings(messages).of(reading));
    tiles.setAll(tiles(reading));
  }

  private List<Tile> tiles(HealthReading now) {
    long rows = now.rows();
    long without = now.rowsWithoutIndex();
    return List.of(
        new Tile(
            messages.get("tile.rows"),
            Figures.compact(rows),
            "",
            messages.get("tile.rows.note", Figures.count(now.known())),
            "",
            trend(HealthReading::rows)),
        new Tile(
            messages.get("tile.unindexed"),
            Figures.compact(without),
            rows == 0 ? "" : Figures.percent(without / (double) rows),
            change(HealthReading::rowsWithoutIndex),
            without >= Findings.ROWS_WORTH_AN_INDEX ? "danger" : "",
            trend(HealthReading::rowsWithoutIndex)),
        new Tile(
            messages.get("tile.segments"),
            Figures.count(now.segments()),
            "",
            change(HealthReading::segments),
            "",
            trend(HealthReading::segments)),
        new Tile(
            messages.get("tile.disk"),
            Figures.bytes(now.diskBytes()),
            "",
            change(HealthReading::diskBytes),
            "",
            trend(HealthReading::diskBytes)),
        memory(now),
        jobsTile(now));
  }

  private Tile memory(HealthReading now) {
    var used = now.figure("memory.used");
    var total = now.figure("memory.total");
    if (used.isEmpty()) {
      return new Tile(
          messages.get("tile.memory"),
          "–",
          "",
          now.missing().getOrDefault(Part.METRICS, messages.get("tile.memory.none")),
          "",
          List.of());
    }
    double share =
        total.isPresent() && total.getAsDouble() > 0 ? used.getAsDouble() / total.getAsDouble() : 0;
    return new Tile(
        messages.get("tile.memory"),
        Figures.bytes((long) used.getAsDouble()),
        share == 0 ? "" : messages.get("tile.memory.of", Figures.bytes((long) total.getAsDouble())),
        share == 0 ? "" : Figures.percent(share),
        share >= 0.85 ? "warning" : "",
        trend(reading -> orNaN(reading.figure("memory.used"))));
  }

  private Tile jobsTile(HealthReading now) {
    long failed = now.jobs().stream().filter(job -> job.state() == JobInfo.State.FAILED).count();
    var kinds = new ArrayList<String>();
    now.jobs().stream()
        .filter(job -> job.state() == JobInfo.State.RUNNING)
        .map(JobInfo::kind)
        .distinct()
        .forEach(kinds::add);
    return new Tile(
        messages.get("tile.jobs"),
        now.missing().containsKey(Part.JOBS) ? "–" : Figures.count(now.runningJobs()),
        String.join(", ", kinds),
        now.missing().containsKey(Part.JOBS)
            ? now.missing().getOrDefault(Part.JOBS, "")
            : failed == 0
                ? messages.get("tile.jobs.fine")
                : messages.get("tile.jobs.failed", Figures.count(failed)),
        failed == 0 ? "" : "danger",
        trend(HealthReading::runningJobs));
  }

  private static double orNaN(OptionalDouble value) {
    return value.orElse(Double.NaN);
  }

  private List<Double> trend(ToDoubleFunction<HealthReading> figure) {
    return readings.stream().map(figure::applyAsDouble).toList();
  }

  /// How a figure went since the screen was opened, in words.
  private String change(ToDoubleFunction<HealthReading> figure) {
    double first = figure.applyAsDouble(readings.getFirst());
    double last = figure.applyAsDouble(readings.getLast());
    if (first == last) {
      return messages.get("change.none");
    }
    return messages.get(last > first ? "change.rising" : "change.falling");
  }

  private String report(HealthReading reading) {
    var text = new StringBuilder();
    text.append("# ").append(title()).append("\n\n");
    text.append(product()).append(", ").append(reading.at()).append("\n\n");
    text.append("## ").append(messages.get("findings")).append("\n\n");
    if (findings.isEmpty()) {
      text.append(messages.get("findings.none")).append("\n");
    }
    findings.forEach(
        finding ->
            text.append("- ")
                .append(messages.get("severity." + finding.severity()))
                .append(": ")
                .append(finding.title())
                .append(". ")
                .append(finding.text())
                .append("\n"));
    text.append("\n## ").append(messages.get("collections")).append("\n\n");
    text.append("| database | collection | rows | without index | segments | disk |\n");
    text.append("|---|---|--:|--:|--:|--:|\n");
    reading
        .collections()
        .forEach(
            state ->
                text.append(
                    "| %s | %s | %,d | %,d | %,d | %s |%n"
                        .formatted(
                            state.database(),
                            state.name(),
                            state.rows(),
                            state.rowsWithoutIndex(),
                            state.figures().segments(),
                            Figures.bytes(state.figures().diskBytes()))));
    return text.toString();
  }
}
