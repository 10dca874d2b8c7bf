package dev.aerie.local.codec;

import dev.aerie.engine.Progress;
import dev.aerie.ivf.Coder;
import dev.aerie.ivf.Codes;
import dev.aerie.ivf.Encoding;
import dev.aerie.ivf.IvfDefaults;
import dev.aerie.ivf.KMeans;
import dev.aerie.ivf.Partition;
import dev.aerie.ivf.Rows;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorsWriter;
import org.apache.lucene.index.DocsWithFieldSet;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.MergePolicy.MergeAbortedException;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.Sorter;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.IORunnable;
import org.apache.lucene.util.IOUtils;

/// Writes [IvfFormat]. A merged field is first streamed to a temporary file, since a build reads
/// its rows in several orders;
/// that file is mapped, not loaded.
final class IvfWriter extends KnnVectorsWriter {

  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int ROWS_PER_CHECK = 512;

  /// Codes held before they are written.
  private static final int ENCODED_BYTES = 1 << 24;

  /// Numbers after the last row's, so that a register can be loaded at any row.
  private static final int CODE_PADDING = 16;

  private final SegmentWriteState state;
  private final VectorIndex index;
  private final Builds builds;
  private final int leastRows;
  private final FlatVectorsWriter flat;
  private final IndexOutput meta;
  private final IndexOutput data;

  IvfWriter(SegmentWriteState state, VectorIndex index, Builds builds, int leastRows)
      throws IOException {
    this.state = state;
    this.index = index;
    this.builds = builds;
    this.leastRows = leastRows;
    flat = FlatFormat.rawRows().fieldsWriter(state);
    IndexOutput openedMeta = null;
    try {
      openedMeta = create(IvfFormat.META_EXTENSION, IvfFormat.META_CODEC);
      data = create(IvfFormat.DATA_EXTENSION, IvfFormat.DATA_CODEC);
      meta = openedMeta;
    } catch (Throwable failure) {
      IOUtils.closeWhileSuppressingExceptions(failure, flat, openedMeta);
      throw failure;
    }
  }

  private IndexOutput create(String extension, String codec) throws IOException {
    var name =
        IndexFileNames.segmentFileName(state.segmentInfo.name, state.segmentSuffix, extension);
    var out = state.directory.createOutput(name, state.context);
    try {
      CodecUtil.writeIndexHeader(
          out, codec, IvfFormat.VERSION_CURRENT, state.segmentInfo.getId(), state.segmentSuffix);
      return out;
    } catch (Throwable failure) {
      IOUtils.closeWhileSuppressingExceptions(failure, out);
      throw failure;
    }
  }

  @Override
  public KnnFieldVectorsWriter<?> addField(FieldInfo field) throws IOException {
    return flat.addField(field);
  }

  @Override
  public void flush(int maxDoc, Sorter.DocMap sortMap) throws IOException {
    flat.flush(maxDoc, sortMap);
  }

  @Override
  public IORunnable mergeOneField(FieldInfo field, MergeState merge) throws IOException {
    if (!IvfFormat.isMerge(state)
        || field.getVectorEncoding() != VectorEncoding.FLOAT32
        || MergedVectorValues.mergeFloatVectorValues(field, merge).size() < leastRows) {
      return flat.mergeOneField(field, merge);
    }
    var temporary = state.directory.createTempOutput(data.getName(), "rows", state.context);
    try {
      DocsWithFieldSet docs;
      try (temporary) {
        docs = copyRows(field, merge, temporary);
        CodecUtil.writeFooter(temporary);
      }
      if (docs.cardinality() < leastRows) {
        return flat.mergeOneField(field, merge);
      }
      try (var in = state.directory.openInput(temporary.getName(), IOContext.DEFAULT)) {
        int dim = field.getVectorDimension();
        long length = (long) docs.cardinality() * dim * Float.BYTES;
        var rows =
            new Rows(
                new Section(0, length).map(in),
                docs.cardinality(),
                dim,
                IvfFormat.measure(field.getVectorSimilarityFunction()));
        build(field, rows, docs, new MergeProgress(merge));
      }
    } catch (CancellationException cancelled) {
      if (cancelled.getCause() instanceof MergeAbortedException aborted) {
        throw aborted;
      }
      throw cancelled;
    } finally {
      IOUtils.deleteFilesIgnoringExceptions(state.directory, temporary.getName());
    }
    return () -> {};
  }

  /// Writes the rows of the merged segment in the order of their documents.
  private static DocsWithFieldSet copyRows(FieldInfo field, MergeState merge, IndexOutput out)
      throws IOException {
    var values = MergedVectorValues.mergeFloatVectorValues(field, merge);
    var docs = new DocsWithFieldSet();
    var row = new byte[field.getVectorDimension() * Float.BYTES];
    var segment = MemorySegment.ofArray(row);
    var iterator = values.iterator();
    int count = 0;
    for (int doc = iterator.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = iterator.nextDoc()) {
      float[] value = values.vectorValue(iterator.index());
      MemorySegment.copy(value, 0, segment, FLOAT, 0, value.length);
      out.writeBytes(row, row.length);
      docs.add(doc);
      if (++count % ROWS_PER_CHECK == 0) {
        merge.checkAborted();
      }
    }
    return docs;
  }

