package dev.aerie.ui.explore;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.Metric;
import dev.aerie.service.explore.Cartographer;
import dev.aerie.service.explore.ExploreService.Oddities;
import dev.aerie.service.explore.MapSheet;
import dev.aerie.service.explore.Projection;
import dev.aerie.ui.fx.Failure;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Jobs;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Navigator;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// A map of one collection: its rows, their colours, and which of them are marked.
final class ExploreViewModel {
  /// Rows of the selection that are listed.
  static final int LISTED = 500;

  private static final int STEPS_BACK = 50;
  private static final long SEED = 42;
  private static final double NEAR = 0.02;

  private final Engine engine;
  private final Cartographer cartographer;
  private final Jobs jobs;
  private final Navigator navigator;
  private final Messages messages;
  private final Selection place;
  private final String database;
  private final String collection;

  private final ObjectProperty<Optional<MapSheet>> sheet =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Groups> groups = new SimpleObjectProperty<>(Groups.none(0, ""));
  private final ObservableList<String> colourFields = FXCollections.observableArrayList();
  private final StringProperty colourField = new SimpleStringProperty();
  private final StringProperty projection =
      new SimpleStringProperty(Projection.UMAP.toString());
  private final IntegerProperty most = new SimpleIntegerProperty(10_000);
  private final ObjectProperty<BitSet> hidden = new SimpleObjectProperty<>(new BitSet());
  private final ObjectProperty<BitSet> marked = new SimpleObjectProperty<>(new BitSet());
  private final IntegerProperty pinned = new SimpleIntegerProperty(-1);
  private final ObservableList<MapRow> listed = FXCollections.observableArrayList();
  private final StringProperty state = new SimpleStringProperty("");
  private final StringProperty facts = new SimpleStringProperty("");
  private final StringProperty step = new SimpleStringProperty("");
  private final ObjectProperty<Optional<Failure>> failure =
      new SimpleObjectProperty<>(Optional.empty());

  private final Deque<BitSet> before = new ArrayDeque<>();
  private final Map<String, List<Optional<Object>>> values = new HashMap<>();
  private Optional<Field> vector = Optional.empty();
  private Optional<String> key = Optional.empty();
  private Optional<String> titleField = Optional.empty();
  private Optional<String> textField = Optional.empty();
  private Metric metric = Metric.COSINE;
  private @Nullable Job<?> current;

  /// A row in the list beside the map.
  ///
  /// @param row of the map
  record MapRow(int row, String key, String title, String text, int group) {}

  ExploreViewModel(
      Engine engine,
      Cartographer cartographer,
      Jobs jobs,
      Navigator navigator,
      Messages messages,
      Selection place) {
    this.engine = engine;
    this.cartographer = cartographer;
    this.jobs = jobs;
    this.navigator = navigator;
    this.messages = messages;
    this.place = place;
    this.database = place.database().orElse("default");
    this.collection = place.collection().orElse("");
    colourField.subscribe(this::recolour);
    projection.subscribe(this::relay);
    most.subscribe(() -> draw());
  }

  private record Known(List<Field> fields, Optional<Metric> metric) {}

  /// Reads the schema and draws the first map.
  void load() {
    jobs.start(
            progress -> {
              var schema =
                  engine
                      .call(new CollectionRequest.Describe(database, collection), progress)
                      .schema();
              var used =
                  engine
                      .call(
                          new IndexRequest.Describe(database, collection, Optional.empty()),
                          progress)
                      .stream()
                      .filter(
                          index ->
                              schema.vectors().stream()
                                  .anyMatch(one -> one.name().equals(index.spec().field())))
                      .flatMap(index -> index.spec().metric().stream())
                      .findFirst();
              return new Known(schema.fields(), used);
            })
        .whenDone(this::know)
        .whenFailed(this::fail);
  }

