package dev.aerie.local.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.Sorter;
import org.apache.lucene.util.IORunnable;

/// Writes through another writer and marks each field with the index its segment satisfies.
///
/// A merge satisfies what it was asked for. A flush, which only writes rows, satisfies it where the
/// segment is too small to
/// be given a structure at all, and is a flat one otherwise. A merged field starts with the
/// attributes of the fields it
/// comes from, so the mark is always set, never left.
final class MarkingWriter extends KnnVectorsWriter {

  /// Below this a structure answers no sooner than reading every row.
  static final int LEAST_ROWS = 4096;

  private final KnnVectorsWriter writer;
  private final VectorIndex index;
  private final List<FieldInfo> flushed = new ArrayList<>();

  MarkingWriter(KnnVectorsWriter writer, VectorIndex index) {
    this.writer = writer;
    this.index = index;
  }

  @Override
  public KnnFieldVectorsWriter<?> addField(FieldInfo field) throws IOException {
    flushed.add(field);
    return writer.addField(field);
  }

  @Override
  public void flush(int maxDoc, Sorter.DocMap sortMap) throws IOException {
    writer.flush(maxDoc, sortMap);
    var satisfied = maxDoc < LEAST_ROWS ? index : new VectorIndex.Flat();
    for (var field : flushed) {
      field.putAttribute(VectorIndex.ATTRIBUTE, satisfied.text());
    }
  }

  @Override
  public IORunnable mergeOneField(FieldInfo field, MergeState mergeState) throws IOException {
    field.putAttribute(VectorIndex.ATTRIBUTE, index.text());
    return writer.mergeOneField(field, mergeState);
  }

  @Override
  public void finish() throws IOException {
    writer.finish();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  @Override
  public long ramBytesUsed() {
    return writer.ramBytesUsed();
  }
}
