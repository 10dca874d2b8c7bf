package dev.aerie.local;

import dev.aerie.engine.DataType;
import dev.aerie.engine.Embedding;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Explain;
import dev.aerie.engine.Field;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.engine.SparseVector;
import dev.aerie.kernel.Measure;
import dev.aerie.local.codec.LeafHits;
import dev.aerie.local.codec.LeafSearch;
import dev.aerie.local.codec.SearchSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/// Finds the nearest rows of one field at one point in time, segment by segment. One request's.
final class VectorSearch {
  private final IndexSearcher searcher;
  private final Field field;
  private final Metric metric;
  private final LeafSearch leaves = new LeafSearch();
  private final List<Optional<FixedBitSet>> accepted = new ArrayList<>();
  private final Progress progress;

  /// @param filter empty for all living rows
  VectorSearch(
      IndexSearcher searcher, Field field, Metric metric, Optional<Query> filter, Progress progress)
      throws IOException {
    this.searcher = searcher;
    this.field = field;
    this.metric = metric;
    this.progress = progress;
    Weight weight =
        filter.isEmpty()
            ? null
            : searcher.createWeight(
                searcher.rewrite(filter.get()), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (var leaf : searcher.getIndexReader().leaves()) {
      progress.check();
      accepted.add(weight == null ? Optional.empty() : Optional.of(matching(weight, leaf)));
    }
  }

  /// Living documents a filter lets through.
  private static FixedBitSet matching(Weight weight, LeafReaderContext leaf) throws IOException {
    var set = new FixedBitSet(leaf.reader().maxDoc());
    var scorer = weight.scorer(leaf);
    if (scorer != null) {
      set.or(scorer.iterator());
      var live = leaf.reader().getLiveDocs();
      if (live != null) {
        for (int doc = set.nextSetBit(0); doc != DocIdSetIterator.NO_MORE_DOCS; ) {
          if (!live.get(doc)) {
            set.clear(doc);
          }
          doc = doc + 1 < set.length() ? set.nextSetBit(doc + 1) : DocIdSetIterator.NO_MORE_DOCS;
        }
      }
    }
    return set;
  }

  /// Rows the filter lets through.
  long matched() {
    long matched = 0;
    var contexts = searcher.getIndexReader().leaves();
    for (int i = 0; i < contexts.size(); i++) {
      matched += accepted(i, contexts.get(i));
    }
    return matched;
  }

  private int accepted(int ordinal, LeafReaderContext leaf) {
    return accepted.get(ordinal).map(FixedBitSet::cardinality).orElse(leaf.reader().numDocs());
  }

  /// @throws EngineException `INVALID_ARGUMENT` if the query does not fit the field
  Nearest search(Embedding query, int limit, SearchSettings settings) throws IOException {
    requireFits(query);
    List<Nearest.Hit> hits = new ArrayList<>();
    List<Explain.SegmentRun> runs = new ArrayList<>();
    for (var leaf : searcher.getIndexReader().leaves()) {
      progress.check();
      long started = System.nanoTime();
      var set = accepted.get(leaf.ord);
      var found =
          query instanceof Embedding.Sparse(SparseVector vector)
              ? List.of(sparse(leaf, vector, limit, set.orElse(null)))
              : dense(leaf, query, limit, settings, set);
      for (var part : found) {
        for (int i = 0; i < part.size(); i++) {
          hits.add(new Nearest.Hit(leaf.docBase + part.docs()[i], part.values()[i]));
        }
        runs.add(
            new Explain.SegmentRun(
                segmentName(leaf),
                query instanceof Embedding.Sparse ? Explain.Path.POSTINGS : path(part.path()),
                leaf.reader().numDocs(),
                accepted(leaf.ord, leaf),
                part.visited(),
                System.nanoTime() - started,
                part.reason(),
                List.of()));
      }
    }
    return Nearest.merged(hits, metric, limit, runs);
  }

  private static Explain.Path path(LeafHits.Path path) {
    return switch (path) {
      case EXACT -> Explain.Path.EXACT;
      case GRAPH -> Explain.Path.GRAPH;
      case LISTS -> Explain.Path.LISTS;
    };
  }

  static String segmentName(LeafReaderContext leaf) {
    return leaf.reader() instanceof SegmentReader segment
        ? segment.getSegmentName()
        : Integer.toString(leaf.ord);
  }

  /// A segment's answers: one, or while a change of the metric is under way one for each name the
  /// vectors have there.
  private List<LeafHits> dense(
      LeafReaderContext leaf,
      Embedding query,
      int limit,
      SearchSettings settings,
      Optional<FixedBitSet> set)
      throws IOException {
    List<LeafHits> found = new ArrayList<>();
    for (var stored : Metric.of(field.type())) {
      var name = LuceneNames.vector(field.name(), stored);
      var info = leaf.reader().getFieldInfos().fieldInfo(name);
      if (info == null || !info.hasVectorValues()) {
        continue;
      }
      switch (query) {
        case Embedding.Dense dense ->
            found.add(floats(leaf, name, stored, dense.toArray(), limit, settings, set));
        case Embedding.Packed packed -> {
          var bytes = packed.toArray();
          if (packed.type() == DataType.FLOAT16_VECTOR
              || packed.type() == DataType.BFLOAT16_VECTOR) {
            var floats = HalfFloats.toFloats(packed.type(), bytes);
            found.add(floats(leaf, name, stored, floats, limit, settings, set));
          } else {
            var how = stored == metric ? settings : settings.withExact(true);
            found.add(
                set.isPresent()
                    ? leaves.search(leaf, name, bytes, measure(metric), limit, how, set.get())
                    : leaves.search(leaf, name, bytes, measure(metric), limit, how));
          }
        }
        case Embedding.Sparse _, Embedding.Text _ ->
            throw new IllegalStateException("checked to be dense");
      }
    }
    return found;
  }

  private LeafHits floats(
      LeafReaderContext leaf,
      String name,
      Metric stored,
      float[] query,
      int limit,
      SearchSettings settings,
      Optional<FixedBitSet> set)
      throws IOException {
    if (stored != metric) {
      return otherMetric(leaf, name, query, limit, set.orElse(null));
    }
    return set.isPresent()
        ? leaves.search(leaf, name, query, limit, settings, set.get())
        : leaves.search(leaf, name, query, limit, settings);
  }

  /// Compares every accepted row by a metric its segment was not written for.
  private LeafHits otherMetric(
      LeafReaderContext leaf, String name, float[] query, int limit, @Nullable FixedBitSet set)
      throws IOException {
    var best = new Best(limit);
    long visited = 0;
    var values = leaf.reader().getFloatVectorValues(name);
    if (values != null) {
      var live = leaf.reader().getLiveDocs();
      var iterator = values.iterator();
      for (int doc = iterator.nextDoc();
          doc != DocIdSetIterator.NO_MORE_DOCS;
          doc = iterator.nextDoc()) {
        if (set != null ? set.get(doc) : live == null || live.get(doc)) {
          visited++;
          best.offer(doc, value(query, values.vectorValue(iterator.index())));
        }
      }
    }
    return best.hits(visited, "the segment was written for another metric");
  }

  private float value(float[] query, float[] row) {
    return switch (metric) {
      case L2 -> VectorUtil.squareDistance(query, row);
      case IP -> VectorUtil.dotProduct(query, row);
      case COSINE -> {
        float lengths =
            (float)
                Math.sqrt(
                    (double) VectorUtil.dotProduct(query, query) * VectorUtil.dotProduct(row, row));
        yield lengths == 0 ? 0 : VectorUtil.dotProduct(query, row) / lengths;
      }
      case HAMMING, JACCARD, BM25, SUBSTRUCTURE, SUPERSTRUCTURE, MHJACCARD, MAX_SIM ->
          throw new IllegalStateException(metric + " compares no floats");
    };
  }

  /// Rows that share an index with the query, by the inner product of what is stored.
  private LeafHits sparse(
      LeafReaderContext leaf, SparseVector query, int limit, @Nullable FixedBitSet set)
      throws IOException {
    var best = new Best(limit);
    var name = LuceneNames.sparse(field.name());
    var terms = leaf.reader().terms(name);
    long visited = 0;
    if (terms != null) {
      var candidates = new FixedBitSet(leaf.reader().maxDoc());
      var each = terms.iterator();
      for (int i = 0; i < query.size(); i++) {
        if (each.seekExact(SparseTerms.term(query.index(i)))) {
          candidates.or(each.postings(null, PostingsEnum.NONE));
        }
      }
      if (set != null) {
        candidates.and(set);
      }
      var live = leaf.reader().getLiveDocs();
      var values = DocValues.getBinary(leaf.reader(), name);
      for (int doc = candidates.nextSetBit(0); doc != DocIdSetIterator.NO_MORE_DOCS; ) {
        if ((live == null || live.get(doc)) && values.advanceExact(doc)) {
          var bytes = values.binaryValue();
          var row =
              ColumnCodec.readSparse(
                  new ByteSource(ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length)));
          visited++;
          best.offer(doc, dot(query, row));
        }
        doc =
            doc + 1 < candidates.length()
                ? candidates.nextSetBit(doc + 1)
                : DocIdSetIterator.NO_MORE_DOCS;
      }
    }
    return best.hits(visited, "rows that share an index with the query are compared");
  }

