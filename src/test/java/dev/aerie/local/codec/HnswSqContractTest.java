package dev.aerie.local.codec;

import org.apache.lucene.codecs.KnnVectorsFormat;

/// Lucene's contract for graphs over codes.
public class HnswSqContractTest extends FormatContractCase {
  @Override
  KnnVectorsFormat format() {
    return new VectorFormats(Builds.ON_MERGE_THREAD).format(new VectorIndex.HnswSq(16, 100));
  }
}
