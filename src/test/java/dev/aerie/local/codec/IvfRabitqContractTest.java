package dev.aerie.local.codec;

import org.apache.lucene.codecs.KnnVectorsFormat;

/// Lucene's contract for lists of signs, built from the eighth row on.
public class IvfRabitqContractTest extends FormatContractCase {
  @Override
  KnnVectorsFormat format() {
    return new IvfFormat(new VectorIndex.IvfRabitq(4), Builds.ON_MERGE_THREAD, 8);
  }
}