  private void know(Known known) {
    vector =
        known.fields.stream().filter(field -> field.type() == DataType.FLOAT_VECTOR).findFirst();
    metric = known.metric.orElse(Metric.COSINE);
    key = known.fields.stream().filter(Field::primaryKey).map(Field::name).findFirst();
    var texts =
        known.fields.stream()
            .filter(field -> field.type() == DataType.VARCHAR && !field.primaryKey())
            .sorted(Comparator.comparingInt(Field::maxLength))
            .map(Field::name)
            .toList();
    textField = texts.isEmpty() ? Optional.empty() : Optional.of(texts.getLast());
    titleField =
        known.fields.stream()
            .filter(field -> field.type() == DataType.ARRAY)
            .map(Field::name)
            .findFirst()
            .or(() -> texts.isEmpty() ? key : Optional.of(texts.getFirst()));
    colourFields.setAll(
        known.fields.stream()
            .filter(field -> !field.primaryKey() && isColourable(field.type()))
            .filter(field -> textField.filter(field.name()::equals).isEmpty() || texts.size() == 1)
            .map(Field::name)
            .toList());
    colourFields.addFirst(messages.get("colour.cluster"));
    facts.set(
        vector
            .map(
                field ->
                    messages.get("facts", field.name(), Integer.toString(field.dimension())))
            .orElse(""));
    colourField.set(
        colourFields.stream()
            .filter(name -> name.contains("categor"))
            .findFirst()
            .orElse(colourFields.getFirst()));
    draw();
  }

  private static boolean isColourable(DataType type) {
    return type == DataType.VARCHAR || type == DataType.BOOL || type.isInteger();
  }

  /// Draws a sample anew: the broad shape at once, then the chosen map.
  void draw() {
    if (vector.isEmpty()) {
      if (!facts.get().isEmpty() || !colourFields.isEmpty()) {
        fail(new IllegalArgumentException(messages.get("fields.none", collection)));
      }
      return;
    }
    stop();
    failure.set(Optional.empty());
    var ask =
        new Cartographer.Ask(
            database,
            collection,
            vector.get().name(),
            metric,
            Filter.ALL,
            most.get(),
            SEED,
            textField);
    follow(
            jobs.startTask(
                messages.get("task.sample", collection),
                progress -> cartographer.draw(ask, Projection.PCA, progress)))
        .whenDone(
            drawn -> {
              show(drawn, true);
              relay();
            })
        .whenFailed(this::fail);
  }

  /// Lays the rows out as chosen, unless they are.
  private void relay() {
    var now = sheet.get();
    var wanted =
        Arrays.stream(Projection.values())
            .filter(one -> one.toString().equals(projection.get()))
            .findFirst()
            .orElse(Projection.UMAP);
    if (now.isEmpty() || now.get().projection() == wanted) {
      return;
    }
    stop();
    follow(
            jobs.startTask(
                messages.get("task.map", wanted.toString(), collection),
                progress -> cartographer.again(now.get(), wanted, textField, progress)))
        .whenDone(drawn -> show(drawn, false))
        .whenFailed(this::fail);
  }

  private <T> Job<T> follow(Job<T> job) {
    current = job;
    job.phaseProperty().subscribe(phase -> step.set(phase));
    job.stateProperty()
        .subscribe(
            now -> {
              if (now != Job.State.RUNNING && now != Job.State.CANCELLING && current == job) {
                step.set("");
              }
            });
    return job;
  }

  /// Stops what is being computed; the map that is there stays.
  void stop() {
    if (current != null) {
      current.cancel();
    }
  }

  private void show(MapSheet drawn, boolean anew) {
    if (anew) {
      values.clear();
      before.clear();
      marked.set(new BitSet());
      pinned.set(-1);
    }
    sheet.set(Optional.of(drawn));
    var trust = drawn.trustworthiness();
    state.set(
        trust.isPresent()
            ? messages.get(
                "state",
                drawn.state(),
                metric.toString().toLowerCase(Locale.ROOT),
                Figures.value(trust.getAsDouble()))
            : drawn.state());
    recolour();
  }

  private void recolour() {
    var drawn = sheet.get();
    var name = colourField.get();
    if (drawn.isEmpty() || name == null) {
      return;
    }
    if (name.equals(messages.get("colour.cluster"))) {
      var labels =
          drawn.get().labels().stream().map(MapSheet.Label::text).toList();
      colour(
          drawn.get().clusters().stream()
              .map(
                  number ->
                      number < 0
                          ? Optional.empty()
                          : Optional.<Object>of(
                              number < labels.size()
                                  ? labels.get(number)
                                  : messages.get("cluster", Integer.toString(number + 1))))
              .toList());
      need(titleField);
      need(textField);
      return;
    }
    var known = values.get(name);
    if (known != null) {
      colour(known);
    } else {
      read(drawn.get(), name);
    }
    need(titleField);
    need(textField);
  }

