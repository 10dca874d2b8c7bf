package dev.aerie.ivf;

import dev.aerie.kernel.Measure;

/// How rows are written as short codes, and what a query makes of them. Immutable, safe for several
/// threads.
///
/// Nibble coders code the residual of a row, what is left of it beside the centroid of its list, in
/// the inner-product form:
/// `<q, x> = <q, c> + <q, r>` and `|q - x|² = |q - c|² - 2 <q, r> + (|r|² + 2 <c, r>)`. So the
/// tables of a query are
/// the same for every list, and what depends on the row alone is one stored number.
public sealed interface Coder permits ProductCoder, SignCoder, ByteCoder {

  /// What a coder is on disk: its kind and its numbers.
  enum Kind {
    PRODUCT,
    SIGN,
    BYTE
  }

  Kind kind();

  /// Bytes of one row's code.
  int planes();

  /// Whether a row has a number its code's value is multiplied with.
  boolean sloped();

  /// Whether a row has a number that is added to its distance.
  boolean shifted();

  /// Everything needed to make the coder again with [#of], first the kind's own parameter.
  float[] parameters();

  /// @param codes receives the row's code: two nibbles or one number a byte
  /// @param row the row as its measure sees it
  /// @param centroid that of its list
  /// @return the row's slope and shift as two floats in one long, the shift above
  long encode(float[] row, float[] centroid, byte[] codes);

  static long pack(float slope, float shift) {
    return ((long) Float.floatToRawIntBits(shift) << 32)
        | Integer.toUnsignedLong(Float.floatToRawIntBits(slope));
  }

  static float slope(long packed) {
    return Float.intBitsToFloat((int) packed);
  }

  static float shift(long packed) {
    return Float.intBitsToFloat((int) (packed >>> 32));
  }

  /// @throws IllegalArgumentException if the parameters are not those of such a coder
  static Coder of(Kind kind, int dim, Measure measure, float[] parameters) {
    return switch (kind) {
      case PRODUCT -> ProductCoder.of(dim, measure, parameters);
      case SIGN -> SignCoder.of(dim, measure);
      case BYTE -> ByteCoder.of(dim, measure, parameters);
    };
  }
}
