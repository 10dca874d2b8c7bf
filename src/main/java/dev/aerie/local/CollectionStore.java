package dev.aerie.local;

import dev.aerie.engine.Column;
import dev.aerie.engine.DataType;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.local.log.LogScan;
import dev.aerie.local.log.WriteAheadLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.KeepOnlyLastCommitDeletionPolicy;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SnapshotDeletionPolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// The rows of one collection on disk: an index and a log.
///
/// Writes are made one after the other under one lock and forced outside of it, many at once. Reads
/// see a point in time and block nobody. After a failed write or commit the store refuses writes,
/// while reads go on, and opens itself anew with the next one: what the disk then holds is found
/// out from the disk.
final class CollectionStore implements AutoCloseable {
  private static final String SEQ = "seq";
  private static final String TIMESTAMP = "timestamp";
  private static final String FORMAT = "format";
  private static final String FORMAT_VERSION = "1";

  private final Path folder;
  private final LocalOptions options;
  private final WriterSettings settings;
  private final ReentrantLock lock = new ReentrantLock();

  private volatile RowDocuments documents;
  private volatile Open open;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;
  private volatile long appliedTimestamp;
  private volatile long visibleTimestamp;
  private volatile long refreshedAt;
  private long appliedSeq;
  private @Nullable BytesRef greatestKey;
  private volatile long tornBytes;

  /// What a writer is configured with.
  @FunctionalInterface
  interface WriterSettings {
    /// @return a fresh configuration, since Lucene takes each once
    IndexWriterConfig config();
  }

