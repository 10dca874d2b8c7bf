package dev.aerie.local;

import java.util.function.Function;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;

/// Lucene's codec, but that vector fields are written as their index wants at that moment: a change
/// of an index is seen by the next segment that is written, without closing anything.
final class AerieCodec extends Lucene104Codec {
  private final Function<String, KnnVectorsFormat> formats;

  /// @param formats by the name of a Lucene field; asked for each segment
  AerieCodec(Function<String, KnnVectorsFormat> formats) {
    this.formats = formats;
  }

  @Override
  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
    return formats.apply(field);
  }
}
