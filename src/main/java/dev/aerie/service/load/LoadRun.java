package dev.aerie.service.load;

import dev.aerie.dataset.BatchReader;
import dev.aerie.dataset.DataFileException;
import dev.aerie.dataset.RejectFile;
import dev.aerie.dataset.RowBatch;
import dev.aerie.dataset.RowError;
import dev.aerie.dataset.SourceRow;
import dev.aerie.embed.TextEmbedder;
import dev.aerie.engine.Capability;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.Consistency;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.Request;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.RowRequest.Written;
import dev.aerie.engine.TextColumn;
import dev.aerie.service.load.LoadOptions.Mode;
import dev.aerie.service.load.LoadOptions.OnBadRow;
import dev.aerie.service.load.LoadPlan.Target;
import dev.aerie.service.load.LoadReport.Outcome;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One load from its first batch to its report. For one thread, once.
final class LoadRun {
  private static final int TOLD = 1_000;
  private static final int MAX_REFUSED = 100;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
  private static final Duration TICK = Duration.ofMillis(100);

  private final Engine engine;
  private final LoadPlan plan;
  private final LoadOptions options;
  private final TextEmbedder embedder;
  private final Consumer<LoadStatus> listener;
  private final Progress progress;
  private final String database;
  private final String collection;
  private final long started = System.nanoTime();

  private final List<RejectedRow> told = new ArrayList<>();
  private long firstRow;
  private long read;
  private long written;
  private long rejected;
  private long countBefore;
  private boolean autoId;

  LoadRun(
      Engine engine,
      LoadPlan plan,
      TextEmbedder embedder,
      Consumer<LoadStatus> listener,
      Progress progress) {
    this.engine = engine;
    this.plan = plan;
    this.options = plan.options();
    this.embedder = embedder;
    this.listener = listener;
    this.progress = progress;
    this.database = plan.target().database();
    this.collection = plan.target().collection();
  }

