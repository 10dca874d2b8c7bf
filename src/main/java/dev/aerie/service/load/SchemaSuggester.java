package dev.aerie.service.load;

import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.Metric;
import dev.aerie.service.load.FileProfile.ColumnProfile;
import dev.aerie.service.load.FileProfile.VectorForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes a schema of a profile: a key, the vectors, and every other column with a type that holds
/// what was seen.
final class SchemaSuggester {
  private static final Set<String> KEY_NAMES = Set.of("id", "_id", "pk", "key", "uuid", "doc_id");

  private final FileProfile profile;
  private final Optional<Model> model;
  private final List<Field> fields = new ArrayList<>();
  private final List<LoadPlan.Mapping> mapping = new ArrayList<>();
  private final List<IndexSpec> indexes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /// The model that can make vectors of a text column.
  record Model(String name, int dimension) {}

  SchemaSuggester(FileProfile profile, Optional<Model> model) {
    this.profile = profile;
    this.model = model;
  }

  Suggestion suggest(String collection) {
    var key = key();
    if (key.isPresent()) {
      var field = field(key.get(), name(key.get().name()), false).asPrimaryKey(false);
      add(field, new Origin.Columns(key.get().name()));
    } else {
      fields.add(Field.scalar(name("id"), DataType.INT64).asPrimaryKey(true));
      notes.add("No column holds a key of its own, so the engine makes one");
    }
    var taken = new HashSet<String>();
    key.ifPresent(column -> taken.add(column.name()));
    for (var vector : profile.vectors()) {
      taken.addAll(vector.columns());
    }
    for (var column : profile.columns()) {
      if (!taken.contains(column.name()) && column.kind() != ColumnKind.EMPTY) {
        add(field(column, name(column.name()), true), new Origin.Columns(column.name()));
      }
    }
    for (var vector : profile.vectors()) {
      if (indexes.size() < CollectionSchema.MAX_VECTOR_FIELDS
          && vector.dimension() <= Field.MAX_DIMENSION) {
        var name = name(vector.name());
        add(Field.vector(name, DataType.FLOAT_VECTOR, vector.dimension()), vector.origin());
        index(name, vector.quality().suggestedMetric());
        notes.add("\"%s\": %s".formatted(name, vector.quality().reason()));
        if (vector.form() == VectorForm.FILE) {
          notes.add(
              "\"%s\" comes from %s, row by row"
                  .formatted(name, vector.file().orElseThrow().getFileName()));
        }
      }
    }
    if (indexes.isEmpty()) {
      embedded();
    }
    return new Suggestion(
        new CollectionSchema(collection, "", fields, List.of(), false), mapping, indexes, notes);
  }

  private void embedded() {
    var text =
        profile.columns().stream()
            .filter(column -> column.kind() == ColumnKind.TEXT)
            .max(Comparator.comparingInt(ColumnProfile::longest));
    if (model.isEmpty() || text.isEmpty()) {
      throw new IllegalArgumentException(
          "\"%s\" holds no vectors and no text to make them of"
              .formatted(profile.file().getFileName()));
    }
    var name = name("embedding");
    add(
        Field.vector(name, DataType.FLOAT_VECTOR, model.get().dimension()),
        new Origin.EmbeddedText(text.get().name()));
    index(name, Metric.COSINE);
    notes.add(
        "The file holds no vectors; %s makes them of \"%s\" while loading"
            .formatted(model.get().name(), text.get().name()));
  }

  private void add(Field field, Origin origin) {
    fields.add(field);
    mapping.add(new LoadPlan.Mapping(field.name(), origin));
  }

  private void index(String field, Metric metric) {
    indexes.add(
        IndexSpec.of(field, IndexType.HNSW, metric, Map.of("M", "16", "efConstruction", "200")));
  }

  private Optional<ColumnProfile> key() {
    return profile.columns().stream()
        .filter(column -> column.empty() == 0 && column.unique())
        .filter(
            column ->
                column.kind() == ColumnKind.INTEGER
                    || column.kind() == ColumnKind.TEXT && column.longest() <= 512)
        .filter(column -> KEY_NAMES.contains(column.name().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private Field field(ColumnProfile column, String name, boolean mayBeNull) {
    var field =
        switch (column.kind()) {
          case BOOLEAN -> Field.scalar(name, DataType.BOOL);
          case INTEGER -> Field.scalar(name, DataType.INT64);
          case NUMBER -> Field.scalar(name, DataType.DOUBLE);
          case TEXT, MIXED, EMPTY -> Field.varchar(name, length(column));
          case JSON -> Field.scalar(name, DataType.JSON);
          case LIST, VECTOR -> list(column, name);
        };
    // A file that was not read to its end may hold empty cells further on.
    return mayBeNull && (column.empty() > 0 || profile.profiledRows() < profile.rows())
        ? field.withNullable()
        : field;
  }

  private static Field list(ColumnProfile column, String name) {
    int capacity = Math.min(Field.MAX_CAPACITY, powerOfTwo(2 * column.mostElements(), 16));
    if (!column.numericElements()) {
      return Field.textArray(name, capacity, Field.MAX_LENGTH);
    }
    return Field.array(name, column.wholeElements() ? DataType.INT64 : DataType.DOUBLE, capacity);
  }

  private int length(ColumnProfile column) {
    boolean whole = profile.profiledRows() >= profile.rows();
    return Math.min(Field.MAX_LENGTH, powerOfTwo((whole ? 2 : 8) * column.longest(), 64));
  }

  private static int powerOfTwo(int least, int floor) {
    int power = floor;
    while (power < least && power < 1 << 30) {
      power *= 2;
    }
    return power;
  }

  /// A column's name within Milvus' rule, different from those before.
  private String name(String column) {
    var cleaned = column.strip().replaceAll("[^A-Za-z0-9_]", "_");
    if (cleaned.isEmpty() || Character.isDigit(cleaned.charAt(0))) {
      cleaned = "_" + cleaned;
    }
    var name = cleaned.substring(0, Math.min(cleaned.length(), Field.MAX_NAME - 4));
    int number = 2;
    var unique = name;
    while (!names.add(unique)) {
      unique = name + "_" + number++;
    }
    return unique;
  }
}