  private void need(Optional<String> field) {
    field
        .filter(name -> !values.containsKey(name))
        .ifPresent(name -> sheet.get().ifPresent(drawn -> read(drawn, name)));
  }

  private void read(MapSheet drawn, String name) {
    jobs.start(progress -> cartographer.values(drawn, name, progress))
        .whenDone(
            read -> {
              if (sheet.get().filter(now -> now.size() == read.size()).isPresent()) {
                values.put(name, read);
                if (name.equals(colourField.get())) {
                  colour(read);
                }
                list();
              }
            })
        .whenFailed(this::fail);
  }

  private void colour(List<Optional<Object>> by) {
    hidden.set(new BitSet());
    groups.set(
        Groups.of(
            by, messages.get("none"), count -> messages.get("others", Figures.count(count))));
    list();
  }

  /// Shows or hides the rows of a group.
  void toggle(int group) {
    var now = (BitSet) hidden.get().clone();
    now.flip(group);
    hidden.set(now);
  }

  /// Shows all groups.
  void showAll() {
    hidden.set(new BitSet());
  }

  /// How rows are marked.
  enum Marking {
    REPLACE,
    ADD,
    REMOVE
  }

  /// Marks rows.
  void mark(BitSet rows, Marking how) {
    before.push((BitSet) marked.get().clone());
    while (before.size() > STEPS_BACK) {
      before.removeLast();
    }
    var now = (BitSet) marked.get().clone();
    switch (how) {
      case REPLACE -> {
        now.clear();
        now.or(rows);
      }
      case ADD -> now.or(rows);
      case REMOVE -> now.andNot(rows);
    }
    marked.set(now);
    list();
  }

  /// Takes back the last marking.
  void undo() {
    if (!before.isEmpty()) {
      marked.set(before.pop());
      list();
    }
  }

  /// Marks nothing.
  void clear() {
    pinned.set(-1);
    if (!marked.get().isEmpty()) {
      mark(new BitSet(), Marking.REPLACE);
    }
    list();
  }

  /// Holds on to a row: the list begins with its neighbours on the map. -1 for none.
  void pin(int row) {
    pinned.set(row);
    list();
  }

  /// Marks pairs of rows that are all but equal.
  void markDuplicates() {
    odd(
        messages.get("task.duplicates", collection),
        odd ->
            odd.duplicates().stream()
                .flatMap(pair -> List.of(pair.first(), pair.second()).stream())
                .toList(),
        "duplicates");
  }

  /// Marks the rows farthest from their nearest neighbours.
  void markOutliers() {
    odd(
        messages.get("task.outliers", collection),
        odd -> odd.outliers().stream().map(far -> far.key()).toList(),
        "outliers");
  }

  private void odd(
      String task,
      Function<
              Oddities, List<Object>>
          which,
      String word) {
    sheet
        .get()
        .ifPresent(
            drawn ->
                follow(
                        jobs.startTask(
                            task, progress -> cartographer.oddities(drawn, NEAR, 100, progress)))
                    .whenDone(
                        odd -> {
                          var keys = which.apply(odd);
                          var rows = new BitSet();
                          for (int row = 0; row < drawn.size(); row++) {
                            if (keys.contains(drawn.keys().get(row))) {
                              rows.set(row);
                            }
                          }
                          mark(rows, Marking.REPLACE);
                          navigator.toast(
                              messages.get(word + ".found", Figures.count(rows.cardinality())));
                        })
                    .whenFailed(this::fail));
  }

  /// Opens the marked rows as a filter in Data.
  void filterToMarked() {
    filter()
        .ifPresent(
            text -> navigator.open(ScreenKind.DATA, place, new Intent.ShowFiltered(text)));
  }

