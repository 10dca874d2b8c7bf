package dev.aerie.local;

import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/// Indices of sparse vectors as terms: four bytes, most significant first.
final class SparseTerms {
  private SparseTerms() {}

  static BytesRef term(int index) {
    var bytes = new byte[Integer.BYTES];
    NumericUtils.intToSortableBytes(index, bytes, 0);
    return new BytesRef(bytes);
  }
}
