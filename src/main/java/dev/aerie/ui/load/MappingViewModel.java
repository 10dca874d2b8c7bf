package dev.aerie.ui.load;

import dev.aerie.engine.Capabilities;
import dev.aerie.engine.CollectionRequest.CollectionInfo;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.Metric;
import dev.aerie.service.load.ColumnKind;
import dev.aerie.service.load.FileProfile;
import dev.aerie.service.load.FileProfile.ColumnProfile;
import dev.aerie.service.load.FileProfile.VectorColumn;
import dev.aerie.service.load.LoadPlan;
import dev.aerie.service.load.LoadPlan.Mapping;
import dev.aerie.service.load.Origin;
import dev.aerie.service.load.Suggestion;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Messages;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What of a file goes where: columns to fields, and the collection they make or fill. Belongs to
/// the FX thread.
public final class MappingViewModel {
  private final Messages messages;
  private final String database;
  private final List<IndexChoice> indexChoices;
  private final ObservableList<MappingRow> rows = FXCollections.observableArrayList();
  private final ObservableList<MappingRow> keys = FXCollections.observableArrayList();
  private final BooleanProperty intoNew = new SimpleBooleanProperty(true);
  private final StringProperty newName = new SimpleStringProperty("");
  private final ObjectProperty<Optional<CollectionInfo>> existing =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Optional<MappingRow>> key =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Metric> metric = new SimpleObjectProperty<>(Metric.COSINE);
  private final ObjectProperty<IndexChoice> index;
  private Optional<FileProfile> profile = Optional.empty();
  private String metricReason = "";

  MappingViewModel(Messages messages, String database, Capabilities capabilities) {
    this.messages = messages;
    this.database = database;
    this.indexChoices = indexChoices(capabilities.indexTypes(DataType.FLOAT_VECTOR));
    this.index = new SimpleObjectProperty<>(indexChoices.getFirst());
    intoNew.subscribe(this::checkAll);
    key.subscribe(this::checkAll);
  }

  public ObservableList<MappingRow> rows() {
    return rows;
  }

  /// Rows that could be the key of a new collection.
  public ObservableList<MappingRow> keys() {
    return keys;
  }

  /// Whether the rows make a new collection rather than fill one.
  public BooleanProperty intoNewProperty() {
    return intoNew;
  }

  public StringProperty newNameProperty() {
    return newName;
  }

  /// The collection that is filled.
  public ObjectProperty<Optional<CollectionInfo>> existingProperty() {
    return existing;
  }

  /// The row that is the key of a new collection; empty where the engine makes keys.
  public ObjectProperty<Optional<MappingRow>> keyProperty() {
    return key;
  }

  public ObjectProperty<Metric> metricProperty() {
    return metric;
  }

  /// Why the metric was suggested.
  public String metricReason() {
    return metricReason;
  }

  public ObjectProperty<IndexChoice> indexProperty() {
    return index;
  }

  /// The indexes this engine offers for float vectors, the recommended first.
  public List<IndexChoice> indexChoices() {
    return indexChoices;
  }

  /// About how much memory vectors and index will take; 0 where that is not known.
  public long memory(IndexChoice choice) {
    return profile
        .map(
            file ->
                rows.stream()
                    .filter(row -> row.includedProperty().get() && row.isVector())
                    .mapToLong(
                        row -> choice.bytes(file.rows(), row.typeProperty().get().dimension()))
                    .sum())
        .orElse(0L);
  }

  /// Columns that become fields.
  public long mapped() {
    return rows.stream().filter(row -> row.includedProperty().get()).count();
  }

  /// Fills the rows from what a file holds and what it suggests.
  void suggest(FileProfile file, Suggestion suggestion) {
    profile = Optional.of(file);
    var fresh = new ArrayList<MappingRow>();
    for (var entry : suggestion.mapping()) {
      var suggested = suggestion.schema().field(entry.field()).orElseThrow();
      var row = row(file, entry.origin(), suggested);
      row.fieldProperty().set(entry.field());
      row.includedProperty().set(true);
      fresh.add(row);
    }
    var used = new LinkedHashSet<String>();
    fresh.forEach(row -> used.addAll(columns(row.origin())));
    for (var column : file.columns()) {
      if (!used.contains(column.name())) {
        var row =
            new MappingRow(
                column.name(),
                column.kind().title(),
                new Origin.Columns(column.name()),
                List.of(Field.varchar("value", Field.MAX_LENGTH).withNullable()));
        fresh.add(row);
      }
    }
    var keyName = suggestion.schema().primaryKey();
    keys.setAll(
        fresh.stream()
            .filter(row -> unique(file, row.origin()))
            .filter(
                row ->
                    row.types().getFirst().type() == DataType.INT64
                        || row.types().getFirst().type() == DataType.VARCHAR)
            .toList());
    key.set(
        keys.stream().filter(row -> row.fieldProperty().get().equals(keyName.name())).findFirst());
    suggestion.indexes().stream().findFirst().flatMap(IndexSpec::metric).ifPresent(metric::set);
    metricReason =
        file.vectors().stream().findFirst().map(vector -> vector.quality().reason()).orElse("");
    newName.set(suggestion.schema().name());
    for (var row : fresh) {
      row.includedProperty().subscribe(() -> check(row));
      row.typeProperty().subscribe(() -> check(row));
      row.fieldProperty().subscribe(() -> check(row));
    }
    // Last: whoever listens to the rows finds everything else in place.
    rows.setAll(fresh);
    checkAll();
  }

