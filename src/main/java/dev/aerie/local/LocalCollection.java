package dev.aerie.local;

import dev.aerie.engine.CollectionRequest.CollectionStatistics;
import dev.aerie.engine.CollectionRequest.LoadStatus;
import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.ColumnBuilder;
import dev.aerie.engine.Consistency;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.PartitionRequest;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.RowRequest;
import dev.aerie.expr.FilterParser;
import dev.aerie.expr.RowEvaluator;
import dev.aerie.expr.Tokens;
import dev.aerie.local.catalog.CollectionEntry;
import dev.aerie.local.catalog.PartitionEntry;
import dev.aerie.local.codec.Builds;
import dev.aerie.local.codec.VectorFormats;
import dev.aerie.local.codec.VectorIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;

/// One collection, open: what requests ask of it, in terms of its store. Safe for use by many
/// threads.
final class LocalCollection implements AutoCloseable {
  /// How old a row may get, in seconds.
  private static final String TTL = "collection.ttl.seconds";

  private final CollectionStore store;
  private final HybridClock clock;
  private final LocalOptions options;
  private final VectorFormats formats;
  private final Map<String, KnnVectorsFormat> formatsByIndex = new ConcurrentHashMap<>();
  private final RewritePolicy rewrites = new RewritePolicy(new TieredMergePolicy());
  private volatile CollectionFields fields;

  private LocalCollection(
      Path folder,
      CollectionEntry entry,
      LocalOptions options,
      HybridClock clock,
      ExecutorService builders,
      boolean fresh)
      throws IOException {
    this.fields = CollectionFields.of(entry);
    this.options = options;
    this.clock = clock;
    this.formats = new VectorFormats(Builds.on(builders, options.builders()));
    var documents = new RowDocuments(fields);
    this.store =
        fresh
            ? CollectionStore.create(folder, options, this::writerConfig, documents)
            : CollectionStore.open(folder, options, this::writerConfig, documents);
    clock.advanceTo(store.appliedTimestamp());
  }

  static LocalCollection create(
      Path folder,
      CollectionEntry entry,
      LocalOptions options,
      HybridClock clock,
      ExecutorService builders)
      throws IOException {
    return new LocalCollection(folder, entry, options, clock, builders, true);
  }

  static LocalCollection open(
      Path folder,
      CollectionEntry entry,
      LocalOptions options,
      HybridClock clock,
      ExecutorService builders)
      throws IOException {
    return new LocalCollection(folder, entry, options, clock, builders, false);
  }

  private IndexWriterConfig writerConfig() {
    return new IndexWriterConfig()
        .setCodec(new AerieCodec(this::format))
        .setRAMBufferSizeMB(options.bufferBytes() / 1048576.0)
        .setMergePolicy(rewrites);
  }

  private KnnVectorsFormat format(String luceneField) {
    var wanted = wanted(luceneField).orElseGet(VectorIndex.Flat::new);
    return formatsByIndex.computeIfAbsent(wanted.text(), _ -> formats.format(wanted));
  }

  /// What segments of a Lucene field are to be; empty for names that are not those of the current
  /// metric of a vector field.
  private Optional<VectorIndex> wanted(String luceneField) {
    for (var field : fields.schema().vectors()) {
      if (field.type().isDenseVector()
          && LuceneNames.vector(field.name(), fields.metric(field)).equals(luceneField)) {
        return Optional.of(wanted(field));
      }
    }
    return Optional.empty();
  }

  private VectorIndex wanted(Field field) {
    return fields
        .entry()
        .indexOn(field.name())
        .filter(index -> !index.paused())
        .map(index -> IndexPlan.wanted(field, index.spec()))
        .orElseGet(VectorIndex.Flat::new);
  }

