package dev.aerie.ui.search;

import dev.aerie.engine.Capability;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.Consistency;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Embedding;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.Explain;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.SearchRequest;
import dev.aerie.expr.Completion;
import dev.aerie.expr.FilterParser;
import dev.aerie.service.sample.SampleService;
import dev.aerie.service.settings.Settings.PastSearch;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Failure;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// State and actions of a search over one collection.
public final class SearchViewModel {
  private static final int MAX_HISTORY_SHOWN = 6;

  private final Desk desk;
  private final SampleService samples;
  private final Messages words;
  private final Selection place;
  private final Engine engine;
  private final String database;
  private final String collection;
  private final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(Kind.TEXT);
  private final StringProperty query = new SimpleStringProperty("");
  private final ObservableList<Field> fields = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable Field> field = new SimpleObjectProperty<>();
  private final StringProperty limit = new SimpleStringProperty("10");
  private final ObservableList<SearchParam> params = FXCollections.observableArrayList();
  private final StringProperty filter = new SimpleStringProperty("");
  private final StringProperty filterNote = new SimpleStringProperty("");
  private final BooleanProperty filterWrong = new SimpleBooleanProperty();
  private final BooleanProperty compare = new SimpleBooleanProperty();
  private final BooleanProperty explain = new SimpleBooleanProperty(true);
  private final BooleanProperty busy = new SimpleBooleanProperty();
  private final StringProperty mistake = new SimpleStringProperty("");
  private final ObjectProperty<Optional<Failure>> failure =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Optional<Hint>> hint = new SimpleObjectProperty<>(Optional.empty());
  private final ObservableList<Hit> hits = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable Hit> selected = new SimpleObjectProperty<>();
  private final ObjectProperty<Optional<Answer>> answer =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObservableList<PastSearch> history = FXCollections.observableArrayList();
  private List<IndexInfo> indexes = List.of();
  private @Nullable CollectionInfo info;
  private @Nullable Job<?> current;
  private @Nullable Job<?> counting;

  /// What is searched by.
  public enum Kind {
    TEXT,
    VECTOR,
    ROW
  }

  /// What should be done before searching makes sense.
  ///
  /// @param action on the button
  public record Hint(String fact, String cause, String action, Runnable doIt) {}

  /// One part of the time a search took.
  public record Part(String name, double millis, double from, double to) {}

  /// What is told beside the hits.
  ///
  /// @param millis of the engine
  /// @param exact how many of the hits the exact search found too, where it ran
  /// @param parts where the time went
  public record Answer(
      int found,
      double millis,
      OptionalLong exact,
      Metric metric,
      List<Part> parts,
      List<Explain.SegmentRun> segments,
      String filter,
      String code) {}

  private record Found(
      List<Hit> hits,
      double embedMillis,
      double millis,
      OptionalLong exact,
      Metric metric,
      Optional<Explain> explain) {}

  private record Opened(CollectionInfo info, List<IndexInfo> indexes) {}

  /// @param place a collection of an open connection
  public SearchViewModel(Desk desk, SampleService samples, Selection place, Messages words) {
    this.desk = desk;
    this.samples = samples;
    this.words = words;
    this.place = place;
    this.engine = place.connection().orElseThrow().engine().orElseThrow();
    this.database = place.database().orElseThrow();
    this.collection = place.collection().orElseThrow();
    field.subscribe(this::showParams);
    filter.subscribe((_, _) -> checkFilter());
    showHistory();
    refresh();
  }

  public String collection() {
    return collection;
  }

  public ObjectProperty<Kind> kindProperty() {
    return kind;
  }

  /// Words, numbers in brackets, or a key, as the kind says.
  public StringProperty queryProperty() {
    return query;
  }

  public ObservableList<Field> fields() {
    return fields;
  }

  public ObjectProperty<@Nullable Field> fieldProperty() {
    return field;
  }

  public StringProperty limitProperty() {
    return limit;
  }

  public ObservableList<SearchParam> params() {
    return params;
  }