  /// A bad row ended the load, as was asked.
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoppedException(RowError error) {
      super("row %,d: %s".formatted(error.row(), error.reason()));
    }
  }

  LoadReport run() {
    var found = options.journal().flatMap(LoadJournal::read);
    found.ifPresent(this::requireSame);
    boolean resumed = found.isPresent();
    var schema = resumed ? described() : prepared();
    var binding = LoadBinding.of(plan, schema);
    autoId = schema.fields().stream().anyMatch(Field::autoId);
    countBefore = resumed ? found.get().position().countBefore() : count();
    found.ifPresent(journal -> goOn(journal.position()));
    firstRow = read;
    Outcome outcome;
    String message;
    try (var journal = journal(resumed);
        var rejects = rejects(resumed);
        var keys = keys(resumed)) {
      try {
        progress.phase(resumed ? "Loading on from row %,d".formatted(read + 1) : "Loading");
        load(binding, new Outputs(journal, rejects, keys));
        finish();
        outcome = Outcome.DONE;
        message = "%,d rows are in \"%s\"".formatted(written, collection);
        if (journal != null) {
          journal.remove();
        }
      } catch (CancellationException e) {
        outcome = Outcome.CANCELLED;
        message =
            "Cancelled. %,d rows are already in \"%s\"; the file was read up to row %,d"
                .formatted(written, collection, read);
      } catch (StoppedException e) {
        outcome = Outcome.STOPPED;
        message =
            "Stopped at %s. %,d rows before it are in \"%s\""
                .formatted(e.getMessage(), written, collection);
      } catch (EngineException | DataFileException e) {
        outcome = Outcome.FAILED;
        message =
            "%s. %,d rows are in \"%s\"; the file was read up to row %,d"
                .formatted(e.getMessage(), written, collection, read);
      }
    } catch (IOException e) {
      throw new DataFileException(plan.file(), "was loaded, and its keys not kept: " + e, e);
    }
    return report(outcome, message);
  }

  private CollectionSchema described() {
    return engine.call(new CollectionRequest.Describe(database, collection), progress).schema();
  }

  private CollectionSchema prepared() {
    return switch (plan.target()) {
      case Target.Existing existing -> described();
      case Target.New(var db, var schema, var indexes) -> {
        // Checked first, so that a mapping that does not fit leaves no empty collection.
        var _ = LoadBinding.of(plan, schema);
        engine.call(new CollectionRequest.Create(db, schema), progress);
        for (var index : indexes) {
          engine.call(new IndexRequest.Create(db, collection, index), progress);
        }
        if (!indexes.isEmpty() && engine.capabilities().has(Capability.LOAD_RELEASE)) {
          engine.call(new CollectionRequest.Load(db, collection), progress);
        }
        yield schema;
      }
    };
  }

  private void requireSame(LoadJournal.Found found) {
    var before = found.plan();
    boolean same =
        before.file().equals(plan.file().toAbsolutePath())
            && found.fingerprint().equals(LoadJournal.Fingerprint.of(plan.file()))
            && before.target().database().equals(database)
            && before.target().collection().equals(collection);
    if (!same) {
      throw new IllegalArgumentException(
          "journal \"%s\" belongs to the load of \"%s\" into \"%s\", or that file has changed since"
              .formatted(
                  options.journal().orElseThrow().getFileName(),
                  before.file().getFileName(),
                  before.target().collection()));
    }
  }

  /// Takes up the position of a load that was cut off, and finds out about its last batch.
  private void goOn(LoadJournal.Position position) {
    read = position.row();
    written = position.written();
    rejected = position.rejected();
    if (position.intended() > 0
        && options.mode() == Mode.INSERT
        && count() - countBefore >= written + position.intended()) {
      read = position.intendedRow();
      written += position.intended();
      rejected = position.intendedRejected();
    }
  }

  private @Nullable LoadJournal journal(boolean resumed) {
    if (options.journal().isEmpty()) {
      return null;
    }
    var file = options.journal().get();
    return resumed ? LoadJournal.resume(file) : LoadJournal.create(file, plan, countBefore);
  }

  private @Nullable RejectFile rejects(boolean resumed) {
    return options.rejectFile().map(file -> new RejectFile(file, resumed)).orElse(null);
  }

  private @Nullable Writer keys(boolean resumed) throws IOException {
    if (options.keysFile().isEmpty() || !autoId) {
      return null;
    }
    var file = options.keysFile().get();
    return resumed
        ? Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
        : Files.newBufferedWriter(file);
  }

  private record Outputs(
      @Nullable LoadJournal journal, @Nullable RejectFile rejects, @Nullable Writer keys) {}

  private void load(LoadBinding binding, Outputs outputs) {
    var reader = binding.source().open(read);
    long fileBytes = binding.source().bytes();
    try (var batches =
        new BatchReader(reader, binding.bindings(), options.batchRows(), options.batchBytes())) {
      for (var next = batches.next(); next.isPresent(); next = batches.next()) {
        progress.update(batches.bytesRead(), fileBytes);
        var batch = next.get();
        if (options.onBadRow() == OnBadRow.STOP && !batch.errors().isEmpty()) {
          var error = batch.errors().get(0);
          reject(error, outputs);
          throw new StoppedException(error);
        }
        if (outputs.journal() != null) {
          outputs
              .journal()
              .intent(batch.rows().size(), batch.lastRow(), rejected + batch.errors().size());
        }
        send(batch, binding, outputs);
        for (var error : batch.errors()) {
          reject(error, outputs);
        }
        read = batch.lastRow();
        if (outputs.journal() != null) {
          outputs.journal().done(read, written, rejected);
        }
        tell(batches.bytesRead(), fileBytes, Optional.empty());
      }
      progress.update(fileBytes, fileBytes);
    }
  }

  private void send(RowBatch batch, LoadBinding binding, Outputs outputs) {
    if (batch.rows().size() == 0) {
      return;
    }
    var rows = batch.rows();
    for (var field : binding.embedded()) {
      var texts = (TextColumn) rows.column(field.name()).orElseThrow();
      var list = new ArrayList<String>(texts.size());
      for (int row = 0; row < texts.size(); row++) {
        list.add(texts.get(row));
      }
      rows = rows.with(embedder.embed(field.name(), list, new Cancellable(progress)));
    }
    var refused = new int[1];
    send(rows, batch.sources(), outputs, refused);
  }

  /// Sends rows; where the engine refuses them as wrong, halves of them, until the wrong ones are
  /// alone.
  private void send(ColumnBatch rows, List<SourceRow> sources, Outputs outputs, int[] refused) {
    try {
      var answer = acknowledged(rows);
      written += rows.size();
      keep(answer.ids(), outputs);
    } catch (EngineException e) {
      if (e.code() != ErrorCode.INVALID_ARGUMENT) {
        throw e;
      }
      if (rows.size() > 1) {
        int middle = rows.size() / 2;
        send(rows.slice(0, middle), sources.subList(0, middle), outputs, refused);
        send(
            rows.slice(middle, rows.size()),
            sources.subList(middle, rows.size()),
            outputs,
            refused);
        return;
      }
      if (++refused[0] > MAX_REFUSED) {
        throw e;
      }
      var source = sources.get(0);
      var error =
          new RowError(
              source.number(), Optional.empty(), String.valueOf(e.getMessage()), source.text());
      reject(error, outputs);
      if (options.onBadRow() == OnBadRow.STOP) {
        throw new StoppedException(error);
      }
    }
  }

  /// Writes, again after growing pauses while the engine cannot take it.
  private Written acknowledged(ColumnBatch rows) {
    var pause = FIRST_PAUSE;
    boolean uncertain = false;
    for (int attempt = 0; ; attempt++) {
      try {
        if (uncertain && autoId && landed(rows.size())) {
          return new Written(new TextColumn("ids"), rows.size(), 0);
        }
        return engine.call(request(rows, uncertain), Progress.NONE);
      } catch (EngineException e) {
        boolean passing =
            switch (e.code()) {
              case UNAVAILABLE, TIMEOUT, RESOURCE_EXHAUSTED -> true;
              case INVALID_ARGUMENT,
                  DATABASE_NOT_FOUND,
                  COLLECTION_NOT_FOUND,
                  PARTITION_NOT_FOUND,
                  INDEX_NOT_FOUND,
                  ALIAS_NOT_FOUND,
                  FIELD_NOT_FOUND,
                  NOT_FOUND,
                  ALREADY_EXISTS,
                  NOT_LOADED,
                  FAILED_PRECONDITION,
                  SCHEMA_CHANGED,
                  UNAUTHENTICATED,
                  PERMISSION_DENIED,
                  UNSUPPORTED,
                  CORRUPT,
                  INTERNAL ->
                  false;
            };
        if (!passing || attempt >= options.retries()) {
          throw e;
        }
        uncertain = uncertain || e.code() != ErrorCode.RESOURCE_EXHAUSTED;
        tell(
            0,
            0,
            Optional.of(
                "%s; trying again in %.1f s (%d of %d)"
                    .formatted(
                        e.getMessage(),
                        pause.toMillis() / 1000.0,
                        attempt + 1,
                        options.retries())));
        rest(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }
  }

  private Request<Written> request(ColumnBatch rows, boolean uncertain) {
    boolean again = uncertain && !autoId && engine.capabilities().has(Capability.UPSERT);
    return options.mode() == Mode.UPSERT || again
        ? new RowRequest.Upsert(database, collection, rows)
        : new RowRequest.Insert(database, collection, rows);
  }

  private boolean landed(int rows) {
    return count() - countBefore >= written + rows;
  }

  private void rest(Duration pause) {
    long until = System.nanoTime() + pause.toNanos();
    while (System.nanoTime() < until) {
      progress.check();
      try {
        Thread.sleep(TICK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting");
      }
    }
  }

  private void keep(Column ids, Outputs outputs) {
    if (outputs.keys() == null) {
      return;
    }
    try {
      for (int row = 0; row < ids.size(); row++) {
        outputs.keys().write(ids.value(row).orElse("") + "\n");
      }
      outputs.keys().flush();
    } catch (IOException e) {
      throw new DataFileException(
          options.keysFile().orElseThrow(), "cannot be written: " + e.getMessage(), e);
    }
  }

  private void reject(RowError error, Outputs outputs) {
    rejected++;
    if (told.size() < TOLD) {
      told.add(RejectedRow.of(error));
    }
    if (outputs.rejects() != null) {
      outputs.rejects().write(error);
    }
  }

  private void finish() {
    progress.phase("Making sure it is stored");
    if (engine.capabilities().has(Capability.FLUSH)) {
      engine.call(new MaintenanceRequest.Flush(database, List.of(collection)), progress);
    }
    if (plan.target() instanceof Target.New(var db, var schema, var indexes)) {
      progress.phase("Building the index");
      for (var index : indexes) {
        engine.call(new IndexRequest.Await(db, collection, index.name()), progress);
      }
    }
  }

  /// Rows in the collection: counted, or what the engine's statistics say where it is not loaded.
  private long count() {
    try {
      return engine.call(
          new QueryRequest.Count(
              database, collection, Scope.of(Filter.ALL).at(Consistency.STRONG)));
    } catch (EngineException e) {
      if (e.code() != ErrorCode.NOT_LOADED) {
        throw e;
      }
      return engine.call(new CollectionRequest.Statistics(database, collection)).rows();
    }
  }

  private LoadReport report(Outcome ended, String said) {
    long after = -1;
    var outcome = ended;
    var message = said;
    try {
      after = count();
    } catch (EngineException e) {
      message = message + "; the rows could not be counted: " + e.getMessage();
      outcome = outcome == Outcome.DONE ? Outcome.MISCOUNTED : outcome;
    }
    long added = after - countBefore;
    boolean fits =
        options.mode() == Mode.INSERT ? added == written : added >= 0 && added <= written;
    if (after >= 0 && !fits) {
      outcome = outcome == Outcome.DONE ? Outcome.MISCOUNTED : outcome;
      message =
          "%s; but the count went from %,d to %,d, where %,d rows were written. Keys that come twice, or another writer, would do that"
              .formatted(message, countBefore, after, written);
    }
    return new LoadReport(
        outcome,
        database,
        collection,
        read,
        written,
        told,
        rejected,
        options.rejectFile().filter(Files::exists),
        options.keysFile().filter(Files::exists),
        countBefore,
        after,
        Duration.ofNanos(System.nanoTime() - started),
        message);
  }

  private void tell(long bytesRead, long fileBytes, Optional<String> notice) {
    double seconds = (System.nanoTime() - started) / 1e9;
    long here = read - firstRow;
    Optional<Duration> remaining =
        bytesRead > 0 && bytesRead < fileBytes && seconds > 1
            ? Optional.of(
                Duration.ofMillis((long) (seconds * 1000 * (fileBytes - bytesRead) / bytesRead)))
            : Optional.empty();
    listener.accept(
        new LoadStatus(
            read,
            written,
            rejected,
            bytesRead,
            fileBytes,
            seconds > 0 ? here / seconds : 0,
            remaining,
            notice));
  }

  /// Passes on that the caller has given up, and nothing else.
  private record Cancellable(Progress whole) implements Progress {
    @Override
    public void update(long done, long total) {
      whole.check();
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