  /// Whether a segment has a field of vectors that is not what it is to be.
  private boolean isStale(FieldInfos infos) {
    for (var field : fields.schema().vectors()) {
      if (field.type().isDenseVector() && !isServed(infos, field)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the vectors of a field in a segment are what its index wants, so that they count as
  /// indexed. A segment without vectors of the field is.
  boolean isServed(FieldInfos infos, Field field) {
    var info = infos.fieldInfo(LuceneNames.vector(field.name(), fields.metric(field)));
    if (info == null || !info.hasVectorValues()) {
      return true;
    }
    var wanted =
        fields
            .entry()
            .indexOn(field.name())
            .map(index -> IndexPlan.wanted(field, index.spec()))
            .orElseGet(VectorIndex.Flat::new);
    return wanted.equals(VectorIndex.of(info).orElse(null)) || wanted instanceof VectorIndex.Flat;
  }

  CollectionFields fields() {
    return fields;
  }

  CollectionEntry entry() {
    return fields.entry();
  }

  CollectionStore store() {
    return store;
  }

  RewritePolicy rewrites() {
    return rewrites;
  }

  /// Goes on with a new definition: schema, partitions, indexes, load state.
  void adopt(CollectionEntry entry) {
    var next = CollectionFields.of(entry);
    fields = next;
    store.adopt(new RowDocuments(next));
  }

  // Writing

  RowRequest.Written insert(RowRequest.Insert request) {
    requireSchema(request.schemaVersion());
    var current = fields;
    var rows = new IncomingRows(current).complete(request.rows(), false, clock);
    return write(current, rows, request.partition());
  }

  RowRequest.Written upsert(RowRequest.Upsert request) {
    requireSchema(request.schemaVersion());
    var current = fields;
    if (!request.partial()) {
      var rows = new IncomingRows(current).complete(request.rows(), true, clock);
      return write(current, rows, request.partition());
    }
    var ids =
        request
            .rows()
            .column(current.key().name())
            .orElseThrow(
                () ->
                    new EngineException(
                        ErrorCode.INVALID_ARGUMENT,
                        "an upsert needs the key \"%s\" of each row"
                            .formatted(current.key().name())));
    var entry =
        store.write(
            true,
            searcher -> {
              var whole = merged(searcher, current, request.rows(), ids);
              var rows = new IncomingRows(current).complete(whole, true, clock);
              return Optional.of(
                  new LogEntry.Write(
                      clock.next(), partitions(current, rows, request.partition()), rows));
            });
    return new RowRequest.Written(ids, ids.size(), entry.map(LogEntry::timestamp).orElseThrow());
  }

  private RowRequest.Written write(
      CollectionFields current, ColumnBatch rows, Optional<String> partition) {
    var ids = rows.column(current.key().name()).orElseThrow();
    if (rows.size() == 0) {
      throw new EngineException(ErrorCode.INVALID_ARGUMENT, "there are no rows to write");
    }
    var partitions = partitions(current, rows, partition);
    var entry =
        store.write(false, _ -> Optional.of(new LogEntry.Write(clock.next(), partitions, rows)));
    return new RowRequest.Written(ids, rows.size(), entry.map(LogEntry::timestamp).orElseThrow());
  }

  /// Given columns, and for the others the values the rows have.
  private static ColumnBatch merged(
      IndexSearcher searcher, CollectionFields current, ColumnBatch given, Column ids)
      throws IOException {
    var reader = new RowReader(current);
    var keys = new ArrayList<BytesRef>();
    for (int row = 0; row < ids.size(); row++) {
      keys.add(Keys.toBytes(Keys.get(ids, row)));
    }
    var docs = docsOf(searcher, keys);
    var old = reader.read(searcher, docs, reader.output(List.of("*")));
    Map<Object, Integer> at = new HashMap<>();
    var oldIds = old.column(current.key().name()).orElseThrow();
    for (int row = 0; row < old.size(); row++) {
      at.put(Keys.get(oldIds, row), row);
    }
    var columns = new ArrayList<Column>(given.columns());
    for (var column : old.columns()) {
      if (given.column(column.name()).isPresent()) {
        continue;
      }
      var field = current.field(column.name()).orElseThrow();
      var builder = new ColumnBuilder(field);
      for (int row = 0; row < ids.size(); row++) {
        var oldRow = at.get(Keys.get(ids, row));
        try {
          if (oldRow != null) {
            builder.append(column.value(oldRow));
          } else if (field.isDynamic()) {
            builder.append("{}");
          } else {
            builder.appendNull();
          }
        } catch (IllegalArgumentException e) {
          throw new EngineException(
              ErrorCode.INVALID_ARGUMENT,
              "row %d has a new key \"%s\" and no value for field \"%s\""
                  .formatted(row, Keys.get(ids, row), field.name()),
              e);
        }
      }
      columns.add(builder.build());
    }
    return new ColumnBatch(columns, given.size());
  }

  private static long[] partitions(
      CollectionFields current, ColumnBatch rows, Optional<String> wanted) {
    var entry = current.entry();
    var keyField = entry.schema().partitionKey();
    if (keyField.isEmpty()) {
      var name = wanted.filter(text -> !text.isEmpty()).orElse(PartitionRequest.DEFAULT);
      return new long[] {requirePartition(entry, name).id()};
    }
    if (wanted.filter(text -> !text.isEmpty()).isPresent()) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "collection \"%s\" spreads its rows by \"%s\"; no partition can be named"
              .formatted(entry.name(), keyField.get().name()));
    }
    var keys = rows.column(keyField.get().name()).orElseThrow();
    var partitions = new long[rows.size()];
    for (int row = 0; row < partitions.length; row++) {
      int bucket = IncomingRows.bucket(keys, row, entry.partitions().size());
      partitions[row] = entry.partitions().get(bucket).id();
    }
    return partitions;
  }

  RowRequest.Deleted delete(RowRequest.Delete request) {
    var current = fields;
    var filter = filter(current, request.filter());
    var scope =
        restricted(
            current,
            request.partition().filter(name -> !name.isEmpty()).map(List::of).orElse(List.of()),
            filter,
            false);
    long[] count = {0};
    var entry =
        store.write(
            true,
            searcher -> {
              var ids = keys(searcher, current, scope);
              count[0] = ids.size();
              return ids.isEmpty()
                  ? Optional.empty()
                  : Optional.of(new LogEntry.Delete(clock.next(), Keys.column(current.key(), ids)));
            });
    return new RowRequest.Deleted(count[0], entry.map(LogEntry::timestamp).orElseGet(clock::next));
  }

  void truncate() {
    store.write(false, _ -> Optional.of(new LogEntry.Truncate(clock.next())));
  }

  void dropPartition(PartitionEntry partition) {
    store.write(false, _ -> Optional.of(new LogEntry.DropPartition(clock.next(), partition.id())));
  }

  // Reading

  ColumnBatch query(QueryRequest.Query request) throws IOException {
    try (var view = view(request.scope())) {
      var reader = new RowReader(fields);
      var output = reader.output(request.scope().outputFields());
      var query = scope(request.scope());
      var top = view.searcher().search(query, request.offset() + request.limit(), BY_KEY);
      return reader.read(view.searcher(), docs(top, request.offset()), output);
    }
  }

  ColumnBatch get(QueryRequest.Get request) throws IOException {
    requireLoaded();
    try (var view = view(Consistency.BOUNDED, 0)) {
      var reader = new RowReader(fields);
      var output = reader.output(request.outputFields());
      var keys =
          request.ids().stream().map(id -> Keys.toBytes(Keys.checked(fields.key(), id))).toList();
      return reader.read(view.searcher(), docsOf(view.searcher(), keys), output);
    }
  }

  long count(QueryRequest.Count request) throws IOException {
    try (var view = view(request.scope())) {
      return view.searcher().count(scope(request.scope()));
    }
  }

  QueryRequest.Page scan(QueryRequest.Scan request) throws IOException {
    try (var view = view(request.scope())) {
      var reader = new RowReader(fields);
      var output = reader.output(request.scope().outputFields());
      var query = scope(request.scope());
      if (request.after().isPresent()) {
        var last = Keys.toBytes(Keys.parse(fields.key(), request.after().get().lastKey()));
        query =
            new BooleanQuery.Builder()
                .add(query, Occur.FILTER)
                .add(new TermRangeQuery(LuceneNames.ID, last, null, false, true), Occur.FILTER)
                .build();
      }
      var top = view.searcher().search(query, request.pageRows(), BY_KEY);
      var rows = reader.read(view.searcher(), docs(top, 0), output);
      if (rows.size() < request.pageRows()) {
        return new QueryRequest.Page(rows, Optional.empty());
      }
      var ids = rows.column(fields.key().name()).orElseThrow();
      return new QueryRequest.Page(
          rows,
          Optional.of(
              new QueryRequest.Cursor(Keys.get(ids, rows.size() - 1).toString(), view.visible())));
    }
  }

  private static final Sort BY_KEY = new Sort(new SortField(LuceneNames.ID, SortField.Type.STRING));

  private static int[] docs(TopDocs top, int offset) {
    int size = Math.max(0, top.scoreDocs.length - offset);
    var docs = new int[size];
    for (int i = 0; i < size; i++) {
      docs[i] = top.scoreDocs[offset + i].doc;
    }
    return docs;
  }

  /// The documents of keys that are there, in the order the keys were given, each once.
  static int[] docsOf(IndexSearcher searcher, List<BytesRef> keys) throws IOException {
    var top =
        searcher.search(new TermInSetQuery(LuceneNames.ID, keys), Math.max(1, keys.size()), BY_KEY);
    Map<BytesRef, Integer> found = new HashMap<>();
    for (var hit : top.scoreDocs) {
      if (((FieldDoc) hit).fields[0] instanceof BytesRef key) {
        found.put(key, hit.doc);
      }
    }
    return keys.stream()
        .distinct()
        .map(found::get)
        .filter(Objects::nonNull)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static List<Object> keys(IndexSearcher searcher, CollectionFields current, Query query)
      throws IOException {
    List<Object> keys = new ArrayList<>();
    var weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (var leaf : searcher.getIndexReader().leaves()) {
      var scorer = weight.scorer(leaf);
      if (scorer == null) {
        continue;
      }
      var live = leaf.reader().getLiveDocs();
      var values = DocValues.getSorted(leaf.reader(), LuceneNames.ID);
      var iterator = scorer.iterator();
      for (int doc = iterator.nextDoc();
          doc != DocIdSetIterator.NO_MORE_DOCS;
          doc = iterator.nextDoc()) {
        if ((live == null || live.get(doc)) && values.advanceExact(doc)) {
          keys.add(Keys.toId(current.key().type(), values.lookupOrd(values.ordValue())));
        }
      }
    }
    return keys;
  }

  /// A point in time that has seen what the scope asks for.
  CollectionStore.View view(Scope scope) throws IOException {
    requireLoaded();
    return view(scope.consistency(), scope.guarantee());
  }

  private CollectionStore.View view(Consistency consistency, long guarantee) throws IOException {
    boolean refresh =
        store.isDirty()
            && switch (consistency) {
              case STRONG -> true;
              case SESSION, CUSTOMIZED -> guarantee == 0 || store.visibleTimestamp() < guarantee;
              case BOUNDED -> store.staleNanos() > options.staleness().toNanos();
              case EVENTUALLY -> false;
            };
    if (refresh) {
      store.refresh();
    }
    return store.acquire();
  }

  /// The rows a scope reads: its filter, its partitions as far as they are loaded, and none that
  /// has
  /// outlived its time.
  Query scope(Scope scope) {
    var current = fields;
    return restricted(current, scope.partitions(), filter(current, scope.filter()), true);
  }

  private Query restricted(
      CollectionFields current, List<String> partitions, Query filter, boolean loadedOnly) {
    var entry = current.entry();
    var query = new BooleanQuery.Builder().add(filter, Occur.FILTER);
    boolean all = partitions.isEmpty() && entry.partitions().stream().allMatch(p -> p.loaded());
    if (!partitions.isEmpty() || loadedOnly && !all) {
      var wanted =
          partitions.isEmpty()
              ? entry.partitions().stream().filter(PartitionEntry::loaded).toList()
              : partitions.stream().map(name -> requirePartition(entry, name)).toList();
      for (var partition : wanted) {
        if (loadedOnly && !partition.loaded()) {
          throw new EngineException(
              ErrorCode.NOT_LOADED,
              "partition \"%s\" of collection \"%s\" is not loaded; load it first"
                  .formatted(partition.name(), entry.name()));
        }
      }
      query.add(
          new TermInSetQuery(
              LuceneNames.PARTITION,
              wanted.stream().map(p -> new BytesRef(Long.toString(p.id()))).toList()),
          Occur.FILTER);
    }
    var ttl = entry.properties().get(TTL);
    if (ttl != null && !ttl.isBlank() && Long.parseLong(ttl.strip()) > 0) {
      long oldest = System.currentTimeMillis() - Long.parseLong(ttl.strip()) * 1000;
      query.add(
          LongPoint.newRangeQuery(
              LuceneNames.TIMESTAMP, oldest << HybridClock.COUNTER_BITS, Long.MAX_VALUE),
          Occur.FILTER);
    }
    var built = query.build();
    return built.clauses().size() == 1 ? filter : built;
  }

  /// Whether a scope reads every row.
  static boolean isAll(Query scope) {
    return scope instanceof MatchAllDocsQuery;
  }

  static Query filter(CollectionFields current, Filter filter) {
    if (filter.isAll()) {
      return MatchAllDocsQuery.INSTANCE;
    }
    var evaluator =
        new RowEvaluator(
            (Tokens) (_, text) -> Tokens.words(text),
            () -> ThreadLocalRandom.current().nextDouble());
    return new FilterCompiler(current, evaluator)
        .compile(FilterParser.parse(filter, current.schema()));
  }

  // State

  void requireLoaded() {
    if (entry().partitions().stream().noneMatch(PartitionEntry::loaded)) {
      throw new EngineException(
          ErrorCode.NOT_LOADED,
          "collection not loaded: \"%s\"; load it first".formatted(entry().name()));
    }
  }

  static LoadStatus loadStatus(CollectionEntry entry) {
    boolean loaded = entry.partitions().stream().anyMatch(PartitionEntry::loaded);
    return loaded ? LoadStatus.LOADED : new LoadStatus(LoadStatus.State.NOT_LOADED, 0);
  }

  private void requireSchema(OptionalLong version) {
    if (version.isPresent() && version.getAsLong() < entry().schemaVersion()) {
      throw new EngineException(
          ErrorCode.SCHEMA_CHANGED,
          "the schema of \"%s\" has changed (version %d, the caller knows %d)"
              .formatted(entry().name(), entry().schemaVersion(), version.getAsLong()));
    }
  }

  static PartitionEntry requirePartition(CollectionEntry entry, String name) {
    return entry
        .partition(name)
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.PARTITION_NOT_FOUND,
                    "partition not found: collection \"%s\" has no partition \"%s\""
                        .formatted(entry.name(), name)));
  }

