package dev.aerie.local.codec;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.tests.index.BaseKnnVectorsFormatTestCase;
import org.apache.lucene.tests.util.TestUtil;

/// Lucene's own contract of a vectors format, once for each of ours below.
abstract class FormatContractCase extends BaseKnnVectorsFormatTestCase {

  abstract KnnVectorsFormat format();

  @Override
  protected Codec getCodec() {
    return TestUtil.alwaysKnnVectorsFormat(format());
  }

  @Override
  protected boolean supportsFloatVectorFallback() {
    return false;
  }
}
