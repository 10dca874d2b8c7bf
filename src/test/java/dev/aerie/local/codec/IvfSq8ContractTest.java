package dev.aerie.local.codec;

import org.apache.lucene.codecs.KnnVectorsFormat;

/// Lucene's contract for lists of bytes, built from the eighth row on.
public class IvfSq8ContractTest extends FormatContractCase {
  @Override
  KnnVectorsFormat format() {
    return new IvfFormat(new VectorIndex.IvfSq8(4), Builds.ON_MERGE_THREAD, 8);
  }
}
