package dev.aerie.local.codec;

import dev.aerie.ivf.IvfIndex;
import dev.aerie.kernel.Measure;
import dev.aerie.kernel.PanamaKernels;
import dev.aerie.kernel.TopK;
import dev.aerie.local.codec.LeafHits.Path;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.hnsw.HnswGraphProvider;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/// The search of one segment: exact or through its index, whichever [LeafPlan] expects to be
/// cheaper, answered with
/// values of the metric. Stateless.
///
/// A field the segment does not have answers nothing, since a segment may be older than a field.
public final class LeafSearch {

  private static final int ROWS_PER_STEP = 256;
  private static final LeafHits NOTHING =
      new LeafHits(
          new int[0],
          new float[0],
          Path.EXACT,
          0,
          "the segment has no row of this field to answer");

  /// What may be answered.
  ///
  /// @param docs null for every document
  /// @param count documents in it
  private record Accepted(@Nullable Bits docs, @Nullable FixedBitSet set, int count) {

    static Accepted living(LeafReader reader) {
      return new Accepted(reader.getLiveDocs(), null, reader.numDocs());
    }

    boolean accepts(int doc) {
      return docs == null || docs.get(doc);
    }

    AcceptDocs toAcceptDocs(int maxDoc) {
      var bits = set;
      if (bits == null) {
        return AcceptDocs.fromLiveDocs(docs, maxDoc);
      }
      return AcceptDocs.fromIteratorSupplier(() -> new BitSetIterator(bits, count), null, maxDoc);
    }
  }

  /// The `k` nearest living rows of a segment.
  ///
  /// @throws IllegalArgumentException if the query has other dimensions than the field, or `k < 1`
  public LeafHits search(
      LeafReaderContext leaf, String field, float[] query, int k, SearchSettings settings)
      throws IOException {
    return search(leaf.reader(), field, query, k, settings, Accepted.living(leaf.reader()));
  }

  /// The `k` nearest of the rows a filter lets through.
  ///
  /// @param accepted documents of the segment that may be answered; deleted ones are not among them
  /// @throws IllegalArgumentException if the query has other dimensions than the field, or `k < 1`
  public LeafHits search(
      LeafReaderContext leaf,
      String field,
      float[] query,
      int k,
      SearchSettings settings,
      FixedBitSet accepted)
      throws IOException {
    var filter = new Accepted(accepted, accepted, accepted.cardinality());
    return search(leaf.reader(), field, query, k, settings, filter);
  }

  /// The `k` nearest living rows of bytes: numbers in [-128, 127] for [Measure#L2], [Measure#IP]
  /// and [Measure#COSINE],
  /// bits for [Measure#HAMMING] and [Measure#JACCARD].
  ///
  /// @throws IllegalArgumentException if the query has another length than the field, or `k < 1`
  public LeafHits search(
      LeafReaderContext leaf,
      String field,
      byte[] query,
      Measure measure,
      int k,
      SearchSettings settings)
      throws IOException {
    return search(
        leaf.reader(), field, query, measure, k, settings, Accepted.living(leaf.reader()));
  }

  /// The `k` nearest of the rows of bytes a filter lets through.
  ///
  /// @param accepted documents of the segment that may be answered; deleted ones are not among them
  /// @throws IllegalArgumentException if the query has another length than the field, or `k < 1`
  public LeafHits search(
      LeafReaderContext leaf,
      String field,
      byte[] query,
      Measure measure,
      int k,
      SearchSettings settings,
      FixedBitSet accepted)
      throws IOException {
    var filter = new Accepted(accepted, accepted, accepted.cardinality());
    return search(leaf.reader(), field, query, measure, k, settings, filter);
  }

