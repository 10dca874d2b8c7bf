package dev.aerie.local.codec;

import dev.aerie.ivf.Centroids;
import dev.aerie.ivf.Coder;
import dev.aerie.ivf.Codes;
import dev.aerie.ivf.IvfDefaults;
import dev.aerie.ivf.IvfIndex;
import dev.aerie.ivf.Rows;
import dev.aerie.kernel.Measure;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.hnsw.FlatVectorsReader;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.store.ChecksumIndexInput;
import org.apache.lucene.store.DataAccessHint;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/// Reads [IvfFormat].
final class IvfReader extends KnnVectorsReader {

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final FlatVectorsReader flat;
  private final IndexInput data;
  private final FieldInfos fieldInfos;
  private final Map<String, Lists> fields = new HashMap<>();

  /// A field with lists, opened.
  ///
  /// @param scratches of searches that have ended, for the next ones
  record Lists(
      IvfField meta,
      VectorSimilarityFunction similarity,
      IvfIndex index,
      MemorySegment places,
      ConcurrentLinkedQueue<IvfIndex.Scratch> scratches) {

    /// Finds the `k` nearest and hands the memory they stand in to `use`, which must not keep it.
    <R> R search(
        float[] query,
        int k,
        SearchSettings settings,
        IvfIndex.Filter filter,
        Function<IvfIndex.Scratch, R> use) {
      int nprobe = settings.exact() ? index.lists() : settings.nprobe();
      if (nprobe == 0) {
        nprobe = IvfDefaults.nprobe(index.lists());
      }
      var kept = scratches.poll();
      var scratch = kept == null ? new IvfIndex.Scratch(index) : kept;
      index.search(
          Rows.prepareQuery(query, index.measure()),
          Math.min(k, index.rows()),
          Math.min(nprobe, index.lists()),
          settings.rerank() == 0 ? index.defaultRerank(k) : settings.rerank(),
          filter,
          scratch);
      var result = use.apply(scratch);
      scratches.add(scratch);
      return result;
    }
  }

  IvfReader(SegmentReadState state) throws IOException {
    fieldInfos = state.fieldInfos;
    flat = FlatFormat.rawRows().fieldsReader(state);
    IndexInput opened = null;
    try {
      opened = open(state);
      data = opened;
      var name =
          IndexFileNames.segmentFileName(
              state.segmentInfo.name, state.segmentSuffix, IvfFormat.META_EXTENSION);
      try (var meta = state.directory.openChecksumInput(name)) {
        readMeta(meta, state);
      }
    } catch (Throwable failure) {
      IOUtils.closeWhileSuppressingExceptions(failure, flat, opened);
      throw failure;
    }
  }

  private static IndexInput open(SegmentReadState state) throws IOException {
    var name =
        IndexFileNames.segmentFileName(
            state.segmentInfo.name, state.segmentSuffix, IvfFormat.DATA_EXTENSION);
    var in = state.directory.openInput(name, IOContext.DEFAULT);
    try {
      CodecUtil.checkIndexHeader(
          in,
          IvfFormat.DATA_CODEC,
          IvfFormat.VERSION_START,
          IvfFormat.VERSION_CURRENT,
          state.segmentInfo.getId(),
          state.segmentSuffix);
      CodecUtil.retrieveChecksum(in);
      return in;
    } catch (Throwable failure) {
      IOUtils.closeWhileSuppressingExceptions(failure, in);
      throw failure;
    }
  }

  private void readMeta(ChecksumIndexInput meta, SegmentReadState state) throws IOException {
    Throwable prior = null;
    try {
      CodecUtil.checkIndexHeader(
          meta,
          IvfFormat.META_CODEC,
          IvfFormat.VERSION_START,
          IvfFormat.VERSION_CURRENT,
          state.segmentInfo.getId(),
          state.segmentSuffix);
      for (int number = meta.readInt(); number != -1; number = meta.readInt()) {
        FieldInfo info = fieldInfos.fieldInfo(number);
        if (info == null) {
          throw new CorruptIndexException("no field has number " + number, meta);
        }
        fields.put(info.name, open(IvfField.read(number, meta), info));
      }
    } catch (Throwable failure) {
      prior = failure;
    } finally {
      CodecUtil.checkFooter(meta, prior);
    }
  }

