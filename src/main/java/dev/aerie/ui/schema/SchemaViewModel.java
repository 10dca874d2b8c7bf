package dev.aerie.ui.schema;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.DataType;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Field;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Request;
import dev.aerie.service.settings.Environment;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// State and actions of a schema: of the collection that is selected, or of a new one.
public final class SchemaViewModel {
  private final Desk desk;
  private final Messages words;
  private final Connection connection;
  private final Engine engine;
  private final String database;
  private final Optional<String> collection;
  private final SchemaForm form = new SchemaForm();
  private final BooleanProperty creating = new SimpleBooleanProperty();
  private final BooleanProperty busy = new SimpleBooleanProperty();
  private final StringProperty facts = new SimpleStringProperty("");
  private final ObservableList<FieldRow> fields = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable FieldRow> selected = new SimpleObjectProperty<>();
  private final ObservableList<IndexType> indexTypes = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable IndexType> indexType = new SimpleObjectProperty<>();
  private final ObservableList<Metric> metrics = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable Metric> metric = new SimpleObjectProperty<>();
  private final ObservableList<BuildParam> buildParams = FXCollections.observableArrayList();
  private final DoubleProperty buildShare = new SimpleDoubleProperty(Double.NaN);
  private final StringProperty buildText = new SimpleStringProperty("");
  private final ObjectProperty<Optional<Failure>> failure =
      new SimpleObjectProperty<>(Optional.empty());
  private @Nullable Job<?> build;

  /// A field of the collection with its index.
  public record FieldRow(Field field, String type, String traits, Optional<IndexInfo> index) {}

  /// A build parameter while it is being chosen.
  public record BuildParam(String name, String usual, StringProperty value) {}

  private record Opened(CollectionInfo info, List<IndexInfo> indexes, long rows) {}

  /// @param at an open connection, with or without a collection
  public SchemaViewModel(Desk desk, Selection at, Intent intent, Messages words) {
    this.desk = desk;
    this.words = words;
    this.connection = at.connection().orElseThrow();
    this.engine = connection.engine().orElseThrow();
    this.database = at.database().orElse(DatabaseRequest.DEFAULT);
    this.collection = at.collection();
    creating.set(collection.isEmpty() || intent instanceof Intent.CreateNew);
    selected.subscribe(this::offer);
    indexType.subscribe(this::offerParams);
    refresh();
  }

  public SchemaForm form() {
    return form;
  }

  /// Whether a new collection is being described, not the one that is there.
  public BooleanProperty creatingProperty() {
    return creating;
  }

  public BooleanProperty busyProperty() {
    return busy;
  }

  public Optional<String> collection() {
    return collection;
  }

  public StringProperty factsProperty() {
    return facts;
  }

  public ObservableList<FieldRow> fields() {
    return fields;
  }

  public ObjectProperty<@Nullable FieldRow> selectedProperty() {
    return selected;
  }

  public ObservableList<IndexType> indexTypes() {
    return indexTypes;
  }

  public ObjectProperty<@Nullable IndexType> indexTypeProperty() {
    return indexType;
  }

  public ObservableList<Metric> metrics() {
    return metrics;
  }

  public ObjectProperty<@Nullable Metric> metricProperty() {
    return metric;
  }

  public ObservableList<BuildParam> buildParams() {
    return buildParams;
  }

  /// Share of a build, -1 where not known, NaN where none runs.
  public DoubleProperty buildShareProperty() {
    return buildShare;
  }

  public StringProperty buildTextProperty() {
    return buildText;
  }

  public ObjectProperty<Optional<Failure>> failureProperty() {
    return failure;
  }

  /// The types a new field may have here.
  public List<DataType> fieldTypes() {
    var there = engine.capabilities().fieldTypes();
    return Arrays.stream(DataType.values())
        .filter(type -> type != DataType.UNKNOWN && there.contains(type))
        .toList();
  }

