package dev.aerie.local.codec;

import org.apache.lucene.codecs.KnnVectorsFormat;

/// Lucene's contract for graphs.
public class HnswContractTest extends FormatContractCase {
  @Override
  KnnVectorsFormat format() {
    return new VectorFormats(Builds.ON_MERGE_THREAD).format(new VectorIndex.Hnsw(16, 100));
  }
}