  /// `id in [3, 17]` for the marked rows; empty where none is marked.
  Optional<String> filter() {
    if (sheet.get().isEmpty() || marked.get().isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    var keys = sheet.get().get().keys();
    return Optional.of(
        marked.get().stream()
            .mapToObj(keys::get)
            .map(
                one ->
                    one instanceof String text
                        ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                        : one.toString())
            .collect(Collectors.joining(", ", key.get() + " in [", "]")));
  }

  /// To what is like a row.
  void findSimilar(int row) {
    sheet
        .get()
        .ifPresent(
            drawn ->
                navigator.open(
                    ScreenKind.SEARCH,
                    place,
                    new Intent.FindSimilar(
                        vector.map(Field::name).orElse(""), drawn.keys().get(row))));
  }

  /// A row as list and card show it.
  MapRow row(int row) {
    var keys = sheet.get().map(MapSheet::keys).orElse(List.of());
    return new MapRow(
        row,
        String.valueOf(keys.get(row)),
        value(titleField, row).orElse(String.valueOf(keys.get(row))),
        value(textField, row).orElse(""),
        groups.get().of().length > row ? groups.get().of()[row] : 0);
  }

  private Optional<String> value(Optional<String> field, int row) {
    return field
        .map(values::get)
        .filter(all -> row < all.size())
        .flatMap(all -> all.get(row))
        .map(
            one ->
                one instanceof List<?> list
                    ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    : one.toString());
  }

  /// Marked rows by group, the most first.
  List<Map.Entry<Integer, Integer>> markedByGroup() {
    var counts = new int[groups.get().groups().size()];
    marked.get().stream()
        .filter(row -> row < groups.get().of().length)
        .forEach(row -> counts[groups.get().of()[row]]++);
    return Arrays.stream(range(counts.length))
        .filter(group -> counts[group] > 0)
        .boxed()
        .sorted(Comparator.comparingInt(group -> -counts[group]))
        .map(group -> Map.entry(group, counts[group]))
        .toList();
  }

  private static int[] range(int count) {
    return IntStream.range(0, count).toArray();
  }

  private void list() {
    if (sheet.get().isEmpty()) {
      listed.clear();
      return;
    }
    var drawn = sheet.get().get();
    int middle = pinned.get();
    var rows = new ArrayList<Integer>();
    marked.get().stream().filter(row -> row < drawn.size()).forEach(rows::add);
    if (middle >= 0 && middle < drawn.size()) {
      rows.remove(Integer.valueOf(middle));
      rows.sort(
          Comparator.comparingDouble(
              row ->
                  Math.hypot(
                      drawn.x()[row] - drawn.x()[middle], drawn.y()[row] - drawn.y()[middle])));
      rows.addFirst(middle);
    }
    listed.setAll(rows.stream().limit(LISTED).map(this::row).toList());
  }

  private void fail(Throwable cause) {
    step.set("");
    failure.set(Optional.of(Failure.of(cause)));
  }

  String collection() {
    return collection;
  }

  ObjectProperty<Optional<MapSheet>> sheetProperty() {
    return sheet;
  }

  ObjectProperty<Groups> groupsProperty() {
    return groups;
  }

  ObservableList<String> colourFields() {
    return colourFields;
  }

  StringProperty colourFieldProperty() {
    return colourField;
  }

  /// How rows are laid out: one of [#projections].
  StringProperty projectionProperty() {
    return projection;
  }

  List<String> projections() {
    return Arrays.stream(Projection.values()).map(Projection::toString).toList();
  }

  /// Most rows of the sample.
  IntegerProperty mostProperty() {
    return most;
  }

  /// Groups that are not drawn.
  ObjectProperty<BitSet> hiddenProperty() {
    return hidden;
  }

  /// Marked rows of the map.
  ObjectProperty<BitSet> markedProperty() {
    return marked;
  }

  IntegerProperty pinnedProperty() {
    return pinned;
  }

  /// Marked rows, nearest to the pinned one first.
  ObservableList<MapRow> listed() {
    return listed;
  }

  /// What the map shows, always stated.
  StringProperty stateProperty() {
    return state;
  }

  StringProperty factsProperty() {
    return facts;
  }

  /// What is being computed, empty where nothing is.
  StringProperty stepProperty() {
    return step;
  }

  ObjectProperty<Optional<Failure>> failureProperty() {
    return failure;
  }
}
