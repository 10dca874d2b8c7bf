package dev.aerie.ui.load;

import dev.aerie.engine.Capability;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.CollectionRequest.CollectionSummary;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Progress;
import dev.aerie.service.load.FileProfile;
import dev.aerie.service.load.LoadOptions;
import dev.aerie.service.load.LoadPlan;
import dev.aerie.service.load.LoadReport;
import dev.aerie.service.load.LoadService;
import dev.aerie.service.load.LoadStatus;
import dev.aerie.service.load.Suggestion;
import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Dialogs;
import dev.aerie.ui.fx.Failure;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The wizard: which step it is at, what has been found out, and the work it starts. Belongs to the
/// FX thread.
public final class LoadViewModel {
  /// Rows that are looked at before the preview is shown.
  private static final long PROFILE_ROWS = 20_000;

  private final Desk desk;
  private final LoadService service;
  private final Path folder;
  private final Messages messages = Messages.of("load");
  private final Connection connection;
  private final Engine engine;
  private final String database;
  private final MappingViewModel mapping;
  private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.FILE);
  private final ReadOnlyObjectWrapper<Optional<FilePreview>> preview =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Trial>> trial =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<RunFigures>> run =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Ending>> ending =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Job<?>>> working =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Failure>> failure =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ObservableList<String> collections = FXCollections.observableArrayList();
  private final BooleanProperty upsert = new SimpleBooleanProperty();
  private final BooleanProperty stopOnBadRow = new SimpleBooleanProperty();
  private final BooleanProperty keepRejected = new SimpleBooleanProperty(true);
  private final BooleanProperty keepKeys = new SimpleBooleanProperty();
  private final IntegerProperty batchRows =
      new SimpleIntegerProperty(LoadOptions.DEFAULT.batchRows());
  private Optional<FileProfile> profile = Optional.empty();
  private Optional<String> wanted = Optional.empty();
  private @Nullable Job<?> loading;

  /// @param folder for reject files, journals and generated keys
  /// @throws IllegalArgumentException if `at` names no open connection
  public LoadViewModel(Desk desk, LoadService service, Path folder, Selection at) {
    this.desk = desk;
    this.service = service;
    this.folder = folder;
    this.connection =
        at.connection()
            .orElseThrow(() -> new IllegalArgumentException("no connection is selected"));
    this.engine =
        connection
            .engine()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "\"%s\" is not connected".formatted(connection.name())));
    this.database = at.database().orElse(DatabaseRequest.DEFAULT);
    this.mapping = new MappingViewModel(messages, database, engine.capabilities());
    at.collection()
        .ifPresent(
            name -> {
              mapping.intoNewProperty().set(false);
              wanted = Optional.of(name);
            });
  }

  public Messages messages() {
    return messages;
  }

  public MappingViewModel mapping() {
    return mapping;
  }

  public ReadOnlyObjectProperty<Step> stepProperty() {
    return step.getReadOnlyProperty();
  }

  /// What the file holds.
  public ReadOnlyObjectProperty<Optional<FilePreview>> previewProperty() {
    return preview.getReadOnlyProperty();
  }

  /// What the dry run made.
  public ReadOnlyObjectProperty<Optional<Trial>> trialProperty() {
    return trial.getReadOnlyProperty();
  }

  /// Where the load stands.
  public ReadOnlyObjectProperty<Optional<RunFigures>> runProperty() {
    return run.getReadOnlyProperty();
  }

  /// How the load ended.
  public ReadOnlyObjectProperty<Optional<Ending>> endingProperty() {
    return ending.getReadOnlyProperty();
  }

  /// The work this step waits for.
  public ReadOnlyObjectProperty<Optional<Job<?>>> workingProperty() {
    return working.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
    return failure.getReadOnlyProperty();
  }

  /// Collections of the database, by name.
  public ObservableList<String> collections() {
    return collections;
  }

  public BooleanProperty upsertProperty() {
    return upsert;
  }

  public BooleanProperty stopOnBadRowProperty() {
    return stopOnBadRow;
  }

  /// Whether rows that do not fit are written to a file.
  public BooleanProperty keepRejectedProperty() {
    return keepRejected;
  }

  /// Whether keys the engine makes are written to a file.
  public BooleanProperty keepKeysProperty() {
    return keepKeys;
  }

  public IntegerProperty batchRowsProperty() {
    return batchRows;
  }

  public boolean canUpsert() {
    return engine.capabilities().has(Capability.UPSERT);
  }

  /// Where the rows go, for a person: "Local engine, default".
  public String place() {
    return messages.get("place", connection.name(), database);
  }

  /// The collection the rows go to, as far as that is decided.
  public String collection() {
    return mapping.intoNewProperty().get()
        ? mapping.newNameProperty().get()
        : mapping.existingProperty().get().map(CollectionInfo::name).orElse("");
  }

  /// The folder of reject files, for a person.
  public Path folder() {
    return folder;
  }

  public void receive(Intent intent) {
    if (intent instanceof Intent.OpenFile(var file)) {
      open(file);
    }
    if (collections.isEmpty()) {
      readCollections();
    }
  }

  public void chooseFile() {
    desk.dialogs()
        .openFile(
            messages.get("file.choose"),
            List.of(new Dialogs.FileKind(messages.get("file.kinds"), LoadService.filePatterns())),
            this::open);
  }

  /// Looks at a file and goes on to its preview.
  public void open(Path file) {
    if (isLoading()) {
      return;
    }
    step.set(Step.FILE);
    work(
        desk.jobs()
            .start(
                progress -> {
                  var found = service.profile(file, PROFILE_ROWS, progress);
                  return new Opened(found, service.suggest(found, nameFor(file)));
                }),
        opened -> {
          profile = Optional.of(opened.profile);
          preview.set(Optional.of(FilePreview.of(opened.profile, messages)));
          mapping.suggest(opened.profile, opened.suggestion);
          trial.set(Optional.empty());
          ending.set(Optional.empty());
          step.set(Step.MAP);
          wanted.ifPresent(this::fill);
        });
  }

  private record Opened(FileProfile profile, Suggestion suggestion) {}

  /// Takes a collection as the target.
  public void fill(String collection) {
    profile.ifPresent(
        file ->
            work(
                desk.jobs()
                    .start(
                        progress -> {
                          var info =
                              engine.call(
                                  new CollectionRequest.Describe(database, collection), progress);
                          return new Target(info, service.match(file, info.schema()));
                        }),
                target -> {
                  mapping.intoNewProperty().set(false);
                  mapping.fill(target.info, target.mapping);
                }));
  }

  private record Target(CollectionInfo info, List<LoadPlan.Mapping> mapping) {}

  /// Makes a new collection the target again, as the file suggests it.
  public void fillNew() {
    mapping.intoNewProperty().set(true);
    resetMapping();
  }

  /// Forgets what was changed in the mapping.
  public void resetMapping() {
    profile.ifPresent(file -> mapping.suggest(file, service.suggest(file, nameFor(file.file()))));
  }

  /// Goes on to the next step, or says what is wrong with this one.
  public void next() {
    switch (step.get()) {
      case FILE -> chooseFile();
      case MAP -> tryPlan().ifPresent(plan -> step.set(Step.OPTIONS));
      case OPTIONS -> tryPlan().ifPresent(this::dryRun);
      case DRY_RUN -> tryPlan().ifPresent(this::load);
      case LOAD -> showTasks();
      case REPORT -> showRows();
    }
  }

  public void back() {
    if (!isLoading()) {
      failure.set(Optional.empty());
      switch (step.get()) {
        case FILE, LOAD -> {}
        case MAP -> step.set(Step.FILE);
        case OPTIONS -> step.set(Step.MAP);
        case DRY_RUN -> step.set(Step.OPTIONS);
        case REPORT -> step.set(Step.MAP);
      }
    }
  }

  /// Stops what runs; a load that is under way ends in its report.
  public void cancel() {
    working.get().ifPresent(Job::cancel);
    if (loading != null) {
      loading.cancel();
    }
  }

  public boolean isLoading() {
    return loading != null && loading.isRunning();
  }

  /// Opens the rows of the collection that was filled.
  public void showRows() {
    ending
        .get()
        .ifPresent(
            done ->
                desk.navigator()
                    .open(
                        ScreenKind.DATA,
                        Selection.of(connection, done.database(), done.collection()),
                        Intent.LOOK));
  }

  public void showTasks() {
    desk.navigator().showTasks();
  }

  public void copy(String text) {
    desk.dialogs().copy(text);
  }

  /// The screen is closed; a load goes on among the tasks.
  public void close() {
    working.get().filter(job -> job != loading).ifPresent(Job::cancel);
  }

  /// The plan as it stands.
  ///
  /// @throws IllegalArgumentException with the first mistake, for a person
  LoadPlan plan() {
    var target = mapping.target();
    var file =
        profile
            .orElseThrow(() -> new IllegalArgumentException(messages.get("mistake.file")))
            .file();
    var options =
        LoadOptions.DEFAULT
            .with(upsert.get() ? LoadOptions.Mode.UPSERT : LoadOptions.Mode.INSERT)
            .with(stopOnBadRow.get() ? LoadOptions.OnBadRow.STOP : LoadOptions.OnBadRow.REJECT)
            .withBatch(batchRows.get(), LoadOptions.DEFAULT.batchBytes());
    var stem = target.collection() + "-" + stem(file);
    if (keepRejected.get() && !stopOnBadRow.get()) {
      options = options.withRejectFile(folder.resolve(stem + "-rejected.csv"));
    }
    if (keepKeys.get()) {
      options = options.withKeysFile(folder.resolve(stem + "-keys.txt"));
    }
    options = options.withJournal(folder.resolve(stem + ".journal"));
    return new LoadPlan(file, target, mapping.mapping(), options);
  }

  private Optional<LoadPlan> tryPlan() {
    try {
      var plan = plan();
      failure.set(Optional.empty());
      return Optional.of(plan);
    } catch (IllegalArgumentException e) {
      failure.set(Optional.of(Failure.of(e)));
      return Optional.empty();
    }
  }

  private void dryRun(LoadPlan plan) {
    work(
        desk.jobs().start(progress -> service.dryRun(engine, plan, progress)),
        done -> {
          trial.set(Optional.of(Trial.of(done)));
          step.set(Step.DRY_RUN);
        });
  }

  private void load(LoadPlan plan) {
    var latest = new AtomicReference<@Nullable LoadStatus>();
    var ended = new AtomicReference<@Nullable LoadReport>();
    ending.set(Optional.empty());
    run.set(Optional.empty());
    step.set(Step.LOAD);
    var job =
        desk.jobs()
            .startTask(
                messages.get(
                    "task", String.valueOf(plan.file().getFileName()), plan.target().collection()),
                progress -> run(plan, latest, ended, progress));
    loading = job;
    working.set(Optional.of(job));
    job.doneProperty()
        .subscribe(
            () ->
                run.set(
                    Optional.ofNullable(latest.get()).map(told -> RunFigures.of(told, messages))));
    job.whenDone(this::show)
        .whenCancelled(
            () -> {
              var told = ended.get();
              if (told == null) {
                working.set(Optional.empty());
                step.set(Step.DRY_RUN);
              } else {
                show(told);
              }
            })
        .whenFailed(
            cause -> {
              working.set(Optional.empty());
              failure.set(Optional.of(Failure.of(cause)));
              step.set(Step.DRY_RUN);
            });
  }

  /// Keeps the report where a cancelled job, whose value is dropped, can still be asked for it.
  private LoadReport run(
      LoadPlan plan,
      AtomicReference<@Nullable LoadStatus> latest,
      AtomicReference<@Nullable LoadReport> ended,
      Progress progress)
      throws IOException {
    Files.createDirectories(folder);
    var told = service.run(engine, plan, latest::set, progress);
    ended.set(told);
    return told;
  }

  private void show(LoadReport told) {
    working.set(Optional.empty());
    ending.set(Optional.of(Ending.of(told, messages)));
    step.set(Step.REPORT);
    desk.workspace().changed();
  }

  private void readCollections() {
    desk.jobs()
        .start(progress -> engine.call(new CollectionRequest.ListAll(database), progress))
        .whenDone(all -> collections.setAll(all.stream().map(CollectionSummary::name).toList()))
        .whenFailed(cause -> desk.log().failed(messages.get("collections.failed"), cause));
  }

  private <T> void work(Job<T> job, Consumer<T> then) {
    failure.set(Optional.empty());
    working.get().ifPresent(Job::cancel);
    working.set(Optional.of(job));
    job.whenDone(
            made -> {
              working.set(Optional.empty());
              then.accept(made);
            })
        .whenCancelled(() -> working.set(Optional.empty()))
        .whenFailed(
            cause -> {
              working.set(Optional.empty());
              failure.set(Optional.of(Failure.of(cause)));
            });
  }

  private static String stem(Path file) {
    var name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /// A collection's name within the rule, made of a file's.
  private static String nameFor(Path file) {
    var name = stem(file).replaceAll("[^A-Za-z0-9_]+", "_");
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }
}