  /// Reads schema and indexes again.
  public void refresh() {
    if (collection.isEmpty()) {
      return;
    }
    var name = collection.get();
    desk.jobs()
        .start(
            progress ->
                new Opened(
                    engine.call(new CollectionRequest.Describe(database, name), progress),
                    engine.call(
                        new IndexRequest.Describe(database, name, Optional.empty()), progress),
                    engine.call(new CollectionRequest.Statistics(database, name), progress).rows()))
        .whenDone(this::show)
        .whenFailed(cause -> failure.set(Optional.of(Failure.of(cause))));
  }

  /// Creates the collection the form describes, and opens it.
  public void create() {
    var schema = form.build();
    if (schema.isEmpty() || busy.get()) {
      return;
    }
    var name = schema.get().name();
    busy.set(true);
    failure.set(Optional.empty());
    desk.jobs()
        .start(
            progress -> engine.call(new CollectionRequest.Create(database, schema.get()), progress))
        .whenDone(
            _ -> {
              busy.set(false);
              desk.workspace().changed();
              desk.navigator().toast(words.get("created", name));
              var place = Selection.of(connection, database, name);
              desk.workspace().select(place);
              desk.navigator().open(ScreenKind.SCHEMA, place, Intent.LOOK);
              creating.set(false);
            })
        .whenFailed(
            cause -> {
              busy.set(false);
              failure.set(Optional.of(Failure.of(cause)));
            });
  }

  /// Builds the index that is described on the selected field, with a task of its own.
  public void createIndex() {
    var row = selected.get();
    var type = indexType.get();
    if (row == null || type == null || collection.isEmpty()) {
      return;
    }
    var name = collection.get();
    var params = new LinkedHashMap<String, String>();
    buildParams.forEach(
        param -> {
          if (!param.value().get().isBlank()) {
            params.put(param.name(), param.value().get().strip());
          }
        });
    var spec =
        new IndexSpec("", row.field().name(), type, Optional.ofNullable(metric.get()), params);
    failure.set(Optional.empty());
    var job =
        desk.jobs()
            .startTask(
                words.get("index.task", type.name(), row.field().name()),
                progress -> {
                  engine.call(new IndexRequest.Create(database, name, spec), progress);
                  return engine.call(new IndexRequest.Await(database, name, spec.name()), progress);
                });
    build = job;
    buildShare.set(-1);
    job.doneProperty().subscribe(_ -> showBuild(job));
    job.whenDone(
            _ -> {
              ended();
              desk.navigator().toast(words.get("index.done", type.name(), row.field().name()));
            })
        .whenCancelled(this::ended)
        .whenFailed(
            cause -> {
              ended();
              failure.set(Optional.of(Failure.of(cause)));
            });
  }

  /// Stops waiting for the build; the engine goes on with what it has begun.
  public void stopWaiting() {
    if (build != null) {
      build.cancel();
    }
  }

  /// Drops the index of the selected field, after asking.
  public void dropIndex() {
    var row = selected.get();
    if (row == null || row.index().isEmpty() || collection.isEmpty()) {
      return;
    }
    var index = row.index().get();
    desk.dialogs()
        .confirm(
            new Dialogs.Question(
                words.get("dropIndex.title", index.spec().type().name(), row.field().name()),
                words.get("dropIndex.text", Figures.count(index.indexedRows())),
                words.get("dropIndex"),
                Optional.empty(),
                true),
            () ->
                run(
                    new IndexRequest.Drop(database, collection.get(), index.name()),
                    this::refresh));
  }

  /// Drops the collection, after its name has been typed.
  public void dropCollection() {
    if (collection.isEmpty()) {
      return;
    }
    var name = collection.get();
    var environment = connection.profile().environment();
    desk.dialogs()
        .confirm(
            new Dialogs.Question(
                words.get("drop.title", name),
                words.get(
                    environment == Environment.PRODUCTION ? "drop.production" : "drop.text",
                    facts.get(),
                    connection.name(),
                    database),
                words.get("drop"),
                Optional.of(name),
                true),
            () ->
                run(
                    new CollectionRequest.Drop(database, name),
                    () -> {
                      desk.workspace().select(Selection.of(connection, database));
                      desk.workspace().changed();
                      desk.navigator().toast(words.get("dropped", name));
                    }));
  }

  /// Begins to describe a new collection.
  public void describeNew() {
    creating.set(true);
  }

