package dev.aerie.engine;

import java.util.BitSet;

/// Which rows of a column hold a value. Immutable.
public final class Validity {
  private final int size;
  private final BitSet nulls;

  private Validity(int size, BitSet nulls) {
    this.size = size;
    this.nulls = nulls;
  }

  /// Every one of `size` rows holds a value.
  public static Validity all(int size) {
    return new Validity(size, new BitSet());
  }

  /// @param nulls the rows that hold none; copied
  public static Validity without(BitSet nulls, int size) {
    if (nulls.length() > size) {
      throw new IllegalArgumentException(
          "row %d is marked as null in a column of %d rows".formatted(nulls.length() - 1, size));
    }
    return new Validity(size, (BitSet) nulls.clone());
  }

  public boolean isValid(int row) {
    return !nulls.get(row);
  }

  public boolean isAll() {
    return nulls.isEmpty();
  }

  public int size() {
    return size;
  }

  public int nullCount() {
    return nulls.cardinality();
  }

  /// Rows `from` (inclusive) to `to` (exclusive), renumbered from 0.
  public Validity slice(int from, int to) {
    return new Validity(to - from, nulls.get(from, to));
  }
}
