package dev.aerie.ui.data;

import dev.aerie.engine.Capability;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.QueryRequest.Cursor;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.SearchRequest;
import dev.aerie.engine.SearchRequest.Plan;
import dev.aerie.engine.SearchRequest.Target;
import dev.aerie.expr.Completion;
import dev.aerie.expr.FilterParser;
import dev.aerie.expr.FilterProblem;
import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Dialogs;
import dev.aerie.ui.fx.Failure;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The rows of one collection, a page at a time. Belongs to the FX thread.
public final class DataViewModel {
  /// Rows of a page.
  static final int PAGE_ROWS = 200;

  private static final int SAMPLE_ROWS = 20;
  private static final int NEAREST = 5;

  private final Desk desk;
  private final Messages messages = Messages.of("data");
  private final Connection connection;
  private final Engine engine;
  private final String database;
  private final String collection;
  private final ReadOnlyObjectWrapper<Optional<Contents>> contents =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ObservableList<DataRow> rows = FXCollections.observableArrayList();
  private final ObservableList<Near> nearest = FXCollections.observableArrayList();
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<Optional<FilterProblem>> problem =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<RowCount> count =
      new ReadOnlyObjectWrapper<>(new RowCount.Unknown());
  private final ReadOnlyObjectWrapper<Optional<Failure>> failure =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper hasNext = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper hasPrevious = new ReadOnlyBooleanWrapper();
  private final ObjectProperty<Optional<DataRow>> selected =
      new SimpleObjectProperty<>(Optional.empty());
  private final BooleanProperty inspecting = new SimpleBooleanProperty(true);

  /// Where the pages so far begin, the shown one last; the first begins at no cursor.
  private final List<Optional<Cursor>> starts = new ArrayList<>();

  private Optional<Cursor> next = Optional.empty();
  private Filter applied = Filter.ALL;
  private @Nullable Job<?> reading;
  private @Nullable Job<?> counting;
  private @Nullable Job<?> searching;

  /// What the collection is, beyond its rows.
  public record Contents(CollectionInfo info, List<IndexInfo> indexes) {
    public Contents {
      indexes = List.copyOf(indexes);
    }

    public List<Field> fields() {
      return info.schema().fields();
    }

    public Field key() {
      return info.schema().primaryKey();
    }

    /// Indexes on vector fields.
    public List<IndexInfo> vectorIndexes() {
      return indexes.stream()
          .filter(
              index ->
                  info.schema()
                      .field(index.spec().field())
                      .filter(field -> field.type().isVector())
                      .isPresent())
          .toList();
    }
  }

  /// A row near the selected one.
  ///
  /// @param label what it is called, for a person
  /// @param value of the metric
  /// @param share 0…1, how full its bar is; 0 for distances
  public record Near(Object id, String label, float value, double share) {}

  private record Read(Contents contents, QueryRequest.Page page, long statisticRows) {}

  /// @throws IllegalArgumentException if `at` names no collection or its connection is not open
  public DataViewModel(Desk desk, Selection at) {
    this.desk = desk;
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
    this.database = at.database().orElseThrow();
    this.collection =
        at.collection()
            .orElseThrow(() -> new IllegalArgumentException("no collection is selected"));
    filter.addListener((property, before, now) -> check());
    selected.addListener((property, before, now) -> findNearest());
  }

  public String collection() {
    return collection;
  }

  public Messages messages() {
    return messages;
  }

  /// Schema and indexes; empty until they are read.
  public ReadOnlyObjectProperty<Optional<Contents>> contentsProperty() {
    return contents.getReadOnlyProperty();
  }

  /// The shown page.
  public ObservableList<DataRow> rows() {
    return rows;
  }

  /// The rows nearest to the selected one, without itself.
  public ObservableList<Near> nearest() {
    return nearest;
  }

  /// The filter as it is typed.
  public StringProperty filterProperty() {
    return filter;
  }

  /// What is wrong with the typed filter.
  public ReadOnlyObjectProperty<Optional<FilterProblem>> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<RowCount> countProperty() {
    return count.getReadOnlyProperty();
  }

