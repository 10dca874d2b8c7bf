package dev.aerie.ui.tune;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.Metric;
import dev.aerie.service.bench.IndexChoice;
import dev.aerie.service.tune.Experiment;
import dev.aerie.service.tune.ExperimentFile;
import dev.aerie.service.tune.Goal;
import dev.aerie.service.tune.QuerySource;
import dev.aerie.service.tune.Recommendation;
import dev.aerie.service.tune.Trial;
import dev.aerie.service.tune.TuneControl;
import dev.aerie.service.tune.TuneLab;
import dev.aerie.service.tune.TuneListener;
import dev.aerie.service.tune.TuneRequest;
import dev.aerie.ui.fx.Dialogs;
import dev.aerie.ui.fx.Failure;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Jobs;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Navigator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// A tuning run on one collection: the goal as it is typed, what was measured so far, and what
/// follows from both.
final class TuneViewModel {
  private final Engine engine;
  private final TuneLab lab;
  private final Jobs jobs;
  private final Navigator navigator;
  private final Dialogs dialogs;
  private final Messages messages;
  private final Clock clock;
  private final String database;
  private final String collection;

  private final StringProperty k = new SimpleStringProperty("10");
  private final StringProperty recall = new SimpleStringProperty("0.95");
  private final StringProperty p95 = new SimpleStringProperty("");
  private final StringProperty memory = new SimpleStringProperty("");
  private final StringProperty queries = new SimpleStringProperty("500");
  private final StringProperty mistake = new SimpleStringProperty("");
  private final StringProperty verdict = new SimpleStringProperty("");
  private final StringProperty plan = new SimpleStringProperty("");
  private final StringProperty step = new SimpleStringProperty("");
  private final StringProperty facts = new SimpleStringProperty("");
  private final BooleanProperty running = new SimpleBooleanProperty();
  private final BooleanProperty paused = new SimpleBooleanProperty();
  private final BooleanProperty applying = new SimpleBooleanProperty();
  private final ObjectProperty<Optional<Failure>> failure =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Optional<Recommendation>> recommendation =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Optional<TuneLab.Applied>> applied =
      new SimpleObjectProperty<>(Optional.empty());
  private final BooleanProperty revocable = new SimpleBooleanProperty();
  private final ObjectProperty<Optional<Setup>> selected =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObservableList<Field> fields = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable Field> field = new SimpleObjectProperty<>();
  private final ObservableList<Setup> setups = FXCollections.observableArrayList();
  private final ObservableList<String> notes = FXCollections.observableArrayList();

  private final List<Trial> trials = new ArrayList<>();
  private List<IndexInfo> indexes = List.of();
  private TuneControl control = new TuneControl();
  private Instant startedAt = Instant.EPOCH;
  private @Nullable TuneRequest request;
  private @Nullable Job<?> current;

  /// What the thread of a run has to say.
  private sealed interface News {
    record Planned(int builds, long sampled, long copied, int queries) implements News {}

    record Left(Duration rest) implements News {}

    record Measured(Trial trial) implements News {}

    record Note(String text) implements News {}
  }

  /// @param engine of the live collection, for its schema and indexes
  TuneViewModel(
      Engine engine,
      TuneLab lab,
      Jobs jobs,
      Navigator navigator,
      Dialogs dialogs,
      Messages messages,
      Clock clock,
      String database,
      String collection) {
    this.engine = engine;
    this.lab = lab;
    this.jobs = jobs;
    this.navigator = navigator;
    this.dialogs = dialogs;
    this.messages = messages;
    this.clock = clock;
    this.database = database;
    this.collection = collection;
    List.of(k, recall, p95, memory).forEach(text -> text.subscribe(this::judge));
    applied.subscribe(change -> revocable.set(change.isPresent()));
    field.subscribe(this::forget);
    k.subscribe(this::forget);
  }

  /// Reads the collection's vector fields.
  void load() {
    jobs.start(
            progress -> {
              var schema =
                  engine
                      .call(new CollectionRequest.Describe(database, collection), progress)
                      .schema();
              var found =
                  engine.call(
                      new IndexRequest.Describe(database, collection, Optional.empty()), progress);
              return new Known(
                  schema.vectors().stream()
                      .filter(vector -> vector.type() == DataType.FLOAT_VECTOR)
                      .toList(),
                  found);
            })
        .whenDone(
            known -> {
              indexes = known.indexes;
              fields.setAll(known.fields);
              if (known.fields.isEmpty()) {
                mistake.set(messages.get("fields.none", collection));
              } else {
                field.set(known.fields.getFirst());
              }
            })
        .whenFailed(this::fail);
  }

