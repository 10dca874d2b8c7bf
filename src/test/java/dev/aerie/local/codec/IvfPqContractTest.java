package dev.aerie.local.codec;

import org.apache.lucene.codecs.KnnVectorsFormat;

/// Lucene's contract for lists of product codes, built from the eighth row on.
public class IvfPqContractTest extends FormatContractCase {
  @Override
  KnnVectorsFormat format() {
    return new IvfFormat(new VectorIndex.IvfPq(4, 0), Builds.ON_MERGE_THREAD, 8);
  }
}