  /// Why there are no rows to show.
  public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
    return failure.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty loadingProperty() {
    return loading.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty hasNextProperty() {
    return hasNext.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty hasPreviousProperty() {
    return hasPrevious.getReadOnlyProperty();
  }

  public ObjectProperty<Optional<DataRow>> selectedProperty() {
    return selected;
  }

  public BooleanProperty inspectingProperty() {
    return inspecting;
  }

  /// Whether the rows are those a filter lets through.
  public boolean isFiltered() {
    return !applied.isAll();
  }

  /// Whether this connection may not write now.
  public boolean isLocked() {
    return connection.profile().readOnly();
  }

  /// Reads schema and first page again.
  public void refresh() {
    starts.clear();
    starts.add(Optional.empty());
    read();
  }

  /// Shows the rows the typed filter lets through, unless it cannot be read.
  public void applyFilter() {
    check();
    if (problem.get().isPresent()) {
      return;
    }
    applied = Filter.of(filter.get());
    refresh();
    if (isFiltered()) {
      countExactly();
    }
  }

  public void clearFilter() {
    filter.set("");
    applyFilter();
  }

  public void receive(Intent intent) {
    if (intent instanceof Intent.ShowFiltered(var wanted)) {
      filter.set(wanted);
      applyFilter();
    } else if (starts.isEmpty()) {
      refresh();
    }
  }

  public void nextPage() {
    if (hasNext.get()) {
      starts.add(next);
      read();
    }
  }

  public void previousPage() {
    if (hasPrevious.get()) {
      starts.removeLast();
      read();
    }
  }

  /// Counts the rows the filter lets through.
  public void countExactly() {
    stop(counting);
    count.set(new RowCount.Counting());
    var scope = Scope.of(applied);
    boolean filtered = isFiltered();
    counting =
        desk.jobs()
            .start(
                progress ->
                    engine.call(new QueryRequest.Count(database, collection, scope), progress))
            .whenDone(all -> count.set(new RowCount.Exact(all, filtered)))
            .whenFailed(
                cause -> {
                  count.set(new RowCount.Unknown());
                  desk.log().failed(messages.get("count.failed", collection), cause);
                });
  }

  /// Opens the Search screen with the selected row as its query.
  public void findSimilar() {
    var field = vectorField();
    if (field.isPresent() && selected.get().isPresent()) {
      desk.navigator()
          .open(
              ScreenKind.SEARCH,
              Selection.of(connection, database, collection),
              new Intent.FindSimilar(field.get().name(), selected.get().get().id()));
    }
  }

  /// Opens the Load screen for this collection.
  public void load() {
    desk.navigator()
        .open(ScreenKind.LOAD, Selection.of(connection, database, collection), Intent.LOOK);
  }

  /// Whether there is a Search screen and a vector field to search.
  public boolean canSearch() {
    return desk.navigator().has(ScreenKind.SEARCH) && vectorField().isPresent();
  }

  /// A filter that would work here, as a hint.
  public String example() {
    return contents
        .get()
        .flatMap(known -> labelField(known.fields()))
        .map(
            field ->
                messages.get(
                    "filter.prompt",
                    field.type() == DataType.VARCHAR
                        ? field.name() + " like \"%word%\""
                        : "array_contains(" + field.name() + ", \"word\")"))
        .orElseGet(() -> messages.get("filter.prompt.plain"));
  }

  /// A row as one JSON object, vectors included.
  public String asJson(DataRow row) {
    return JsonRow.of(row);
  }

  public boolean canLoad() {
    return desk.navigator().has(ScreenKind.LOAD);
  }

  public void copy(String text) {
    desk.dialogs().copy(text);
  }

  /// Asks, with the number of rows and the first of them, and deletes what the filter lets through.
  public void deleteMatching() {
    if (isFiltered()) {
      ask(applied);
    }
  }

  /// Asks and deletes rows by key.
  public void delete(List<DataRow> chosen) {
    contents
        .get()
        .filter(known -> !chosen.isEmpty())
        .ifPresent(
            known ->
                ask(Filter.ids(known.key().name(), chosen.stream().map(DataRow::id).toList())));
  }

  /// What could be typed next in the filter.
  public List<Completion.Suggestion> complete(int caret) {
    return contents
        .get()
        .map(known -> new Completion(known.info().schema(), Map.of()).at(filter.get(), caret))
        .orElse(List.of());
  }

  /// What a row is called, for a person: its first text, else its key.
  public String label(DataRow row) {
    return contents
        .get()
        .flatMap(known -> labelField(known.fields()))
        .flatMap(field -> row.value(field.name()))
        .map(ValueText::full)
        .filter(text -> !text.isBlank())
        .orElseGet(() -> String.valueOf(row.id()));
  }

  public void close() {
    stop(reading);
    stop(counting);
    stop(searching);
  }

  private void read() {
    stop(reading);
    loading.set(true);
    failure.set(Optional.empty());
    var at = starts.getLast();
    long before = (long) (starts.size() - 1) * PAGE_ROWS;
    var scope = Scope.of(applied, "*");
    reading =
        desk.jobs()
            .start(
                progress -> {
                  var info =
                      engine.call(new CollectionRequest.Describe(database, collection), progress);
                  var indexes =
                      engine.call(
                          new IndexRequest.Describe(database, collection, Optional.empty()),
                          progress);
                  var page =
                      engine.call(
                          new QueryRequest.Scan(database, collection, scope, PAGE_ROWS, at),
                          progress);
                  long statisticRows =
                      engine.capabilities().has(Capability.STATISTICS)
                          ? engine
                              .call(
                                  new CollectionRequest.Statistics(database, collection), progress)
                              .rows()
                          : -1;
                  return new Read(new Contents(info, indexes), page, statisticRows);
                })
            .whenDone(done -> show(done, before))
            .whenFailed(
                cause -> {
                  loading.set(false);
                  rows.clear();
                  failure.set(Optional.of(Failure.of(cause)));
                });
  }

  private void show(Read read, long before) {
    loading.set(false);
    contents.set(Optional.of(read.contents));
    selected.set(Optional.empty());
    var keys = read.page.rows().column(read.contents.key().name()).orElseThrow();
    var page = new ArrayList<DataRow>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      page.add(new DataRow(before + i + 1, keys.value(i).orElseThrow(), read.page.rows(), i));
    }
    rows.setAll(page);
    next = read.page.next();
    hasNext.set(next.isPresent());
    hasPrevious.set(starts.size() > 1);
    if (!isFiltered() && !(count.get() instanceof RowCount.Exact exact && !exact.filtered())) {
      stop(counting);
      // Without deletes under way, one page that ends is a count as good as any.
      if (next.isEmpty()) {
        count.set(new RowCount.Exact(before + page.size(), false));
      } else if (read.statisticRows >= 0) {
        count.set(new RowCount.About(read.statisticRows));
      } else {
        count.set(new RowCount.Unknown());
      }
    }
    check();
  }

  private void check() {
    problem.set(
        contents
            .get()
            .flatMap(
                known ->
                    filter.get().isBlank()
                        ? Optional.empty()
                        : FilterParser.problem(Filter.of(filter.get()), known.info().schema())));
  }

  private void findNearest() {
    stop(searching);
    nearest.clear();
    var field = vectorField();
    var row = selected.get();
    boolean possible =
        engine.capabilities().has(Capability.SEARCH_BY_ID)
            && contents.get().filter(known -> known.info().load().isLoaded()).isPresent();
    if (field.isEmpty() || row.isEmpty() || !possible) {
      return;
    }
    var label = labelField(contents.get().orElseThrow().fields()).map(Field::name);
    var plan =
        new Plan(
            field.get().name(),
            new Target.Rows(List.of(row.get().id())),
            Scope.of(Filter.ALL, label.stream().toArray(String[]::new)),
            0,
            NEAREST + 1,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            false);
    searching =
        desk.jobs()
            .start(
                progress ->
                    engine.call(new SearchRequest.Search(database, collection, plan), progress))
            .whenDone(result -> nearest.setAll(near(result, row.get().id(), label)))
            .whenFailed(cause -> desk.log().failed(messages.get("nearest.failed"), cause));
  }

  private static List<Near> near(
      SearchRequest.SearchResult result, Object self, Optional<String> label) {
    var hits = result.hits().getFirst();
    var all = new ArrayList<Near>();
    for (int i = 0; i < hits.size() && all.size() < NEAREST; i++) {
      var id = hits.ids().value(i).orElseThrow();
      if (!id.equals(self)) {
        int row = i;
        float value = hits.values().get(i);
        all.add(
            new Near(
                id,
                label
                    .flatMap(name -> hits.rows().column(name))
                    .flatMap(column -> column.value(row))
                    .map(ValueText::full)
                    .orElseGet(() -> String.valueOf(id)),
                value,
                result.metric().higherIsNearer() ? Math.clamp(value, 0, 1) : 0));
      }
    }
    return all;
  }

  private void ask(Filter what) {
    var scope = Scope.of(what);
    var label = contents.get().flatMap(known -> labelField(known.fields())).map(Field::name);
    var sample = Scope.of(what, label.stream().toArray(String[]::new));
    desk.jobs()
        .start(
            progress -> {
              long matching =
                  engine.call(new QueryRequest.Count(database, collection, scope), progress);
              var first =
                  engine.call(
                      new QueryRequest.Query(database, collection, sample, 0, SAMPLE_ROWS),
                      progress);
              return new Doomed(matching, lines(first, label));
            })
        .whenDone(doomed -> confirmDelete(what, doomed))
        .whenFailed(cause -> failure.set(Optional.of(Failure.of(cause))));
  }

  private record Doomed(long rows, List<String> first) {}

  private List<String> lines(dev.aerie.engine.ColumnBatch batch, Optional<String> label) {
    var key = batch.column(contents.get().orElseThrow().key().name()).orElseThrow();
    var all = new ArrayList<String>();
    for (int i = 0; i < batch.size(); i++) {
      int row = i;
      var text =
          label
              .flatMap(batch::column)
              .flatMap(column -> column.value(row))
              .map(value -> "  " + shortened(ValueText.full(value)))
              .orElse("");
      all.add(key.value(i).orElseThrow() + text);
    }
    return all;
  }

  private static String shortened(String text) {
    return text.length() > 48 ? text.substring(0, 48) + "…" : text;
  }

  private void confirmDelete(Filter what, Doomed doomed) {
    if (doomed.rows == 0) {
      desk.navigator().toast(messages.get("delete.none"));
      return;
    }
    var rowCount = String.format(Locale.ROOT, "%,d", doomed.rows);
    var list = doomed.first.stream().collect(Collectors.joining("\n"));
    desk.dialogs()
        .confirm(
            new Dialogs.Question(
                messages.get("delete.title", rowCount, collection),
                messages.get(
                    "delete.text",
                    connection.name(),
                    connection.profile().environment().name().toLowerCase(Locale.ROOT),
                    doomed.first.size(),
                    list),
                messages.get("delete.verb", rowCount),
                Optional.empty(),
                true),
            () -> delete(what));
  }

  private void delete(Filter what) {
    desk.jobs()
        .startTask(
            messages.get("delete.task", collection),
            progress ->
                engine.call(new RowRequest.Delete(database, collection, what), progress).count())
        .whenDone(
            deleted -> {
              desk.navigator()
                  .toast(
                      messages.get(
                          "delete.done", String.format(Locale.ROOT, "%,d", deleted), collection));
              count.set(new RowCount.Unknown());
              desk.workspace().changed();
              refresh();
              if (isFiltered()) {
                countExactly();
              }
            })
        .whenFailed(cause -> failure.set(Optional.of(Failure.of(cause))));
  }

  private Optional<Field> vectorField() {
    return contents.get().flatMap(known -> known.info().schema().vectors().stream().findFirst());
  }

  private static Optional<Field> labelField(List<Field> fields) {
    return fields.stream()
        .filter(
            field ->
                !field.primaryKey()
                    && (field.type() == DataType.VARCHAR
                        || field.elementType().filter(DataType.VARCHAR::equals).isPresent()))
        .findFirst();
  }

  private static void stop(@Nullable Job<?> job) {
    if (job != null) {
      job.cancel();
    }
  }
}
