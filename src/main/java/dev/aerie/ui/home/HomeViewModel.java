package dev.aerie.ui.home;

import dev.aerie.engine.Capability;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Progress;
import dev.aerie.service.sample.SampleService;
import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Dialogs;
import dev.aerie.ui.fx.Failure;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// State and actions of Home.
public final class HomeViewModel {
  private final Desk desk;
  private final SampleService samples;
  private final Messages words;
  private final ObservableList<ConnectionRow> connections = FXCollections.observableArrayList();
  private final BooleanProperty allRows = new SimpleBooleanProperty();
  private final BooleanProperty loading = new SimpleBooleanProperty();
  private final DoubleProperty loadShare = new SimpleDoubleProperty(-1);
  private final StringProperty loadText = new SimpleStringProperty("");
  private final StringProperty collections = new SimpleStringProperty("–");
  private final StringProperty rows = new SimpleStringProperty("–");
  private final StringProperty disk = new SimpleStringProperty("–");
  private final StringProperty memory = new SimpleStringProperty("–");
  private final DoubleProperty memoryShare = new SimpleDoubleProperty();
  private final StringProperty engineState = new SimpleStringProperty("");
  private final BooleanProperty engineOpen = new SimpleBooleanProperty();
  private final BooleanProperty sampleThere = new SimpleBooleanProperty();
  private final ObjectProperty<Optional<Failure>> failure =
      new SimpleObjectProperty<>(Optional.empty());
  private final ListChangeListener<Connection> connectionsChanged = _ -> watch();
  private Subscription watching = Subscription.EMPTY;
  private final Subscription changes;
  private @Nullable Job<?> load;

  public HomeViewModel(Desk desk, SampleService samples, Messages words) {
    this.desk = desk;
    this.samples = samples;
    this.words = words;
    desk.workspace().connections().addListener(connectionsChanged);
    watch();
    changes = desk.workspace().revisionProperty().subscribe((_, _) -> refresh());
  }

  /// A connection as the table shows it.
  ///
  /// @param tone of the status: `success`, `danger`, `accent` or empty
  public record ConnectionRow(
      Connection connection,
      String name,
      String address,
      String status,
      String icon,
      String tone,
      String version,
      String roundTrip,
      String lastUsed) {}

  /// What an engine holds.
  private record Holding(int collections, long rows, long bytes, boolean sample) {}

  public ObservableList<ConnectionRow> connections() {
    return connections;
  }

  /// Whether all synsets are wanted, not only the best known.
  public BooleanProperty allRowsProperty() {
    return allRows;
  }

  public BooleanProperty loadingProperty() {
    return loading;
  }

  public DoubleProperty loadShareProperty() {
    return loadShare;
  }

  public StringProperty loadTextProperty() {
    return loadText;
  }

  public StringProperty collectionsProperty() {
    return collections;
  }

  public StringProperty rowsProperty() {
    return rows;
  }

  public StringProperty diskProperty() {
    return disk;
  }

  public StringProperty memoryProperty() {
    return memory;
  }

  public DoubleProperty memoryShareProperty() {
    return memoryShare;
  }

  public StringProperty engineStateProperty() {
    return engineState;
  }

  public BooleanProperty engineOpenProperty() {
    return engineOpen;
  }

  /// Whether the sample is loaded already, so that the button opens it.
  public BooleanProperty sampleThereProperty() {
    return sampleThere;
  }

  public ObjectProperty<Optional<Failure>> failureProperty() {
    return failure;
  }

  public ObservableList<Job<?>> tasks() {
    return desk.jobs().tasks();
  }

  public boolean canOpenFiles() {
    return desk.navigator().has(ScreenKind.LOAD);
  }

  public boolean canConnect() {
    return desk.navigator().has(ScreenKind.CONNECT);
  }

  /// Loads the sample into the local engine and opens it; where it is loaded already, opens it.
  public void startWithSample() {
    var local = local();
    if (local.isEmpty() || local.get().engine().isEmpty() || loading.get()) {
      return;
    }
    if (sampleThere.get()) {
      openSample(local.get());
      return;
    }
    var engine = local.get().engine().get();
    int wanted = allRows.get() ? SampleService.ALL_ROWS : SampleService.DEFAULT_ROWS;
    failure.set(Optional.empty());
    loading.set(true);
    var job =
        desk.jobs()
            .startTask(
                words.get("sample.task"),
                progress -> samples.load(engine, DatabaseRequest.DEFAULT, wanted, progress));
    load = job;
    job.doneProperty().subscribe(_ -> showProgress(job));
    job.phaseProperty().subscribe(_ -> showProgress(job));
    job.whenDone(
            report -> {
              loading.set(false);
              desk.workspace().changed();
              desk.navigator().toast(words.get("sample.done", Figures.count(report.rows())));
              openSample(local.get());
            })
        .whenCancelled(
            () -> {
              loading.set(false);
              desk.workspace().changed();
              desk.navigator().toast(words.get("sample.cancelled"));
            })
        .whenFailed(
            cause -> {
              loading.set(false);
              desk.workspace().changed();
              failure.set(Optional.of(Failure.of(cause)));
              desk.log().failed(words.get("sample.task"), cause);
            });
  }

  public void cancelLoad() {
    if (load != null) {
      load.cancel();
    }
  }