  public StringProperty filterProperty() {
    return filter;
  }

  /// How many rows match, or what is wrong with the filter.
  public StringProperty filterNoteProperty() {
    return filterNote;
  }

  public BooleanProperty filterWrongProperty() {
    return filterWrong;
  }

  /// Whether an exact search is laid beside it.
  public BooleanProperty compareProperty() {
    return compare;
  }

  public BooleanProperty explainProperty() {
    return explain;
  }

  public BooleanProperty busyProperty() {
    return busy;
  }

  /// What is wrong in the form, or empty.
  public StringProperty mistakeProperty() {
    return mistake;
  }

  public ObjectProperty<Optional<Failure>> failureProperty() {
    return failure;
  }

  public ObjectProperty<Optional<Hint>> hintProperty() {
    return hint;
  }

  public ObservableList<Hit> hits() {
    return hits;
  }

  public ObjectProperty<@Nullable Hit> selectedProperty() {
    return selected;
  }

  public ObjectProperty<Optional<Answer>> answerProperty() {
    return answer;
  }

  public ObservableList<PastSearch> history() {
    return history;
  }

  /// The model that makes vectors of words.
  public String model() {
    return samples.model();
  }

  /// Why an exact comparison cannot be had, where it cannot.
  public Optional<String> whyNoComparison() {
    return engine.capabilities().whyNot(Capability.SEARCH_EXACT);
  }

  /// Why it cannot be explained, where it cannot.
  public Optional<String> whyNoExplain() {
    return engine.capabilities().whyNot(Capability.EXPLAIN);
  }

  /// The metric of the index on the field, in words, with the dimension.
  public String facts(Field vector) {
    var metric = index(vector).flatMap(IndexSpec::metric).map(one -> ", " + one).orElse("");
    var dimension = vector.type().isDenseVector() ? Integer.toString(vector.dimension()) : "sparse";
    return dimension + metric;
  }

  /// What could be written next in the filter.
  public List<Completion.Suggestion> complete(String text, int caret) {
    var known = info;
    return known == null ? List.of() : new Completion(known.schema(), Map.of()).at(text, caret);
  }

  /// Reads schema and indexes again.
  public void refresh() {
    desk.jobs()
        .start(
            progress ->
                new Opened(
                    engine.call(new CollectionRequest.Describe(database, collection), progress),
                    engine.call(
                        new IndexRequest.Describe(database, collection, Optional.empty()),
                        progress)))
        .whenDone(this::show)
        .whenFailed(cause -> failure.set(Optional.of(Failure.of(cause))));
  }

  /// Takes another reason to search.
  public void receive(Intent intent) {
    switch (intent) {
      case Intent.FindSimilar(var name, var id) -> {
        fields.stream().filter(one -> one.name().equals(name)).findFirst().ifPresent(field::set);
        kind.set(Kind.ROW);
        query.set(id.toString());
        if (info != null) {
          search();
        }
      }
      case Intent.FindText(var text) -> {
        kind.set(Kind.TEXT);
        query.set(text);
        if (info != null) {
          search();
        }
      }
      case Intent.ShowFiltered(var expression) -> filter.set(expression);
      case Intent.Look _, Intent.CreateNew _, Intent.OpenFile _ -> {
        // Nothing more than being looked at.
      }
    }
  }

  /// Fills the form with a past search and runs it.
  public void again(PastSearch past) {
    kind.set(Kind.valueOf(past.kind().toUpperCase(Locale.ROOT)));
    query.set(past.query());
    filter.set(past.filter());
    limit.set(Integer.toString(past.limit()));
    fields.stream()
        .filter(one -> one.name().equals(past.field()))
        .findFirst()
        .ifPresent(field::set);
    for (var param : params) {
      var value = past.params().get(param.name());
      if (value != null) {
        param.value().set(value);
      }
    }
    search();
  }