  private static float dot(SparseVector a, SparseVector b) {
    double sum = 0;
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      int order = Integer.compareUnsigned(a.index(i), b.index(j));
      if (order == 0) {
        sum += (double) a.value(i++) * b.value(j++);
      } else if (order < 0) {
        i++;
      } else {
        j++;
      }
    }
    return (float) sum;
  }

  /// The nearest documents offered, farthest on top.
  private final class Best {
    private final int limit;
    private final PriorityQueue<Nearest.Hit> heap =
        new PriorityQueue<>(
            Comparator.<Nearest.Hit>comparingDouble(
                    hit -> metric.higherIsNearer() ? hit.value() : -hit.value())
                .thenComparing(Comparator.comparingInt(Nearest.Hit::doc).reversed()));

    Best(int limit) {
      this.limit = limit;
    }

    void offer(int doc, float value) {
      if (heap.size() == limit && metric.compare(heap.element().value(), value) <= 0) {
        return;
      }
      heap.add(new Nearest.Hit(doc, value));
      if (heap.size() > limit) {
        heap.remove();
      }
    }

    LeafHits hits(long visited, String reason) {
      var docs = new int[heap.size()];
      var values = new float[docs.length];
      for (int i = docs.length - 1; i >= 0; i--) {
        var hit = heap.remove();
        docs[i] = hit.doc();
        values[i] = hit.value();
      }
      return new LeafHits(docs, values, LeafHits.Path.EXACT, visited, reason);
    }
  }

  private void requireFits(Embedding query) {
    boolean fits =
        switch (query) {
          case Embedding.Dense dense -> {
            requireDimension(dense.dimension(), field.dimension());
            yield field.type() == DataType.FLOAT_VECTOR;
          }
          case Embedding.Packed packed -> {
            if (packed.type() == field.type()) {
              requireDimension(packed.toArray().length, field.type().rowBytes(field.dimension()));
            }
            yield packed.type() == field.type();
          }
          case Embedding.Sparse _ -> field.type() == DataType.SPARSE_FLOAT_VECTOR;
          case Embedding.Text _ -> false;
        };
    if (!fits) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "field \"%s\" is %s; it cannot be searched with a query of another type"
              .formatted(field.name(), field.typeName()));
    }
  }

  private void requireDimension(int given, int wanted) {
    if (field.type().isDenseVector() && given != wanted) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "vector dimension mismatch: the query has %d %s; field \"%s\" stores %d"
              .formatted(
                  given,
                  field.type() == DataType.FLOAT_VECTOR ? "dimensions" : "bytes",
                  field.name(),
                  wanted));
    }
  }

  static Measure measure(Metric metric) {
    return switch (metric) {
      case L2 -> Measure.L2;
      case IP -> Measure.IP;
      case COSINE -> Measure.COSINE;
      case HAMMING -> Measure.HAMMING;
      case JACCARD -> Measure.JACCARD;
      case BM25, SUBSTRUCTURE, SUPERSTRUCTURE, MHJACCARD, MAX_SIM ->
          throw new IllegalStateException(metric + " compares no dense vectors");
    };
  }
}