  /// Takes a collection that is there as the target, filled as `mapping` says.
  void fill(CollectionInfo info, List<Mapping> mapping) {
    existing.set(Optional.of(info));
    for (var row : rows) {
      var match = mapping.stream().filter(entry -> entry.origin().equals(row.origin())).findFirst();
      row.fieldProperty().set(match.map(Mapping::field).orElse(""));
      row.includedProperty().set(match.isPresent());
    }
    checkAll();
  }

  /// Where the rows go and what they are.
  ///
  /// @throws IllegalArgumentException with the first mistake, for a person
  LoadPlan.Target target() {
    if (!intoNew.get()) {
      var info =
          existing
              .get()
              .orElseThrow(() -> new IllegalArgumentException(messages.get("mistake.existing")));
      return new LoadPlan.Target.Existing(database, info.name());
    }
    var fields = new ArrayList<Field>();
    if (key.get().filter(row -> row.includedProperty().get()).isEmpty()) {
      fields.add(Field.scalar(autoKeyName(), DataType.INT64).asPrimaryKey(true));
    }
    var indexes = new ArrayList<IndexSpec>();
    for (var row : rows) {
      if (row.includedProperty().get()) {
        var field = row.toField(key.get().filter(row::equals).isPresent());
        fields.add(field);
        if (field.type().isVector()) {
          indexes.add(
              IndexSpec.of(field.name(), index.get().type(), metric.get(), index.get().params()));
        }
      }
    }
    return new LoadPlan.Target.New(
        database,
        new CollectionSchema(newName.get().strip(), "", fields, List.of(), false),
        indexes);
  }

  /// @throws IllegalArgumentException if nothing is mapped, or one field twice
  List<Mapping> mapping() {
    return rows.stream()
        .filter(row -> row.includedProperty().get() && !row.fieldProperty().get().isBlank())
        .map(row -> new Mapping(row.fieldProperty().get().strip(), row.origin()))
        .toList();
  }

  private String autoKeyName() {
    var taken =
        rows.stream()
            .filter(row -> row.includedProperty().get())
            .map(row -> row.fieldProperty().get())
            .toList();
    return taken.contains("id") ? "_id" : "id";
  }

  private static List<IndexChoice> indexChoices(List<IndexType> offered) {
    var all = new ArrayList<IndexChoice>();
    var graph = Map.of("M", "16", "efConstruction", "200");
    if (offered.contains(IndexType.HNSW)) {
      all.add(new IndexChoice("index.hnsw", IndexType.HNSW, graph));
    }
    if (offered.contains(IndexType.HNSW_SQ)) {
      all.add(new IndexChoice("index.hnswSq", IndexType.HNSW_SQ, graph));
    } else if (offered.contains(IndexType.IVF_SQ8)) {
      all.add(new IndexChoice("index.ivfSq8", IndexType.IVF_SQ8, Map.of("nlist", "1024")));
    }
    all.add(new IndexChoice("index.flat", IndexType.FLAT, Map.of()));
    return List.copyOf(all);
  }

  private MappingRow row(FileProfile file, Origin origin, Field suggested) {
    return switch (origin) {
      case Origin.Columns(var names) -> {
        var vector = vector(file, origin);
        var column = file.column(names.getFirst());
        var kind =
            vector
                .map(found -> found.form().title())
                .orElseGet(() -> column.map(found -> found.kind().title()).orElse(""));
        var name =
            names.size() == 1 ? names.getFirst() : names.getFirst() + " … " + names.getLast();
        yield new MappingRow(
            vector.filter(found -> names.size() > 1).map(VectorColumn::name).orElse(name),
            kind,
            origin,
            suggested.type().isVector()
                ? List.of(suggested)
                : types(suggested, column.map(ColumnProfile::kind).orElse(ColumnKind.TEXT)));
      }
      case Origin.VectorFile(var path) ->
          new MappingRow(
              String.valueOf(path.getFileName()),
              FileProfile.VectorForm.FILE.title(),
              origin,
              List.of(suggested));
      case Origin.EmbeddedText(var text) ->
          new MappingRow(text, messages.get("kind.embedded"), origin, List.of(suggested));
    };
  }