  private void build(FieldInfo field, Rows rows, DocsWithFieldSet docs, Progress progress)
      throws IOException {
    int nlist = IvfDefaults.of(rows.count(), wantedLists()).nlist();
    var partition = Partition.of(rows, nlist, KMeans.DEFAULT, builds.workers(), progress);
    var centroids = writeFloats(partition.centroids().toRows());
    var codes = writeCodes(rows, partition, progress);
    progress.phase("Writing lists");
    var vectors = writeVectors(rows, partition.order(), progress);
    IvfField.write(
        meta,
        data,
        field.number,
        rows.dim(),
        partition.starts(),
        vectors,
        writeDocs(partition.order(), docs),
        writePlaces(partition.order()),
        centroids,
        codes,
        state.segmentInfo.maxDoc(),
        docs);
  }

  private Optional<CodesMeta> writeCodes(Rows rows, Partition partition, Progress progress)
      throws IOException {
    Optional<Coder.Kind> kind =
        switch (index) {
          case VectorIndex.IvfSq8 _ -> Optional.of(Coder.Kind.BYTE);
          case VectorIndex.IvfPq _ -> Optional.of(Coder.Kind.PRODUCT);
          case VectorIndex.IvfRabitq _ -> Optional.of(Coder.Kind.SIGN);
          case VectorIndex.IvfFlat _,
              VectorIndex.Flat _,
              VectorIndex.Hnsw _,
              VectorIndex.HnswSq _ ->
              Optional.empty();
        };
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    int group =
        IvfDefaults.group(rows.dim(), index instanceof VectorIndex.IvfPq(int _, int m) ? m : 0);
    var encoding = Encoding.train(rows, partition, kind.get(), group, builds.workers(), progress);
    var coder = encoding.coder();
    progress.phase("Encoding rows");
    var slopes = new float[coder.sloped() ? rows.count() + CODE_PADDING : 0];
    var shifts = new float[coder.shifted() ? rows.count() + CODE_PADDING : 0];
    var parameters = writeFloats(coder.parameters());
    long from = data.alignFilePointer(IvfFormat.SECTION_ALIGNMENT);
    var starts = partition.starts();
    for (int list = 0; list < partition.lists(); ) {
      int to = list + 1;
      long size = Codes.padded(starts[to] - starts[list]);
      while (to < partition.lists() && size * coder.planes() < ENCODED_BYTES) {
        size += Codes.padded(starts[to + 1] - starts[to]);
        to++;
      }
      int count = starts[to] - starts[list];
      var bytes = new byte[Math.toIntExact(size * coder.planes())];
      var listSlopes = new float[count];
      var listShifts = new float[count];
      encoding.encode(list, to, bytes, listSlopes, listShifts, builds.workers(), progress);
      data.writeBytes(bytes, bytes.length);
      if (coder.sloped()) {
        System.arraycopy(listSlopes, 0, slopes, starts[list], count);
      }
      if (coder.shifted()) {
        System.arraycopy(listShifts, 0, shifts, starts[list], count);
      }
      list = to;
    }
    var bytes = new Section(from, data.getFilePointer() - from);
    return Optional.of(
        new CodesMeta(coder.kind(), parameters, bytes, writeFloats(slopes), writeFloats(shifts)));
  }

  private int wantedLists() {
    return switch (index) {
      case VectorIndex.IvfFlat(int nlist) -> nlist;
      case VectorIndex.IvfSq8(int nlist) -> nlist;
      case VectorIndex.IvfPq(int nlist, int _) -> nlist;
      case VectorIndex.IvfRabitq(int nlist) -> nlist;
      case VectorIndex.Flat _, VectorIndex.Hnsw _, VectorIndex.HnswSq _ ->
          throw new IllegalStateException("no lists in " + index.text());
    };
  }

  private Section writeVectors(Rows rows, int[] order, Progress progress) throws IOException {
    long from = data.alignFilePointer(IvfFormat.SECTION_ALIGNMENT);
    var row = new byte[rows.dim() * Float.BYTES];
    for (int i = 0; i < order.length; i++) {
      MemorySegment.copy(rows.segment(), BYTE, (long) order[i] * row.length, row, 0, row.length);
      data.writeBytes(row, row.length);
      if (i % ROWS_PER_CHECK == 0) {
        progress.update(i, order.length);
      }
    }
    return new Section(from, data.getFilePointer() - from);
  }

  private Section writeDocs(int[] order, DocsWithFieldSet docs) throws IOException {
    var ordToDoc = new int[order.length];
    var iterator = docs.iterator();
    for (int ord = 0; ord < ordToDoc.length; ord++) {
      ordToDoc[ord] = iterator.nextDoc();
    }
    long from = data.alignFilePointer(IvfFormat.SECTION_ALIGNMENT);
    for (int ord : order) {
      data.writeInt(ordToDoc[ord]);
    }
    return new Section(from, data.getFilePointer() - from);
  }

  private Section writePlaces(int[] order) throws IOException {
    var places = new int[order.length];
    for (int row = 0; row < order.length; row++) {
      places[order[row]] = row;
    }
    long from = data.alignFilePointer(IvfFormat.SECTION_ALIGNMENT);
    for (int place : places) {
      data.writeInt(place);
    }
    return new Section(from, data.getFilePointer() - from);
  }

  private Section writeFloats(float[] values) throws IOException {
    long from = data.alignFilePointer(IvfFormat.SECTION_ALIGNMENT);
    for (float value : values) {
      data.writeInt(Float.floatToRawIntBits(value));
    }
    return new Section(from, data.getFilePointer() - from);
  }

  @Override
  public void finish() throws IOException {
    flat.finish();
    meta.writeInt(-1);
    CodecUtil.writeFooter(meta);
    CodecUtil.writeFooter(data);
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(flat, meta, data);
  }

  @Override
  public long ramBytesUsed() {
    return flat.ramBytesUsed();
  }
}