  long rows() throws IOException {
    store.refresh();
    try (var view = store.acquire()) {
      return view.searcher().getIndexReader().numDocs();
    }
  }

  long rows(PartitionEntry partition) throws IOException {
    store.refresh();
    try (var view = store.acquire()) {
      return view.searcher()
          .count(new TermQuery(new Term(LuceneNames.PARTITION, Long.toString(partition.id()))));
    }
  }

  CollectionStatistics statistics() throws IOException {
    store.refresh();
    try (var view = store.acquire()) {
      var reader = view.searcher().getIndexReader();
      long growing = 0;
      for (var leaf : reader.leaves()) {
        if (isStale(leaf.reader().getFieldInfos())) {
          growing += leaf.reader().numDocs();
        }
      }
      return new CollectionStatistics(
          reader.numDocs(),
          reader.numDeletedDocs(),
          growing,
          reader.leaves().size(),
          store.diskBytes());
    }
  }

  /// Rows an index on a field has to cover, and those it covers.
  ///
  /// @param total rows with a vector, or all rows for a scalar
  record Coverage(long total, long indexed) {}

  Coverage coverage(Field field) throws IOException {
    try (var view = store.acquire()) {
      long total = 0;
      long indexed = 0;
      for (var leaf : view.searcher().getIndexReader().leaves()) {
        int rows = leaf.reader().numDocs();
        total += rows;
        if (!field.type().isDenseVector() || isServed(leaf.reader().getFieldInfos(), field)) {
          indexed += rows;
        }
      }
      return new Coverage(total, indexed);
    }
  }

  /// Names of segments that are not what they are to be.
  Set<String> staleSegments() throws IOException {
    try (var view = store.acquire()) {
      var stale = new HashSet<String>();
      for (var leaf : view.searcher().getIndexReader().leaves()) {
        if (isStale(leaf.reader().getFieldInfos())) {
          stale.add(VectorSearch.segmentName(leaf));
        }
      }
      return stale;
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