  /// The suggested type, then the others values of this kind can be stored as.
  private static List<Field> types(Field suggested, ColumnKind kind) {
    var all = new ArrayList<Field>();
    all.add(suggested);
    var others =
        switch (kind) {
          case INTEGER ->
              List.of(
                  DataType.INT64, DataType.INT32, DataType.INT16, DataType.INT8, DataType.DOUBLE);
          case NUMBER -> List.of(DataType.DOUBLE, DataType.FLOAT);
          case BOOLEAN -> List.of(DataType.BOOL);
          case JSON -> List.of(DataType.JSON);
          case TEXT, LIST, VECTOR, MIXED, EMPTY -> List.<DataType>of();
        };
    for (var type : others) {
      if (type != suggested.type()) {
        all.add(nullableLike(suggested, Field.scalar(suggested.name(), type)));
      }
    }
    if (suggested.type() != DataType.VARCHAR && suggested.type() != DataType.ARRAY) {
      all.add(nullableLike(suggested, Field.varchar(suggested.name(), Field.MAX_LENGTH)));
    }
    return all;
  }

  private static Field nullableLike(Field suggested, Field field) {
    return suggested.nullable() ? field.withNullable() : field;
  }

  private void checkAll() {
    rows.forEach(this::check);
  }

  private void check(MappingRow row) {
    row.checkProperty().set(judge(row));
  }

  private Check judge(MappingRow row) {
    if (profile.isEmpty()) {
      return new Check(true, "");
    }
    if (!row.includedProperty().get()) {
      return new Check(true, messages.get("check.skipped"));
    }
    if (row.fieldProperty().get().isBlank()) {
      return new Check(false, messages.get("check.noField"));
    }
    if (row.origin() instanceof Origin.EmbeddedText) {
      return new Check(true, messages.get("check.embedded"));
    }
    var vector = vector(profile.get(), row.origin());
    return vector
        .map(found -> judgeVector(found))
        .or(() -> column(row.origin()).map(column -> judgeColumn(row, column)))
        .orElse(new Check(true, ""));
  }

  private Check judgeVector(VectorColumn vector) {
    var quality = vector.quality();
    long bad = quality.wrongLength() + quality.notFinite();
    long empty =
        vector.columns().size() == 1
            ? profile
                .flatMap(file -> file.column(vector.columns().getFirst()))
                .map(ColumnProfile::empty)
                .orElse(0L)
            : 0;
    if (empty > 0) {
      return new Check(false, messages.get("check.vectorEmpty", Figures.count(empty)));
    }
    if (bad > 0) {
      return new Check(
          false,
          messages.get(
              "check.vectorBad", Figures.count(bad), Integer.toString(vector.dimension())));
    }
    if (quality.zero() > 0) {
      return new Check(false, messages.get("check.vectorZero", Figures.count(quality.zero())));
    }
    if (quality.duplicates() > 0) {
      return new Check(
          true, messages.get("check.vectorTwice", Figures.count(quality.duplicates())));
    }
    return new Check(true, messages.get("check.vector", Figures.percent(quality.unitShare())));
  }

  private Check judgeColumn(MappingRow row, ColumnProfile column) {
    boolean isKey = key.get().filter(row::equals).isPresent();
    if (isKey && intoNew.get()) {
      return column.empty() > 0
          ? new Check(false, messages.get("check.keyEmpty", Figures.count(column.empty())))
          : new Check(true, messages.get("check.key"));
    }
    if (column.warning().isPresent()) {
      return new Check(false, column.warning().get());
    }
    boolean nullable =
        intoNew.get()
            ? row.typeProperty().get().nullable()
            : existing
                .get()
                .flatMap(info -> info.schema().field(row.fieldProperty().get()))
                .filter(field -> field.nullable() || field.defaultValue().isPresent())
                .isPresent();
    if (column.empty() > 0) {
      return new Check(
          nullable,
          messages.get(nullable ? "check.null" : "check.empty", Figures.count(column.empty())));
    }
    return new Check(
        true,
        switch (column.kind()) {
          case TEXT, MIXED -> messages.get("check.longest", Figures.count(column.longest()));
          case LIST, VECTOR -> messages.get("check.elements", Figures.count(column.mostElements()));
          case INTEGER, NUMBER, BOOLEAN, JSON, EMPTY ->
              column.unique() ? messages.get("check.unique") : messages.get("check.fine");
        });
  }

  private Optional<ColumnProfile> column(Origin origin) {
    return columns(origin).stream()
        .findFirst()
        .flatMap(name -> profile.flatMap(file -> file.column(name)));
  }

  private static Optional<VectorColumn> vector(FileProfile file, Origin origin) {
    return file.vectors().stream().filter(found -> found.origin().equals(origin)).findFirst();
  }

  private static boolean unique(FileProfile file, Origin origin) {
    return origin instanceof Origin.Columns(var names)
        && names.size() == 1
        && file.column(names.getFirst())
            .filter(column -> column.unique() && column.empty() == 0)
            .isPresent();
  }

  private static Set<String> columns(Origin origin) {
    return switch (origin) {
      case Origin.Columns(var names) -> new LinkedHashSet<>(names);
      case Origin.VectorFile file -> Set.of();
      case Origin.EmbeddedText text -> Set.of();
    };
  }
}