  /// Goes back to the collection that is there.
  public void backToCollection() {
    creating.set(collection.isEmpty());
  }

  /// Puts the schema on the clipboard as code.
  public void copyCode() {
    desk.dialogs().copy(form.codeProperty().get());
    desk.navigator().toast(words.get("code.copied"));
  }

  private void run(Request<?> request, Runnable then) {
    desk.jobs()
        .start(progress -> (Object) engine.call(request, progress))
        .whenDone(_ -> then.run())
        .whenFailed(cause -> failure.set(Optional.of(Failure.of(cause))));
  }

  private void ended() {
    build = null;
    buildShare.set(Double.NaN);
    buildText.set("");
    refresh();
    desk.workspace().changed();
  }

  private void showBuild(Job<?> job) {
    buildShare.set(job.share());
    if (job.totalProperty().get() > 0) {
      buildText.set(
          words.get(
              "index.progress",
              Figures.count(job.doneProperty().get()),
              Figures.count(job.totalProperty().get())));
    }
  }

  private void show(Opened opened) {
    var info = opened.info();
    facts.set(words.get("facts", Figures.count(opened.rows()), info.schema().fields().size()));
    var before = selected.get();
    fields.setAll(
        info.schema().fields().stream()
            .map(
                field ->
                    new FieldRow(
                        field,
                        field.typeName(),
                        traits(field),
                        opened.indexes().stream()
                            .filter(index -> index.spec().field().equals(field.name()))
                            .findFirst()))
            .toList());
    selected.set(
        fields.stream()
            .filter(
                row ->
                    before == null
                        ? row.field().type().isVector()
                        : row.field().name().equals(before.field().name()))
            .findFirst()
            .orElse(null));
  }

  private String traits(Field field) {
    var all = new ArrayList<String>();
    if (field.primaryKey()) {
      all.add(words.get(field.autoId() ? "trait.autoKey" : "trait.key"));
    }
    if (field.partitionKey()) {
      all.add(words.get("trait.partition"));
    }
    if (field.nullable()) {
      all.add(words.get("trait.nullable"));
    }
    if (field.functionOutput()) {
      all.add(words.get("trait.made"));
    }
    return all.isEmpty() ? "–" : String.join(", ", all);
  }

  private void offer(@Nullable FieldRow row) {
    if (row == null) {
      indexTypes.clear();
      metrics.clear();
      return;
    }
    indexTypes.setAll(engine.capabilities().indexTypes(row.field().type()));
    metrics.setAll(Metric.of(row.field().type()));
    metric.set(
        row.index()
            .flatMap(index -> index.spec().metric())
            .orElse(metrics.isEmpty() ? null : metrics.getFirst()));
    indexType.set(
        row.index()
            .map(index -> index.spec().type())
            .filter(indexTypes::contains)
            .orElse(indexTypes.isEmpty() ? null : indexTypes.getFirst()));
    offerParams(indexType.get());
  }

  private void offerParams(@Nullable IndexType type) {
    var row = selected.get();
    Map<String, String> now =
        row == null
            ? Map.of()
            : row.index()
                .filter(index -> index.spec().type().equals(type))
                .map(index -> index.spec().params())
                .orElse(Map.of());
    buildParams.setAll(
        new TreeMap<>(usual(type))
            .entrySet().stream()
                .map(
                    entry ->
                        new BuildParam(
                            entry.getKey(),
                            entry.getValue(),
                            new SimpleStringProperty(
                                now.getOrDefault(entry.getKey(), entry.getValue()))))
                .toList());
  }

  /// The build parameters of an index type with their usual values; empty text where the engine
  /// chooses.
  private static Map<String, String> usual(@Nullable IndexType type) {
    var name = type == null ? "" : type.name();
    if (name.startsWith("HNSW")) {
      return Map.of("M", "16", "efConstruction", "200");
    }
    if (name.equals("IVF_PQ")) {
      return Map.of("nlist", "128", "m", "", "nbits", "8");
    }
    return name.startsWith("IVF") || name.startsWith("BIN_IVF") ? Map.of("nlist", "128") : Map.of();
  }
}