  /// Replaces the hits; a search still running is dropped.
  public void search() {
    cancel();
    var known = info;
    var vector = field.get();
    if (known == null || vector == null) {
      return;
    }
    mistake.set(mistake().orElse(""));
    if (!mistake.get().isEmpty()) {
      return;
    }
    int k = Integer.parseInt(limit.get().strip());
    var asked = kind.get();
    var text = query.get().strip();
    var chosen = values();
    var expression = filter.get().strip();
    boolean exact = compare.get() && whyNoComparison().isEmpty();
    boolean tell = explain.get() && whyNoExplain().isEmpty();
    busy.set(true);
    failure.set(Optional.empty());
    current =
        desk.jobs()
            .start(
                progress -> {
                  long start = System.nanoTime();
                  var target = target(known, vector, asked, text);
                  double embedMillis = (System.nanoTime() - start) / 1e6;
                  var plan =
                      new SearchRequest.Plan(
                          vector.name(),
                          target,
                          Scope.of(Filter.of(expression), "*"),
                          0,
                          k,
                          chosen,
                          Optional.empty(),
                          Optional.empty(),
                          false);
                  return find(known, plan, tell, exact, embedMillis, progress);
                })
            .whenDone(
                found -> {
                  busy.set(false);
                  show(found, new Asked(asked, text, vector, expression, k, chosen));
                })
            .whenFailed(
                cause -> {
                  busy.set(false);
                  hits.clear();
                  answer.set(Optional.empty());
                  failure.set(Optional.of(Failure.of(cause)));
                });
  }

  /// Drops a search that still runs.
  public void cancel() {
    if (current != null) {
      current.cancel();
      current = null;
    }
    busy.set(false);
  }

  /// Puts the search on the clipboard as code.
  public void copyCode() {
    answer.get().ifPresent(one -> desk.dialogs().copy(one.code()));
    desk.navigator().toast(words.get("code.copied"));
  }

  /// Counts the rows the filter lets through.
  public void count() {
    if (counting != null) {
      counting.cancel();
    }
    var expression = filter.get().strip();
    if (expression.isEmpty() || filterWrong.get() || !engine.capabilities().has(Capability.COUNT)) {
      return;
    }
    counting =
        desk.jobs()
            .start(
                progress -> {
                  var scope = Scope.of(Filter.of(expression)).at(Consistency.STRONG);
                  long matched =
                      engine.call(new QueryRequest.Count(database, collection, scope), progress);
                  long all =
                      engine.call(
                          new QueryRequest.Count(
                              database, collection, Scope.of(Filter.ALL).at(Consistency.STRONG)),
                          progress);
                  return words.get(
                      "filter.matches",
                      Figures.count(matched),
                      Figures.percent(all == 0 ? 0 : (double) matched / all));
                })
            .whenDone(filterNote::set)
            .whenFailed(cause -> filterNote.set(Failure.of(cause).message()));
  }

  private record Asked(
      Kind kind, String text, Field field, String filter, int limit, Map<String, String> params) {}

  private Found find(
      CollectionInfo known,
      SearchRequest.Plan plan,
      boolean tell,
      boolean exact,
      double embedMillis,
      Progress progress) {
    var reader = new HitReader(known.schema(), plan.field());
    long start = System.nanoTime();
    var result =
        engine.call(new SearchRequest.Search(database, collection, plan, tell, false), progress);
    double millis = (System.nanoTime() - start) / 1e6;
    var found = reader.read(result.hits().getFirst());
    var metric = result.metric();
    if (!exact) {
      return new Found(
          HitReader.withBars(found, metric),
          embedMillis,
          millis,
          OptionalLong.empty(),
          metric,
          result.explain());
    }
    var truth =
        reader.read(
            engine
                .call(new SearchRequest.Search(database, collection, plan.asExact()), progress)
                .hits()
                .getFirst());
    var merged = HitReader.merge(found, truth, metric);
    long agreed =
        merged.stream()
            .filter(hit -> hit.rank().isPresent() && hit.exactRank().isPresent())
            .count();
    return new Found(
        HitReader.withBars(merged, metric),
        embedMillis,
        millis,
        OptionalLong.of(agreed),
        metric,
        result.explain());
  }

