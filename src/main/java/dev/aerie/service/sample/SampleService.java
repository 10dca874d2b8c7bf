package dev.aerie.service.sample;

import dev.aerie.dataset.WordNetSample;
import dev.aerie.dataset.WordNetSample.Synset;
import dev.aerie.embed.TextEmbedder;
import dev.aerie.engine.Capability;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.ColumnBuilder;
import dev.aerie.engine.Consistency;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Embedding;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.RowRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/// Makes the collection `wordnet_synsets` and the vectors of texts to search it with.
public final class SampleService {
  public static final String COLLECTION = "wordnet_synsets";
  public static final String VECTOR = "embedding";

  /// Rows that are offered first: enough to be interesting, embedded in well under a minute.
  public static final int DEFAULT_ROWS = 10_000;

  /// All of WordNet 3.1.
  public static final int ALL_ROWS = 117_791;

  private static final int BATCH = 1_000;

  private final TextEmbedder embedder;

  public SampleService(TextEmbedder embedder) {
    this.embedder = embedder;
  }

  /// What was made.
  ///
  /// @param rows counted in the engine after the load
  public record SampleReport(String database, String collection, long rows) {}

  /// Creates the collection, embeds and inserts synsets, builds the index and loads it.
  ///
  /// When it is cancelled or fails, the collection is dropped again: nothing half-written stays.
  ///
  /// @param rows the best known so many; [#ALL_ROWS] for all
  /// @param progress phases, each in rows
  /// @throws EngineException `ALREADY_EXISTS` if the database has a collection of that name
  public SampleReport load(Engine engine, String database, int rows, Progress progress) {
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1; got " + rows);
    }
    if (exists(engine, database)) {
      throw new EngineException(
          ErrorCode.ALREADY_EXISTS,
          "database \"%s\" already has a collection \"%s\"; open it, or drop it first"
              .formatted(database, COLLECTION));
    }
    progress.phase("Reading WordNet");
    var synsets = WordNetSample.read(progress).first(rows);
    var schema = schema();
    engine.call(new CollectionRequest.Create(database, schema), progress);
    try {
      progress.phase("Embedding and inserting");
      insert(engine, database, schema, synsets, progress);
      return finish(engine, database, synsets.size(), progress);
    } catch (EngineException | CancellationException e) {
      drop(engine, database, e);
      throw e;
    }
  }

  public boolean exists(Engine engine, String database) {
    return engine.call(new CollectionRequest.Exists(database, COLLECTION));
  }

  /// The vector of a text, in the model the sample is embedded with.
  public Embedding query(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the search text is empty");
    }
    return embedder.embed(text);
  }

  /// The model's name, for a person.
  public String model() {
    return embedder.model();
  }

  CollectionSchema schema() {
    return new CollectionSchema(
        COLLECTION,
        "WordNet 3.1, embedded with " + embedder.model(),
        List.of(
            Field.scalar("id", DataType.INT64)
                .asPrimaryKey(false)
                .withDescription("Part of speech (1 noun, 2 verb, 3 adjective, 4 adverb), offset"),
            Field.textArray("lemmas", 64, 256).withDescription("Words that mean this"),
            Field.varchar("gloss", 2_048).withDescription("Definition and examples"),
            Field.varchar("category", 32).withDescription("Lexicographer's file"),
            Field.varchar("pos", 16).withDescription("Part of speech"),
            Field.scalar("frequency", DataType.INT32)
                .withDescription("Times met in tagged text; 0 where it was not"),
            Field.vector(VECTOR, DataType.FLOAT_VECTOR, embedder.dimension())
                .withDescription(embedder.model() + " of words and definition")),
        List.of(),
        false);
  }

  ColumnBatch batch(CollectionSchema schema, List<Synset> synsets, Progress progress) {
    var ids = new ColumnBuilder(schema.fields().get(0));
    var lemmas = new ColumnBuilder(schema.fields().get(1));
    var glosses = new ColumnBuilder(schema.fields().get(2));
    var categories = new ColumnBuilder(schema.fields().get(3));
    var parts = new ColumnBuilder(schema.fields().get(4));
    var frequencies = new ColumnBuilder(schema.fields().get(5));
    for (var synset : synsets) {
      ids.append(synset.id());
      lemmas.append(synset.lemmas());
      glosses.append(synset.gloss());
      categories.append(synset.category());
      parts.append(synset.pos());
      frequencies.append(synset.frequency());
    }
    return ColumnBatch.of(
        ids.build(),
        lemmas.build(),
        glosses.build(),
        categories.build(),
        parts.build(),
        frequencies.build(),
        embedder.embed(VECTOR, synsets.stream().map(Synset::text).toList(), progress));
  }

  private void insert(
      Engine engine,
      String database,
      CollectionSchema schema,
      List<Synset> synsets,
      Progress progress) {
    for (int from = 0; from < synsets.size(); from += BATCH) {
      int to = Math.min(synsets.size(), from + BATCH);
      var part = new PartialProgress(progress, from, synsets.size());
      var batch = batch(schema, synsets.subList(from, to), part);
      engine.call(new RowRequest.Insert(database, COLLECTION, batch), Progress.NONE);
      progress.update(to, synsets.size());
    }
  }

  private SampleReport finish(Engine engine, String database, int expected, Progress progress) {
    if (engine.capabilities().has(Capability.FLUSH)) {
      engine.call(new MaintenanceRequest.Flush(database, List.of(COLLECTION)), progress);
    }
    progress.phase("Building the index");
    var index = index(engine);
    engine.call(new IndexRequest.Create(database, COLLECTION, index), progress);
    engine.call(new IndexRequest.Await(database, COLLECTION, index.name()), progress);
    progress.phase("Loading");
    if (engine.capabilities().has(Capability.LOAD_RELEASE)) {
      engine.call(new CollectionRequest.Load(database, COLLECTION), progress);
    }
    long rows =
        engine.call(
            new QueryRequest.Count(
                database, COLLECTION, Scope.of(Filter.ALL).at(Consistency.STRONG)),
            progress);
    if (rows != expected) {
      throw new EngineException(
          ErrorCode.INTERNAL,
          "\"%s\" holds %,d rows after the load of %,d".formatted(COLLECTION, rows, expected));
    }
    return new SampleReport(database, COLLECTION, rows);
  }

  private static IndexSpec index(Engine engine) {
    boolean graph =
        engine.capabilities().indexTypes(DataType.FLOAT_VECTOR).contains(IndexType.HNSW);
    return graph
        ? IndexSpec.of(
            VECTOR, IndexType.HNSW, Metric.COSINE, Map.of("M", "16", "efConstruction", "200"))
        : IndexSpec.of(VECTOR, IndexType.AUTOINDEX, Metric.COSINE, Map.of());
  }

  private static void drop(Engine engine, String database, RuntimeException cause) {
    try {
      engine.call(new CollectionRequest.Drop(database, COLLECTION));
    } catch (EngineException e) {
      cause.addSuppressed(e);
    }
  }

  /// Reports a batch's texts as part of all rows.
  private record PartialProgress(Progress whole, int before, int total) implements Progress {
    @Override
    public void update(long done, long ofBatch) {
      whole.update(before + done, total);
    }

    @Override
    public void phase(String name) {
      whole.check();
    }

    @Override
    public void check() {
      whole.check();
    }
  }
}
