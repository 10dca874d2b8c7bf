package dev.aerie.local.codec;

import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.VectorUtil;

/// Lucene's scores, which are never negative, of the values a person is shown.
final class Scores {

  private Scores() {}

  static float ofValue(VectorSimilarityFunction similarity, float value) {
    return switch (similarity) {
      case EUCLIDEAN -> VectorUtil.normalizeDistanceToUnitInterval(value);
      case DOT_PRODUCT, COSINE -> VectorUtil.normalizeToUnitInterval(value);
      case MAXIMUM_INNER_PRODUCT -> VectorUtil.scaleMaxInnerProductScore(value);
    };
  }
}
