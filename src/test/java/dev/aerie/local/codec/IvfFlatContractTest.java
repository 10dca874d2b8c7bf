package dev.aerie.local.codec;

import org.apache.lucene.codecs.KnnVectorsFormat;

/// Lucene's contract for lists of raw rows, built from the eighth row on.
public class IvfFlatContractTest extends FormatContractCase {
  @Override
  KnnVectorsFormat format() {
    return new IvfFormat(new VectorIndex.IvfFlat(4), Builds.ON_MERGE_THREAD, 8);
  }
}