  private void show(Found found, Asked asked) {
    hits.setAll(found.hits());
    selected.set(found.hits().isEmpty() ? null : found.hits().getFirst());
    int count = (int) found.hits().stream().filter(hit -> !hit.missed()).count();
    var target =
        switch (asked.kind()) {
          case TEXT -> "data=[model.encode(" + SearchCode.quote(asked.text()) + ")]";
          case VECTOR -> "data=[" + asked.text() + "]";
          case ROW -> "ids=[" + asked.text() + "]";
        };
    answer.set(
        Optional.of(
            new Answer(
                count,
                found.millis(),
                found.exact(),
                found.metric(),
                parts(found, asked.kind()),
                found.explain().map(Explain::segments).orElse(List.of()),
                found.explain().map(Explain::filter).orElse(""),
                new SearchCode(
                        database,
                        collection,
                        asked.field().name(),
                        target,
                        asked.filter(),
                        asked.limit(),
                        asked.params())
                    .python())));
    remember(
        new PastSearch(
            place.connection().orElseThrow().profile().id(),
            database,
            collection,
            asked.field().name(),
            asked.kind().name().toLowerCase(Locale.ROOT),
            asked.text(),
            asked.filter(),
            asked.limit(),
            asked.params()));
  }

  private List<Part> parts(Found found, Kind asked) {
    var times = new ArrayList<Map.Entry<String, Double>>();
    if (asked == Kind.TEXT) {
      times.add(Map.entry(words.get("part.embed"), found.embedMillis()));
    }
    if (found.explain().isPresent()) {
      for (var phase : found.explain().get().phases()) {
        times.add(Map.entry(phase.name(), phase.nanos() / 1e6));
      }
    } else {
      times.add(Map.entry(words.get("part.search"), found.millis()));
    }
    double whole = Math.max(1e-6, times.stream().mapToDouble(Map.Entry::getValue).sum());
    var parts = new ArrayList<Part>();
    double before = 0;
    for (var time : times) {
      double after = before + time.getValue();
      parts.add(new Part(time.getKey(), time.getValue(), before / whole, after / whole));
      before = after;
    }
    return parts;
  }

  private void remember(PastSearch past) {
    try {
      desk.settings()
          .update(
              settings -> {
                var all = new ArrayList<PastSearch>();
                all.add(past);
                settings.searches().stream().filter(one -> !one.equals(past)).forEach(all::add);
                return settings.withSearches(all);
              });
    } catch (IOException e) {
      desk.log().failed("Settings", e);
    }
    showHistory();
  }

  private void showHistory() {
    var connection = place.connection().orElseThrow().profile().id();
    history.setAll(
        desk.settings().get().searches().stream()
            .filter(
                one ->
                    one.connection().equals(connection)
                        && one.database().equals(database)
                        && one.collection().equals(collection))
            .limit(MAX_HISTORY_SHOWN)
            .toList());
  }

  private void show(Opened opened) {
    boolean first = info == null;
    info = opened.info();
    indexes = opened.indexes();
    var vectors = opened.info().schema().vectors();
    var before = field.get();
    fields.setAll(vectors);
    field.set(
        vectors.stream()
            .filter(one -> before != null && one.name().equals(before.name()))
            .findFirst()
            .orElse(vectors.getFirst()));
    showParams(field.get());
    advise();
    if (first && !query.get().isBlank()) {
      search();
    }
  }

  private void advise() {
    var known = info;
    var vector = field.get();
    if (known == null || vector == null) {
      return;
    }
    if (!known.load().isLoaded() && engine.capabilities().has(Capability.LOAD_RELEASE)) {
      hint.set(
          Optional.of(
              new Hint(
                  words.get("hint.notLoaded", collection),
                  words.get("hint.notLoaded.text"),
                  words.get("hint.load"),
                  this::load)));
    } else if (index(vector).isEmpty() && desk.navigator().has(ScreenKind.SCHEMA)) {
      hint.set(
          Optional.of(
              new Hint(
                  words.get("hint.noIndex", vector.name()),
                  words.get("hint.noIndex.text"),
                  words.get("hint.createIndex"),
                  () -> desk.navigator().open(ScreenKind.SCHEMA, place, Intent.LOOK))));
    } else {
      hint.set(Optional.empty());
    }
  }