  private record Known(List<Field> fields, List<IndexInfo> indexes) {}

  /// Starts a run, or goes on with the one that was stopped.
  void run() {
    var chosen = field.get();
    if (running.get() || chosen == null) {
      return;
    }
    Goal goal;
    int held;
    try {
      goal = form().toGoal(messages);
      held = Integer.parseInt(queries.get().strip());
      request =
          new TuneRequest(
              database,
              collection,
              chosen.name(),
              metric(chosen),
              Filter.ALL,
              goal,
              new QuerySource.HeldOut(held, 42),
              List.of(),
              TuneRequest.SAMPLE_ROWS,
              TuneRequest.MOST_ROWS);
    } catch (NumberFormatException e) {
      mistake.set(messages.get("goal.mistake", messages.get("queries"), queries.get()));
      return;
    } catch (IllegalArgumentException e) {
      mistake.set(String.valueOf(e.getMessage()));
      return;
    }
    mistake.set("");
    failure.set(Optional.empty());
    notes.clear();
    control = new TuneControl();
    paused.set(false);
    running.set(true);
    startedAt = clock.instant();
    start(request, List.copyOf(trials));
  }

  private void start(TuneRequest asked, List<Trial> known) {
    var news = new ConcurrentLinkedQueue<News>();
    var hearing = new Hearing(news);
    var ours = control;
    var job =
        jobs.startTask(
            messages.get("task", collection),
            progress -> lab.run(asked, known, hearing, ours, progress));
    current = job;
    job.phaseProperty().subscribe(phase -> step.set(phase));
    job.phaseProperty().subscribe(phase -> take(news));
    job.doneProperty().subscribe(done -> take(news));
    job.whenDone(
            experiment -> {
              take(news);
              end();
            })
        .whenFailed(
            cause -> {
              take(news);
              end();
              fail(cause);
            })
        .whenCancelled(
            () -> {
              take(news);
              end();
              step.set(messages.get("stopped"));
            });
  }

  /// Ends the run; what is measured stays, and [#run] goes on from there.
  void stop() {
    if (current != null && running.get()) {
      control.resume();
      current.cancel();
    }
  }

  /// Holds the run between two steps, or lets it go on.
  void togglePause() {
    if (paused.get()) {
      control.resume();
    } else {
      control.pause();
    }
    paused.set(!paused.get());
  }

  /// Puts a setting to use on the live collection, after asking.
  void apply(Setup setup) {
    var asked = request;
    if (asked == null || applying.get()) {
      return;
    }
    dialogs.confirm(
        new Dialogs.Question(
            messages.get("apply.title", Setup.name(setup.trial().build().index()), collection),
            messages.get("apply.text"),
            messages.get("apply.verb"),
            Optional.empty(),
            false),
        () -> applyNow(asked, setup));
  }

  private void applyNow(TuneRequest asked, Setup setup) {
    applying.set(true);
    failure.set(Optional.empty());
    jobs.startTask(
            messages.get("apply.task", collection),
            progress -> lab.apply(asked, setup.trial(), progress))
        .whenDone(
            done -> {
              applying.set(false);
              var reached = figure(done.outcome().verified().recall().mean());
              if (done.outcome().kept()) {
                applied.set(Optional.of(done));
                navigator.toast(
                    messages.get("apply.done", reached), messages.get("undo"), this::rollBack);
              } else {
                failure.set(
                    Optional.of(
                        new Failure(
                            messages.get(
                                "apply.refused", reached, figure(done.request().leastRecall())),
                            messages.get("apply.refused.details"))));
              }
            })
        .whenFailed(
            cause -> {
              applying.set(false);
              fail(cause);
            })
        .whenCancelled(() -> applying.set(false));
  }

  /// Puts back the index that was there before [#apply].
  void rollBack() {
    applied
        .get()
        .ifPresent(
            change ->
                jobs.startTask(
                        messages.get("undo.task", collection),
                        progress -> {
                          lab.rollBack(change);
                          return true;
                        })
                    .whenDone(
                        done -> {
                          applied.set(Optional.empty());
                          navigator.toast(messages.get("undo.done", collection));
                        })
                    .whenFailed(this::fail));
  }