  /// Asks for a file and leads to loading it.
  public void openFile() {
    desk.dialogs()
        .openFile(
            words.get("file.title"),
            List.of(
                new Dialogs.FileKind(
                    words.get("file.known"),
                    List.of(
                        "*.csv",
                        "*.tsv",
                        "*.json",
                        "*.jsonl",
                        "*.ndjson",
                        "*.parquet",
                        "*.npy",
                        "*.fvecs",
                        "*.hdf5",
                        "*.h5")),
                new Dialogs.FileKind(words.get("file.all"), List.of("*"))),
            file ->
                desk.navigator()
                    .open(
                        ScreenKind.LOAD,
                        local().map(Selection::of).orElse(Selection.NOTHING),
                        new Intent.OpenFile(file)));
  }

  public void newConnection() {
    desk.navigator().open(ScreenKind.CONNECT, Selection.NOTHING, new Intent.CreateNew());
  }

  /// Opens a connection, or shows it in the tree where it is open.
  public void openConnection(ConnectionRow row) {
    desk.workspace().select(Selection.of(row.connection()));
    if (row.connection().engine().isEmpty()) {
      desk.workspace().open(row.connection());
    }
  }

  /// Reads again what the local engine holds.
  public void refresh() {
    showConnections();
    var runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    memory.set(words.get("of", Figures.bytes(used), Figures.bytes(runtime.maxMemory())));
    memoryShare.set((double) used / runtime.maxMemory());
    local()
        .flatMap(Connection::engine)
        .ifPresent(
            engine ->
                desk.jobs()
                    .start(progress -> holding(engine, progress))
                    .whenDone(
                        held -> {
                          collections.set(Figures.count(held.collections()));
                          rows.set(Figures.count(held.rows()));
                          disk.set(Figures.bytes(held.bytes()));
                          sampleThere.set(held.sample());
                        })
                    .whenFailed(cause -> desk.log().failed("Local engine", cause)));
  }

  public void close() {
    desk.workspace().connections().removeListener(connectionsChanged);
    watching.unsubscribe();
    changes.unsubscribe();
  }

  private void watch() {
    watching.unsubscribe();
    watching = Subscription.EMPTY;
    for (var connection : desk.workspace().connections()) {
      watching = watching.and(connection.stateProperty().subscribe((_, _) -> refresh()));
    }
    refresh();
  }

  private Optional<Connection> local() {
    return desk.workspace().connections().stream().findFirst();
  }

  private void openSample(Connection local) {
    var place = Selection.of(local, DatabaseRequest.DEFAULT, SampleService.COLLECTION);
    desk.workspace().select(place);
    desk.navigator().open(ScreenKind.SEARCH, place, Intent.LOOK);
  }

  private void showProgress(Job<?> job) {
    loadShare.set(job.share());
    var text = new StringBuilder(job.phaseProperty().get());
    if (job.totalProperty().get() > 0) {
      text.append(", ")
          .append(
              words.get(
                  "of",
                  Figures.count(job.doneProperty().get()),
                  Figures.count(job.totalProperty().get())));
    }
    job.timeLeft()
        .ifPresent(left -> text.append(", ").append(words.get("left", Figures.time(left))));
    loadText.set(text.toString());
  }

  private void showConnections() {
    var now = Instant.now();
    connections.setAll(
        desk.workspace().connections().stream().map(connection -> row(connection, now)).toList());
    var local = local();
    engineOpen.set(local.flatMap(Connection::engine).isPresent());
    engineState.set(local.map(connection -> row(connection, now).status()).orElse(""));
  }

  private ConnectionRow row(Connection connection, Instant now) {
    var profile = connection.profile();
    var used = profile.lastUsed().map(moment -> Figures.ago(moment, now)).orElse("–");
    return switch (connection.state()) {
      case Connection.State.Open(var engine, var millis) ->
          new ConnectionRow(
              connection,
              connection.name(),
              profile.address(),
              words.get("state.open"),
              "fth-check-circle",
              "success",
              engine.info().product() + " " + engine.info().version(),
              Figures.millis(millis),
              used);
      case Connection.State.Opening() ->
          closed(connection, words.get("state.opening"), "fth-loader", "accent", used);
      case Connection.State.Closed() ->
          closed(connection, words.get("state.closed"), "fth-minus-circle", "", used);
      case Connection.State.Failed(var cause) ->
          closed(connection, cause.message(), "fth-alert-circle", "danger", used);
    };
  }

  private static ConnectionRow closed(
      Connection connection, String status, String icon, String tone, String used) {
    return new ConnectionRow(
        connection,
        connection.name(),
        connection.profile().address(),
        status,
        icon,
        tone,
        "–",
        "–",
        used);
  }

  private static Holding holding(Engine engine, Progress progress) {
    int collections = 0;
    long rows = 0;
    long bytes = 0;
    boolean sample = false;
    for (var database : engine.call(new DatabaseRequest.ListAll(), progress)) {
      for (var summary : engine.call(new CollectionRequest.ListAll(database.name()), progress)) {
        progress.check();
        collections++;
        sample |=
            database.name().equals(DatabaseRequest.DEFAULT)
                && summary.name().equals(SampleService.COLLECTION);
        if (engine.capabilities().has(Capability.STATISTICS)) {
          var statistics =
              engine.call(
                  new CollectionRequest.Statistics(database.name(), summary.name()), progress);
          rows += statistics.rows();
          bytes += Math.max(0, statistics.diskBytes());
        }
      }
    }
    return new Holding(collections, rows, bytes, sample);
  }
}
