package dev.aerie.local.codec;

import org.apache.lucene.codecs.KnnVectorsFormat;

/// Lucene's contract for raw rows.
public class FlatContractTest extends FormatContractCase {
  @Override
  KnnVectorsFormat format() {
    return new FlatFormat();
  }
}
