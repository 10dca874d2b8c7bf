package dev.aerie.service.load;

import dev.aerie.dataset.BatchReader;
import dev.aerie.dataset.DataFileException;
import dev.aerie.dataset.FileFormat;
import dev.aerie.dataset.RowSource;
import dev.aerie.embed.TextEmbedder;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Looks at files and loads them. Blocking; safe for use by several threads.
public final class LoadService {
  private static final int DRY_RUN_ROWS = 1_000;

  private final TextEmbedder embedder;

  public LoadService(TextEmbedder embedder) {
    this.embedder = embedder;
  }

  /// What the names of files that can be loaded look like: `*.csv`.
  public static List<String> filePatterns() {
    return FileFormat.patterns();
  }

  /// Looks at a file; progress in bytes.
  ///
  /// @param maxRows to look at; `Long.MAX_VALUE` for all, which counts and measures exactly
  /// @throws DataFileException if it cannot be read: a folder, no permission, 0
  ///     bytes, no known format, no row
  public FileProfile profile(Path file, long maxRows, Progress progress) {
    return new Profiler(RowSource.of(file), maxRows, progress).profile();
  }

  /// A schema for a file, and how the file fills it.
  ///
  /// @param collection the name it is to have
  /// @throws IllegalArgumentException if the file holds neither vectors nor text to embed
  public Suggestion suggest(FileProfile profile, String collection) {
    boolean needsModel = profile.vectors().isEmpty();
    var model =
        needsModel
            ? Optional.of(new SchemaSuggester.Model(embedder.model(), embedder.dimension()))
            : Optional.<SchemaSuggester.Model>empty();
    return new SchemaSuggester(profile, model).suggest(collection);
  }

  /// A mapping of a file to a collection that is there, by name, capitals and marks aside; fields
  /// nothing fits are left out.
  public List<LoadPlan.Mapping> match(FileProfile profile, CollectionSchema schema) {
    var mapping = new ArrayList<LoadPlan.Mapping>();
    for (var field : schema.fields()) {
      if (field.autoId() || field.functionOutput() || field.isDynamic()) {
        continue;
      }
      var vector =
          profile.vectors().stream()
              .filter(found -> field.type().isDenseVector())
              .filter(found -> found.dimension() == field.dimension())
              .filter(
                  found ->
                      plain(found.name()).equals(plain(field.name()))
                          || profile.vectors().size() == 1)
              .findFirst();
      var column =
          profile.columns().stream()
              .filter(found -> plain(found.name()).equals(plain(field.name())))
              .findFirst();
      if (vector.isPresent()) {
        mapping.add(new LoadPlan.Mapping(field.name(), vector.get().origin()));
      } else if (column.isPresent()) {
        mapping.add(new LoadPlan.Mapping(field.name(), new Origin.Columns(column.get().name())));
      }
    }
    return List.copyOf(mapping);
  }

  /// Reads and converts the first 1,000 rows without writing or embedding anything.
  ///
  /// @throws IllegalArgumentException if the mapping does not fit file and schema, saying where
  public DryRunReport dryRun(Engine engine, LoadPlan plan, Progress progress) {
    var binding = LoadBinding.of(plan, schema(engine, plan.target()));
    var reader = binding.source().open(0);
    try (var batches = new BatchReader(reader, binding.bindings(), DRY_RUN_ROWS, Long.MAX_VALUE)) {
      progress.check();
      var batch = batches.next().orElseThrow(() -> new IllegalArgumentException("no row"));
      return new DryRunReport(
          batch.lastRow(), batch.rows(), batch.errors().stream().map(RejectedRow::of).toList());
    }
  }

  /// Loads. A journal of the same load that is there is gone on with; of another, refused.
  ///
  /// @param listener hears where the load stands after every batch, on the calling thread
  /// @param progress in bytes of the file; cancelled, the report says what is in
  /// @return how it ended, also where it was cancelled, stopped or failed after its first row
  /// @throws IllegalArgumentException if the mapping does not fit file and schema, saying where
  /// @throws EngineException if the collection is missing, or there already
  public LoadReport run(
      Engine engine, LoadPlan plan, Consumer<LoadStatus> listener, Progress progress) {
    return new LoadRun(engine, plan, embedder, listener, progress).run();
  }

  /// The loads that were cut off, by the journals in a folder.
  public List<UnfinishedLoad> unfinished(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var loads = new ArrayList<UnfinishedLoad>();
    try (var files = Files.list(folder)) {
      for (var file : files.sorted().toList()) {
        LoadJournal.read(file)
            .map(
                found ->
                    new UnfinishedLoad(
                        file, found.plan(), found.position().row(), found.position().written()))
            .ifPresent(loads::add);
      }
    } catch (IOException e) {
      throw new DataFileException(folder, "cannot be listed: " + e, e);
    }
    return List.copyOf(loads);
  }

  /// @param plan to give to [#run] as it is; its target is the collection that was begun
  /// @param rowsRead of the file
  /// @param written acknowledged by the engine
  public record UnfinishedLoad(Path journal, LoadPlan plan, long rowsRead, long written) {}

  private static CollectionSchema schema(Engine engine, LoadPlan.Target target) {
    return switch (target) {
      case LoadPlan.Target.New(var database, var schema, var indexes) -> schema;
      case LoadPlan.Target.Existing(var database, var collection) ->
          engine.call(new CollectionRequest.Describe(database, collection)).schema();
    };
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