  private void load() {
    desk.jobs()
        .startTask(
            words.get("load.task", collection),
            progress -> engine.call(new CollectionRequest.Load(database, collection), progress))
        .whenDone(_ -> refresh())
        .whenFailed(cause -> failure.set(Optional.of(Failure.of(cause))));
  }

  private void showParams(@Nullable Field vector) {
    params.setAll(vector == null ? List.<SearchParam>of() : SearchParam.of(index(vector)));
  }

  private Optional<IndexSpec> index(Field vector) {
    return indexes.stream()
        .map(IndexInfo::spec)
        .filter(spec -> spec.field().equals(vector.name()))
        .findFirst();
  }

  private Map<String, String> values() {
    var values = new HashMap<String, String>();
    params.forEach(param -> values.put(param.name(), param.value().get().strip()));
    return values;
  }

  private Optional<String> mistake() {
    if (query.get().isBlank()) {
      return Optional.of(words.get("mistake.empty." + kind.get().name()));
    }
    try {
      int k = Integer.parseInt(limit.get().strip());
      if (k < 1 || k > QueryRequest.MAX_WINDOW) {
        return Optional.of(words.get("mistake.limit", limit.get()));
      }
    } catch (NumberFormatException e) {
      return Optional.of(words.get("mistake.limit", limit.get()));
    }
    if (filterWrong.get()) {
      return Optional.of(filterNote.get());
    }
    return params.stream()
        .flatMap(param -> param.mistake(words.get("mistake.param")).stream())
        .findFirst();
  }

  private void checkFilter() {
    filterNote.set("");
    filterWrong.set(false);
    var known = info;
    var expression = filter.get().strip();
    if (known == null || expression.isEmpty()) {
      return;
    }
    try {
      FilterParser.parse(Filter.of(expression), known.schema());
    } catch (EngineException e) {
      filterWrong.set(true);
      filterNote.set(Failure.of(e).message());
    }
  }

  private SearchRequest.Target target(CollectionInfo known, Field vector, Kind asked, String text) {
    return switch (asked) {
      case TEXT -> {
        if (vector.functionOutput()) {
          yield SearchRequest.Target.of(new Embedding.Text(text));
        }
        var embedded = samples.query(text);
        if (embedded instanceof Embedding.Dense dense
            && (vector.type() != DataType.FLOAT_VECTOR
                || dense.dimension() != vector.dimension())) {
          throw new IllegalArgumentException(
              words.get("mistake.model", model(), dense.dimension(), facts(vector)));
        }
        yield SearchRequest.Target.of(embedded);
      }
      case VECTOR -> SearchRequest.Target.of(parse(vector, text));
      case ROW ->
          new SearchRequest.Target.Rows(
              List.of(
                  known.schema().primaryKey().type() == DataType.INT64
                      ? (Object) number(text)
                      : text));
    };
  }

  private long number(String text) {
    try {
      return Long.parseLong(text.replace(",", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(words.get("mistake.key", text), e);
    }
  }

  private Embedding parse(Field vector, String text) {
    var inner = text.replaceAll("[\\[\\]\\s]+", " ").strip();
    var parts = inner.split("[,; ]+");
    if (vector.type() != DataType.FLOAT_VECTOR) {
      throw new IllegalArgumentException(words.get("mistake.vectorType", vector.typeName()));
    }
    if (parts.length != vector.dimension()) {
      throw new IllegalArgumentException(
          words.get("mistake.dimension", parts.length, vector.name(), vector.dimension()));
    }
    var components = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        components[i] = Float.parseFloat(parts[i]);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(words.get("mistake.component", i, parts[i]), e);
      }
    }
    return Embedding.of(components);
  }
}