  /// What is open at a time, opened and closed together.
  private record Open(
      Directory directory,
      IndexWriter writer,
      SnapshotDeletionPolicy snapshots,
      SearcherManager searchers,
      WriteAheadLog log)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try (var _ = directory;
          var _ = log;
          var _ = searchers) {
        writer.rollback();
      }
    }
  }

  /// Makes the record of a write, under the lock.
  @FunctionalInterface
  interface Edit {
    /// @param current everything applied so far
    /// @return empty if there is nothing to write
    Optional<LogEntry> make(IndexSearcher current) throws IOException;
  }

  private CollectionStore(
      Path folder, LocalOptions options, WriterSettings settings, RowDocuments documents)
      throws IOException {
    this.folder = folder;
    this.options = options;
    this.settings = settings;
    this.documents = documents;
    this.open = recover();
  }

  /// Makes an empty store in a folder that does not exist.
  static CollectionStore create(
      Path folder, LocalOptions options, WriterSettings settings, RowDocuments documents)
      throws IOException {
    Files.createDirectories(logFolder(folder));
    try (var directory = new MMapDirectory(indexFolder(folder));
        var writer = new IndexWriter(directory, settings.config())) {
      writer.setLiveCommitData(commitData(0, 0).entrySet());
      writer.commit();
    }
    return new CollectionStore(folder, options, settings, documents);
  }

  /// Opens a store and replays what its index does not hold yet.
  ///
  /// @throws dev.aerie.local.log.LogCorruptException if acknowledged writes may be lost
  static CollectionStore open(
      Path folder, LocalOptions options, WriterSettings settings, RowDocuments documents)
      throws IOException {
    return new CollectionStore(folder, options, settings, documents);
  }

  static Path indexFolder(Path folder) {
    return folder.resolve("index");
  }

  static Path logFolder(Path folder) {
    return folder.resolve("wal");
  }

  /// The sequence number an index holds everything up to.
  static long committedSeq(Directory directory) throws IOException {
    var data = SegmentInfos.readLatestCommit(directory).getUserData();
    var format = data.get(FORMAT);
    var seq = data.get(SEQ);
    if (!FORMAT_VERSION.equals(format) || seq == null) {
      throw new IOException(
          "the index has format %s; this Aerie reads format %s".formatted(format, FORMAT_VERSION));
    }
    return Long.parseLong(seq);
  }

  /// From here on rows are made into documents by these.
  void adopt(RowDocuments next) {
    lock.lock();
    try {
      documents = next;
    } finally {
      lock.unlock();
    }
  }

  RowDocuments documents() {
    return documents;
  }

  /// Writes one record; durable when this returns.
  ///
  /// @return the record, or empty where there was nothing to write
  Optional<LogEntry> write(boolean needsCurrent, Edit edit) {
    long seq;
    LogEntry entry;
    Open current;
    lock.lock();
    try {
      reopenIfFailed();
      current = open;
      var made = needsCurrent ? makeOnCurrent(edit) : makeBlind(edit);
      if (made.isEmpty()) {
        return made;
      }
      entry = made.get();
      if (current.log.currentBytes() > options.logFileBytes()) {
        current.log.roll();
      }
      seq = current.log.append(entry.toBytes());
      applyOrAbort(current, seq, entry);
      if (current.log.bytes() > options.logBytes()) {
        commit();
      }
    } catch (IOException e) {
      throw failed("write to", e);
    } finally {
      lock.unlock();
    }
    if (options.forced()) {
      try {
        current.log.sync(seq);
      } catch (IOException e) {
        throw failed("write to", e);
      }
    }
    return Optional.of(entry);
  }

  private Optional<LogEntry> makeOnCurrent(Edit edit) throws IOException {
    refresh();
    try (var view = acquire()) {
      return edit.make(view.searcher());
    }
  }

  private Optional<LogEntry> makeBlind(Edit edit) throws IOException {
    try (var view = acquire()) {
      return edit.make(view.searcher());
    }
  }

  private void applyOrAbort(Open current, long seq, LogEntry entry) throws IOException {
    try {
      apply(current, entry);
      appliedSeq = seq;
      appliedTimestamp = Math.max(appliedTimestamp, entry.timestamp());
    } catch (RuntimeException | Error bug) {
      // Parts of it may be in the index; the store opens anew without it.
      long aborted = current.log.append(new LogEntry.Abort(entry.timestamp(), seq).toBytes());
      current.log.sync(aborted);
      failure = bug;
      throw bug;
    }
  }

  private void apply(Open current, LogEntry entry) throws IOException {
    var writer = current.writer;
    switch (entry) {
      case LogEntry.Write write -> apply(writer, write);
      case LogEntry.Delete(_, Column ids) -> {
        var terms = new Term[ids.size()];
        for (int row = 0; row < terms.length; row++) {
          terms[row] = Keys.term(Keys.get(ids, row));
        }
        writer.deleteDocuments(terms);
      }
      case LogEntry.DropPartition(_, long partition) ->
          writer.deleteDocuments(
              new TermQuery(new Term(LuceneNames.PARTITION, Long.toString(partition))));
      case LogEntry.Truncate _ -> {
        writer.deleteAll();
        greatestKey = null;
      }
      case LogEntry.Abort _ -> {}
    }
  }

  private void apply(IndexWriter writer, LogEntry.Write write) throws IOException {
    var rows = write.rows();
    var ids = rows.column(documents.fields().key().name()).orElseThrow();
    boolean fresh = rises(ids);
    List<Document> added = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      var document = documents.document(rows, row, write.partition(row), write.timestamp());
      if (fresh) {
        added.add(document);
      } else {
        writer.updateDocument(Keys.term(Keys.get(ids, row)), document);
      }
    }
    if (!added.isEmpty()) {
      writer.addDocuments(added);
    }
  }

  /// Whether the keys rise and are above all that are there, so that none replaces a row and
  /// looking
  /// for it can be left out. Remembers the greatest.
  private boolean rises(Column ids) {
    boolean rises = true;
    var greatest = greatestKey;
    for (int row = 0; row < ids.size(); row++) {
      var key = Keys.toBytes(Keys.get(ids, row));
      if (greatest == null || key.compareTo(greatest) > 0) {
        greatest = key;
      } else {
        rises = false;
      }
    }
    greatestKey = greatest;
    return rises;
  }

  /// Makes everything applied durable in the index, and forgets the log of it.
  void commit() throws IOException {
    lock.lock();
    try {
      reopenIfFailed();
      var current = open;
      long seq = current.log.roll();
      current.writer.setLiveCommitData(commitData(seq, appliedTimestamp).entrySet());
      current.writer.commit();
      current.log.deleteUpTo(seq);
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /// Makes everything applied visible to reads.
  void refresh() throws IOException {
    long applied = appliedTimestamp;
    long now = System.nanoTime();
    open.searchers.maybeRefreshBlocking();
    visibleTimestamp = Math.max(visibleTimestamp, applied);
    refreshedAt = now;
  }

  /// A point in time to read, held until it is closed.
  ///
  /// @param visible everything up to this timestamp is in it
  record View(SearcherManager searchers, IndexSearcher searcher, long visible)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      searchers.release(searcher);
    }
  }

  View acquire() throws IOException {
    if (closed) {
      throw new EngineException(ErrorCode.UNAVAILABLE, "the collection has been closed");
    }
    long visible = visibleTimestamp;
    var searchers = open.searchers;
    return new View(searchers, searchers.acquire(), visible);
  }

  boolean isDirty() {
    return appliedTimestamp > visibleTimestamp;
  }

  /// Nanoseconds since everything applied was last made visible.
  long staleNanos() {
    return System.nanoTime() - refreshedAt;
  }

  long visibleTimestamp() {
    return visibleTimestamp;
  }

  long appliedTimestamp() {
    return appliedTimestamp;
  }

  IndexWriter writer() {
    return open.writer;
  }

  SnapshotDeletionPolicy snapshots() {
    return open.snapshots;
  }

  Directory directory() {
    return open.directory;
  }

  /// Bytes the last recovery cut off the log, which nobody had been promised.
  long tornBytes() {
    return tornBytes;
  }

  Path folder() {
    return folder;
  }

  /// Bytes of all files.
  long diskBytes() throws IOException {
    long bytes = 0;
    for (var part : List.of(indexFolder(folder), logFolder(folder))) {
      try (var listing = Files.newDirectoryStream(part)) {
        for (var file : listing) {
          try {
            bytes += Files.size(file);
          } catch (NoSuchFileException gone) {
            // A merge has just finished with it.
          }
        }
      }
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      var current = open;
      try (current) {
        if (failure == null) {
          long seq = current.log.roll();
          current.writer.setLiveCommitData(commitData(seq, appliedTimestamp).entrySet());
          current.writer.commit();
          current.log.deleteUpTo(seq);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Lets go of everything as a killed process would, for a collection that is to be deleted.
  void abandon() throws IOException {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        open.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private void reopenIfFailed() throws IOException {
    if (closed) {
      throw new EngineException(ErrorCode.UNAVAILABLE, "the collection has been closed");
    }
    if (failure == null && open.writer.getTragicException() != null) {
      failure = open.writer.getTragicException();
    }
    if (failure != null) {
      try (var _ = open) {
        // Closed first: the index has one writer.
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      open = recover();
      failure = null;
    }
  }

  private EngineException failed(String what, IOException cause) {
    failure = cause;
    var name = documents.fields().entry().name();
    var text = String.valueOf(cause.getMessage());
    boolean full = text.contains("No space left") || text.contains("not enough space");
    return new EngineException(
        full ? ErrorCode.RESOURCE_EXHAUSTED : ErrorCode.INTERNAL,
        full
            ? "the disk is full: cannot %s collection \"%s\"; free some space and try again"
                .formatted(what, name)
            : "cannot %s collection \"%s\": %s".formatted(what, name, text),
        cause);
  }

  private Open recover() throws IOException {
    var directory = new MMapDirectory(indexFolder(folder));
    IndexWriter writer = null;
    SearcherManager searchers = null;
    try {
      long committed = committedSeq(directory);
      var data = SegmentInfos.readLatestCommit(directory).getUserData();
      appliedTimestamp = Long.parseLong(data.getOrDefault(TIMESTAMP, "0"));
      var scan = LogScan.of(logFolder(folder), committed);
      tornBytes = scan.tornBytes();
      scan.repair();
      var snapshots = new SnapshotDeletionPolicy(new KeepOnlyLastCommitDeletionPolicy());
      writer =
          new IndexWriter(
              directory,
              settings
                  .config()
                  .setOpenMode(IndexWriterConfig.OpenMode.APPEND)
                  .setCommitOnClose(false)
                  .setIndexDeletionPolicy(snapshots));
      searchers = new SearcherManager(writer, true, true, new SearcherFactory());
      greatestKey = greatestKey(searchers);
      var log = new WriteAheadLog(logFolder(folder), options.logFiles(), scan);
      var opened = new Open(directory, writer, snapshots, searchers, log);
      appliedSeq = committed;
      replay(opened, scan, committed);
      searchers.maybeRefreshBlocking();
      visibleTimestamp = appliedTimestamp;
      refreshedAt = System.nanoTime();
      return opened;
    } catch (IOException | RuntimeException e) {
      try (var _ = directory;
          var _ = searchers) {
        if (writer != null) {
          writer.rollback();
        }
      }
      throw e;
    }
  }

  private void replay(Open opened, LogScan scan, long committed) throws IOException {
    var aborted = new HashSet<Long>();
    scan.replay(
        committed,
        (_, payload) -> {
          if (LogEntry.read(onHeap(payload)) instanceof LogEntry.Abort(_, long seq)) {
            aborted.add(seq);
          }
        });
    scan.replay(
        committed,
        (seq, payload) -> {
          var entry = LogEntry.read(onHeap(payload));
          if (!aborted.contains(seq)) {
            apply(opened, entry);
          }
          appliedSeq = seq;
          appliedTimestamp = Math.max(appliedTimestamp, entry.timestamp());
        });
  }

  private static ByteBuffer onHeap(ByteBuffer mapped) {
    var copy = ByteBuffer.allocate(mapped.remaining());
    return copy.put(mapped.duplicate()).flip();
  }

  private static @Nullable BytesRef greatestKey(SearcherManager searchers) throws IOException {
    var searcher = searchers.acquire();
    try {
      var terms = MultiTerms.getTerms(searcher.getIndexReader(), LuceneNames.ID);
      if (terms == null) {
        return null;
      }
      var greatest = terms.getMax();
      return greatest == null ? null : BytesRef.deepCopyOf(greatest);
    } finally {
      searchers.release(searcher);
    }
  }

  /// The type of the key, for those who read it from terms.
  DataType keyType() {
    return documents.fields().key().type();
  }

  private static Map<String, String> commitData(long seq, long timestamp) {
    var data = new HashMap<String, String>();
    data.put(SEQ, Long.toString(seq));
    data.put(TIMESTAMP, Long.toString(timestamp));
    data.put(FORMAT, FORMAT_VERSION);
    return data;
  }
}