  /// Asks for a file and writes the experiment there: JSON, CSV or one HTML page, by its ending.
  void save() {
    var asked = request;
    if (asked == null || trials.isEmpty()) {
      return;
    }
    var experiment = experiment(asked);
    dialogs.saveFile(
        messages.get("save.title"),
        "tune-" + collection + ".html",
        List.of(
            new Dialogs.FileKind("HTML", List.of("*.html")),
            new Dialogs.FileKind("JSON", List.of("*.json")),
            new Dialogs.FileKind("CSV", List.of("*.csv"))),
        file ->
            jobs.start(progress -> Files.writeString(file, text(experiment, file)).toString())
                .whenDone(path -> navigator.toast(messages.get("saved", path)))
                .whenFailed(this::fail));
  }

  private static String text(Experiment experiment, Path file) {
    var name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".json")) {
      return ExperimentFile.toJson(experiment);
    }
    return name.endsWith(".csv")
        ? ExperimentFile.toCsv(experiment)
        : ExperimentFile.toHtml(experiment);
  }

  /// Copies a setting as Python.
  void copyCode(Setup setup) {
    var asked = request;
    if (asked != null) {
      dialogs.copy(Code.python(asked, setup.trial()));
      navigator.toast(messages.get("copied"));
    }
  }

  /// Drops what still runs.
  void close() {
    stop();
  }

  private Experiment experiment(TuneRequest asked) {
    var last = trials.getLast();
    return new Experiment(
        UUID.randomUUID().toString(),
        startedAt,
        Duration.between(startedAt, clock.instant()).toMillis() / 1e3,
        database + "." + collection + "." + asked.field(),
        asked.metric().toString(),
        last.rows(),
        last.rows(),
        last.run().queries(),
        asked.goal(),
        trials,
        recommendation.get(),
        !running.get());
  }

  private void end() {
    running.set(false);
    paused.set(false);
    step.set("");
    judge();
  }

  private void fail(Throwable cause) {
    failure.set(Optional.of(Failure.of(cause)));
  }

  /// The rows or the question have changed: what was measured says nothing any more.
  private void forget() {
    if (!running.get()) {
      trials.clear();
      judge();
    }
  }

  private GoalForm form() {
    return new GoalForm(k.get(), recall.get(), p95.get(), memory.get());
  }

  private Metric metric(Field vector) {
    return indexes.stream()
        .filter(index -> index.spec().field().equals(vector.name()))
        .flatMap(index -> index.spec().metric().stream())
        .findFirst()
        .orElse(Metric.COSINE);
  }

  /// The next smaller or faster setting, which misses the goal.
  Optional<Setup> cheaper() {
    return recommendation.get().flatMap(Recommendation::cheaper).flatMap(this::setupOf);
  }

  /// The cheapest setting with clearly more recall than what is recommended.
  Optional<Setup> better() {
    return recommendation.get().flatMap(Recommendation::better).flatMap(this::setupOf);
  }

  /// Why a setting is worth a look; empty where there is nothing to say.
  String reason(Setup setup) {
    if (setup.recommended()) {
      return recommendation.get().map(Recommendation::reason).orElse("");
    }
    return isBuilt(setup) ? messages.get("reason.built") : "";
  }

  private Optional<Setup> setupOf(Trial trial) {
    return setups.stream().filter(setup -> setup.trial().equals(trial)).findFirst();
  }

  /// Whether a trial's index is the one the live collection has.
  boolean isBuilt(Setup setup) {
    var trial = setup.trial();
    var chosen = field.get();
    return chosen != null
        && indexes.stream()
            .filter(index -> index.spec().field().equals(chosen.name()))
            .anyMatch(
                index ->
                    index.spec().type().equals(trial.build().index().type())
                        && index.spec().params().equals(trial.build().index().params()));
  }

  private void take(Queue<News> news) {
    boolean more = false;
    for (var one = news.poll(); one != null; one = news.poll()) {
      switch (one) {
        case News.Planned(int builds, long sampled, long copied, int held) ->
            plan.set(
                messages.get(
                    sampled < copied ? "plan.sampled" : "plan.whole",
                    Integer.toString(builds),
                    Figures.count(sampled),
                    Figures.count(copied),
                    Figures.count(held)));
        case News.Left(var rest) -> facts.set(messages.get("left", Figures.time(rest)));
        case News.Measured(var trial) -> {
          trials.add(trial);
          more = true;
        }
        case News.Note(var text) -> notes.add(text);
      }
    }
    if (more) {
      judge();
    }
  }

  /// Trials on all rows where there are some, else those on the sample.
  private List<Trial> shown() {
    var finals = trials.stream().filter(Trial::finalist).toList();
    return finals.isEmpty() ? trials : finals;
  }

  /// Everything that follows from goal and trials.
  private void judge() {
    Goal goal;
    try {
      goal = form().toGoal(messages);
      mistake.set("");
    } catch (IllegalArgumentException e) {
      mistake.set(String.valueOf(e.getMessage()));
      return;
    }
    var now = shown();
    var advice = Recommendation.of(goal, now);
    var builds = trials.stream().map(trial -> trial.build().index()).distinct().toList();
    var kinds = builds.stream().map(IndexChoice::type).distinct().toList();
    setups.setAll(
        now.stream()
            .map(
                trial ->
                    new Setup(
                        trial,
                        builds.indexOf(trial.build().index()),
                        kinds.indexOf(trial.build().index().type()),
                        goal.isMetBy(trial),
                        advice.map(best -> best.best().equals(trial)).orElse(false)))
            .toList());
    recommendation.set(advice);
    long met = setups.stream().filter(Setup::meets).count();
    verdict.set(
        now.isEmpty()
            ? ""
            : messages.get("goal.met", Long.toString(met), Integer.toString(now.size())));
    selected.set(setups.stream().filter(Setup::recommended).findFirst());
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /// The goal as it stands, where it can be read.
  Optional<Goal> goal() {
    try {
      return Optional.of(form().toGoal(messages));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// What is recommended and the setups no other one beats in recall at the same or less latency, by
  /// rising latency.
  List<Setup> frontier() {
    var best = new ArrayList<>(Pareto.frontier(setups));
    setups.stream()
        .filter(setup -> setup.recommended() && !best.contains(setup))
        .forEach(best::add);
    best.sort(Comparator.comparingDouble(Setup::p95));
    return best;
  }

  /// Hears the run and hands over.
  private static final class Hearing implements TuneListener {
    private final Queue<News> news;

    Hearing(Queue<News> news) {
      this.news = news;
    }

    @Override
    public void planned(List<IndexChoice> candidates, long sampled, long copied, int queries) {
      news.add(new News.Planned(candidates.size(), sampled, copied, queries));
    }

    @Override
    public void estimated(Duration rest) {
      news.add(new News.Left(rest));
    }

    @Override
    public void measured(Trial trial) {
      news.add(new News.Measured(trial));
    }

    @Override
    public void dropped(IndexChoice index, String why) {
      news.add(new News.Note(Setup.name(index) + ": " + why));
    }

    @Override
    public void failed(IndexChoice index, String why) {
      news.add(new News.Note(Setup.name(index) + ": " + why));
    }
  }

  String collection() {
    return collection;
  }

  StringProperty kProperty() {
    return k;
  }

  StringProperty recallProperty() {
    return recall;
  }

  /// In milliseconds; empty for no limit.
  StringProperty p95Property() {
    return p95;
  }

  /// In MB, or GB where said; empty for no limit.
  StringProperty memoryProperty() {
    return memory;
  }

  /// How many rows are held out as queries.
  StringProperty queriesProperty() {
    return queries;
  }

  /// What is wrong with the goal; empty where nothing is.
  StringProperty mistakeProperty() {
    return mistake;
  }

  /// How many of the measured meet the goal.
  StringProperty verdictProperty() {
    return verdict;
  }

  StringProperty planProperty() {
    return plan;
  }

  /// What the run is doing.
  StringProperty stepProperty() {
    return step;
  }

  /// Time left.
  StringProperty factsProperty() {
    return facts;
  }

  BooleanProperty runningProperty() {
    return running;
  }

  BooleanProperty pausedProperty() {
    return paused;
  }

  BooleanProperty applyingProperty() {
    return applying;
  }

  ObjectProperty<Optional<Failure>> failureProperty() {
    return failure;
  }

  ObjectProperty<Optional<Recommendation>> recommendationProperty() {
    return recommendation;
  }

  /// The change that can be taken back.
  ObjectProperty<Optional<TuneLab.Applied>> appliedProperty() {
    return applied;
  }

  /// Whether there is a change to take back.
  BooleanProperty revocableProperty() {
    return revocable;
  }

  /// What chart and table point at.
  ObjectProperty<Optional<Setup>> selectedProperty() {
    return selected;
  }

  ObservableList<Field> fields() {
    return fields;
  }

  ObjectProperty<@Nullable Field> fieldProperty() {
    return field;
  }

  ObservableList<Setup> setups() {
    return setups;
  }

  /// Candidates that were dropped or failed, and why.
  ObservableList<String> notes() {
    return notes;
  }
}