  private Lists open(IvfField field, FieldInfo info) throws IOException {
    if (field.dim() != info.getVectorDimension()) {
      throw new CorruptIndexException(
          "field \"%s\" has %d dimensions, its lists %d"
              .formatted(info.name, info.getVectorDimension(), field.dim()),
          data);
    }
    var centroids = new float[field.lists() * field.dim()];
    MemorySegment.copy(field.centroids().map(data), FLOAT, 0, centroids, 0, centroids.length);
    var similarity = info.getVectorSimilarityFunction();
    var measure = IvfFormat.measure(similarity);
    Optional<Codes> codes = Optional.empty();
    if (field.codes().isPresent()) {
      codes = Optional.of(open(field.codes().get(), field, measure));
    }
    var index =
        new IvfIndex(
            measure,
            Centroids.of(centroids, field.lists(), field.dim()),
            field.centroids().map(data),
            field.vectors().map(data),
            field.docs().map(data),
            field.starts(),
            codes);
    return new Lists(
        field, similarity, index, field.places().map(data), new ConcurrentLinkedQueue<>());
  }

  private Codes open(CodesMeta meta, IvfField field, Measure measure) throws IOException {
    var parameters = new float[(int) (meta.parameters().length() / Float.BYTES)];
    MemorySegment.copy(meta.parameters().map(data), FLOAT, 0, parameters, 0, parameters.length);
    try {
      var coder = Coder.of(meta.kind(), field.dim(), measure, parameters);
      return new Codes(
          coder,
          meta.bytes().map(data),
          meta.slopes().map(data),
          meta.shifts().map(data),
          Codes.offsets(field.starts(), coder.planes()));
    } catch (IllegalArgumentException damaged) {
      throw new CorruptIndexException(damaged.getMessage(), data, damaged);
    }
  }

  /// The lists of a field; absent where it is kept flat.
  @Nullable Lists lists(String field) {
    return fields.get(field);
  }

  @Override
  public void checkIntegrity() throws IOException {
    flat.checkIntegrity();
    CodecUtil.checksumEntireFile(data);
  }

  @Override
  public FloatVectorValues getFloatVectorValues(String field) throws IOException {
    var lists = lists(field);
    return lists == null ? flat.getFloatVectorValues(field) : values(lists);
  }

  @Override
  public FloatVectorValues getFloatVectorValues(String field, DataAccessHint hint)
      throws IOException {
    var lists = lists(field);
    return lists == null ? flat.getFloatVectorValues(field, hint) : values(lists);
  }

  private IvfVectorValues values(Lists lists) throws IOException {
    return new IvfVectorValues(
        lists.meta, lists.similarity, lists.index.vectors(), lists.places, data);
  }

  @Override
  public ByteVectorValues getByteVectorValues(String field) throws IOException {
    return flat.getByteVectorValues(field);
  }

  @Override
  public void search(String field, float[] target, KnnCollector collector, AcceptDocs acceptDocs)
      throws IOException {
    var lists = lists(field);
    if (lists == null) {
      FlatFormat.searchAll(flat.getRandomVectorScorer(field, target), collector, acceptDocs);
      return;
    }
    if (target.length != lists.meta.dim()) {
      throw new IllegalArgumentException(
          "vector query dimension: %d differs from field dimension: %d"
              .formatted(target.length, lists.meta.dim()));
    }
    if (collector.k() == 0 || collector.earlyTerminated()) {
      return;
    }
    var settings =
        collector.getSearchStrategy() instanceof SearchSettings given
            ? given
            : SearchSettings.DEFAULT;
    var bits = acceptDocs.bits();
    int cost = Math.clamp(acceptDocs.cost(), 1, lists.index.rows());
    IntPredicate accepted = doc -> bits == null || bits.get(doc);
    var filter = new IvfIndex.Filter(bits == null, accepted, (double) cost / lists.index.rows());
    lists.search(
        target,
        collector.k(),
        settings,
        filter,
        scratch -> {
          collector.incVisitedCount((int) Math.min(Integer.MAX_VALUE, scratch.visited()));
          var best = scratch.best();
          for (int i = 0; i < best.size(); i++) {
            float value = lists.index.measure().toDistance(best.distance(i));
            collector.collect(best.number(i), Scores.ofValue(lists.similarity, value));
          }
          return best.size();
        });
  }

  @Override
  public void search(String field, byte[] target, KnnCollector collector, AcceptDocs acceptDocs)
      throws IOException {
    FlatFormat.searchAll(flat.getRandomVectorScorer(field, target), collector, acceptDocs);
  }

  @Override
  public int getVectorCount(FieldInfo field) throws IOException {
    var lists = lists(field.name);
    return lists == null ? flat.getVectorCount(field) : lists.meta.rows();
  }

  @Override
  public Map<String, Long> getOffHeapByteSize(FieldInfo field) {
    var lists = lists(field.name);
    if (lists == null) {
      return flat.getOffHeapByteSize(field);
    }
    var meta = lists.meta;
    return Map.of(
        "vec",
        meta.vectors().length(),
        IvfFormat.DATA_EXTENSION,
        meta.docs().length()
            + meta.places().length()
            + meta.centroids().length()
            + meta.codes().map(CodesMeta::length).orElse(0L));
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(flat, data);
  }
}