  private static LeafHits search(
      LeafReader reader,
      String field,
      float[] query,
      int k,
      SearchSettings settings,
      Accepted accepted)
      throws IOException {
    var info = reader.getFieldInfos().fieldInfo(field);
    var vectors = vectorReader(reader, field);
    if (info == null || vectors == null || accepted.count == 0) {
      return NOTHING;
    }
    if (query.length != info.getVectorDimension()) {
      throw new IllegalArgumentException(
          "the query has %d dimensions; field \"%s\" stores %d"
              .formatted(query.length, field, info.getVectorDimension()));
    }
    var measure = IvfFormat.measure(info.getVectorSimilarityFunction());
    var lists = vectors instanceof IvfReader ivf ? ivf.lists(field) : null;
    if (lists != null) {
      var plan = LeafPlan.lists(lists.index(), accepted.count, reader.maxDoc(), settings);
      return plan.exact()
          ? exact(vectors.getFloatVectorValues(field), measure, query, k, accepted, plan.reason())
          : lists(lists, query, k, settings, accepted, plan.reason());
    }
    var values = vectors.getFloatVectorValues(field);
    if (values == null || values.size() == 0) {
      return NOTHING;
    }
    int ef = settings.ef() == 0 ? LeafPlan.DEFAULT_EF : settings.ef();
    boolean graph = hasGraph(vectors, field);
    var plan =
        LeafPlan.graph(
            graph, values.size(), accepted.count, reader.maxDoc(), Math.max(ef, k), settings);
    if (!plan.exact()) {
      var collector =
          new TopKnnCollector(
              Math.min(Math.max(ef, k), values.size()),
              Integer.MAX_VALUE,
              KnnSearchStrategy.Hnsw.DEFAULT);
      vectors.search(field, query, collector, accepted.toAcceptDocs(reader.maxDoc()));
      var found = rescored(collector.topDocs(), values, measure, query, k);
      if (found.size() >= Math.min(k, accepted.count)) {
        return hits(found, measure, Path.GRAPH, collector.visitedCount(), plan.reason());
      }
    }
    return exact(values, measure, query, k, accepted, plan.reason());
  }

  private static LeafHits lists(
      IvfReader.Lists lists,
      float[] query,
      int k,
      SearchSettings settings,
      Accepted accepted,
      String reason) {
    var docs = accepted.docs;
    var filter =
        docs == null
            ? IvfIndex.Filter.NONE
            : new IvfIndex.Filter(
                false,
                docs::get,
                Math.clamp((double) accepted.count / lists.index().rows(), 1e-9, 1));
    return lists.search(
        query,
        k,
        settings,
        filter,
        scratch ->
            hits(scratch.best(), lists.index().measure(), Path.LISTS, scratch.visited(), reason));
  }

  /// Compares every accepted row.
  private static LeafHits exact(
      FloatVectorValues values,
      Measure measure,
      float[] query,
      int k,
      Accepted accepted,
      String reason)
      throws IOException {
    var rows = new VectorRows(values, measure, query);
    var best = new TopK().reset(k);
    var out = new float[ROWS_PER_STEP];
    if (accepted.docs == null && rows.contiguous()) {
      for (int first = 0; first < values.size(); first += ROWS_PER_STEP) {
        int count = Math.min(ROWS_PER_STEP, values.size() - first);
        rows.range(first, count, out);
        for (int i = 0; i < count; i++) {
          best.offer(first + i, measure.toDistance(out[i]));
        }
      }
      return hits(ordsToDocs(best, values), measure, Path.EXACT, values.size(), reason);
    }
    var ords = new AcceptedOrds(values, accepted);
    long visited = 0;
    for (int count = ords.next(); count > 0; count = ords.next()) {
      rows.values(ords.ords, count, out);
      for (int i = 0; i < count; i++) {
        best.offer(ords.docs[i], measure.toDistance(out[i]));
      }
      visited += count;
    }
    best.sort();
    return hits(best, measure, Path.EXACT, visited, reason);
  }

  /// Ordinals of accepted documents with their documents, some at a time.
  private static final class AcceptedOrds {
    private final int[] ords = new int[ROWS_PER_STEP];
    private final int[] docs = new int[ROWS_PER_STEP];
    private final KnnVectorValues.DocIndexIterator iterator;
    private final Accepted accepted;
    private int doc;

    AcceptedOrds(KnnVectorValues values, Accepted accepted) throws IOException {
      iterator = values.iterator();
      this.accepted = accepted;
      doc = advance(0);
    }

    private int advance(int from) throws IOException {
      var set = accepted.set;
      int next = from;
      while (next != DocIdSetIterator.NO_MORE_DOCS) {
        if (set != null) {
          next = next >= set.length() ? DocIdSetIterator.NO_MORE_DOCS : set.nextSetBit(next);
          if (next == DocIdSetIterator.NO_MORE_DOCS) {
            return next;
          }
        }
        int found = iterator.docID() < next ? iterator.advance(next) : iterator.docID();
        if (found == DocIdSetIterator.NO_MORE_DOCS || accepted.accepts(found)) {
          return found;
        }
        next = found + 1;
      }
      return next;
    }

    int next() throws IOException {
      int count = 0;
      while (count < ROWS_PER_STEP && doc != DocIdSetIterator.NO_MORE_DOCS) {
        ords[count] = iterator.index();
        docs[count++] = doc;
        doc = advance(doc + 1);
      }
      return count;
    }
  }

  private static TopK ordsToDocs(TopK best, KnnVectorValues values) {
    best.sort();
    best.renumber(values::ordToDoc);
    return best;
  }

  /// What a graph found, compared again as the rows are.
  private static TopK rescored(
      TopDocs found, FloatVectorValues values, Measure measure, float[] query, int k)
      throws IOException {
    var docs = Arrays.stream(found.scoreDocs).mapToInt(hit -> hit.doc).sorted().toArray();
    var rows = new VectorRows(values, measure, query);
    var ords = new int[docs.length];
    var iterator = values.iterator();
    for (int i = 0; i < docs.length; i++) {
      iterator.advance(docs[i]);
      ords[i] = iterator.index();
    }
    var out = new float[docs.length];
    rows.values(ords, ords.length, out);
    var best = new TopK().reset(k);
    for (int i = 0; i < docs.length; i++) {
      best.offer(docs[i], measure.toDistance(out[i]));
    }
    best.sort();
    return best;
  }

  private static LeafHits search(
      LeafReader reader,
      String field,
      byte[] query,
      Measure measure,
      int k,
      SearchSettings settings,
      Accepted accepted)
      throws IOException {
    var vectors = vectorReader(reader, field);
    ByteVectorValues values = vectors == null ? null : vectors.getByteVectorValues(field);
    if (vectors == null || values == null || values.size() == 0 || accepted.count == 0) {
      return NOTHING;
    }
    if (query.length != values.dimension()) {
      throw new IllegalArgumentException(
          "the query has %d bytes; field \"%s\" stores %d"
              .formatted(query.length, field, values.dimension()));
    }
    boolean bits = measure == Measure.HAMMING || measure == Measure.JACCARD;
    boolean graph = !bits && hasGraph(vectors, field);
    int ef = Math.max(settings.ef() == 0 ? LeafPlan.DEFAULT_EF : settings.ef(), k);
    var plan = LeafPlan.graph(graph, values.size(), accepted.count, reader.maxDoc(), ef, settings);
    if (!plan.exact()) {
      var collector =
          new TopKnnCollector(
              Math.min(ef, values.size()), Integer.MAX_VALUE, KnnSearchStrategy.Hnsw.DEFAULT);
      vectors.search(field, query, collector, accepted.toAcceptDocs(reader.maxDoc()));
      var found = collector.topDocs().scoreDocs;
      if (found.length >= Math.min(k, accepted.count)) {
        var docs = Arrays.stream(found).mapToInt(hit -> hit.doc).sorted().toArray();
        var best = new TopK().reset(k);
        var iterator = values.iterator();
        for (int doc : docs) {
          iterator.advance(doc);
          best.offer(
              doc, measure.toDistance(value(measure, query, values.vectorValue(iterator.index()))));
        }
        best.sort();
        return hits(best, measure, Path.GRAPH, collector.visitedCount(), plan.reason());
      }
    }
    var best = new TopK().reset(k);
    var ords = new AcceptedOrds(values, accepted);
    long visited = 0;
    for (int count = ords.next(); count > 0; count = ords.next()) {
      for (int i = 0; i < count; i++) {
        best.offer(
            ords.docs[i],
            measure.toDistance(value(measure, query, values.vectorValue(ords.ords[i]))));
      }
      visited += count;
    }
    best.sort();
    return hits(best, measure, Path.EXACT, visited, plan.reason());
  }

  private static float value(Measure measure, byte[] query, byte[] row) {
    return switch (measure) {
      case L2 -> PanamaKernels.WIDEST.squaredDistance(query, row);
      case IP -> PanamaKernels.WIDEST.dot(query, row);
      case COSINE -> PanamaKernels.WIDEST.cosine(query, row);
      case HAMMING -> PanamaKernels.WIDEST.hamming(query, row);
      case JACCARD -> PanamaKernels.WIDEST.jaccard(query, row);
    };
  }

  private static LeafHits hits(TopK best, Measure measure, Path path, long visited, String reason) {
    var docs = new int[best.size()];
    var values = new float[docs.length];
    for (int i = 0; i < docs.length; i++) {
      docs[i] = best.number(i);
      values[i] = measure.toDistance(best.distance(i));
    }
    return new LeafHits(docs, values, path, visited, reason);
  }

  private static boolean hasGraph(KnnVectorsReader reader, String field) throws IOException {
    return reader instanceof HnswGraphProvider provider && provider.getGraph(field).size() > 0;
  }

  /// The reader of the field's own format under whatever wraps it.
  private static @Nullable KnnVectorsReader vectorReader(LeafReader reader, String field) {
    FieldInfo info = reader.getFieldInfos().fieldInfo(field);
    if (info == null
        || !info.hasVectorValues()
        || !(FilterLeafReader.unwrap(reader) instanceof CodecReader codecReader)) {
      return null;
    }
    var vectors = codecReader.getVectorReader();
    return vectors instanceof PerFieldKnnVectorsFormat.FieldsReader perField
        ? perField.getFieldReader(field)
        : vectors;
  }
}
