package dev.aerie.ivf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The codes of an index.
///
/// @param bytes list after list in the blocks of [dev.aerie.kernel.Kernels#nibbleSums]; a list of
///     `n` rows takes `n` rounded up to
///     whole sixteens, times the coder's planes
/// @param slopes one float for each row in list order, then at least 64 bytes more; empty where the
///     coder has none
/// @param shifts likewise
/// @param offsets where in `bytes` each list begins
@SuppressWarnings("ArrayRecordComponent") // never compared; arrays are what loops read
public record Codes(
    Coder coder, MemorySegment bytes, MemorySegment slopes, MemorySegment shifts, long[] offsets) {

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int SIXTEEN = 16;
  private static final int BLOCK = 64;

  float shift(int row) {
    return shifts.get(FLOAT, (long) row * Float.BYTES);
  }

  /// Rows a list takes room for.
  public static int padded(int rows) {
    return (rows + SIXTEEN - 1) / SIXTEEN * SIXTEEN;
  }

  /// Where in its list a row's byte of plane 0 stands, and how far it is to that of plane 1, as
  /// `position × 64 + width - 1`.
  ///
  /// @param nibbles whether a byte is two codes, whose rows are interleaved; bytes stand in the
  ///     order of the rows
  public static long place(int row, int paddedRows, int planes, boolean nibbles) {
    int block = row / BLOCK * BLOCK;
    int width = Math.min(BLOCK, paddedRows - block);
    int inBlock = row - block;
    int position = inBlock;
    if (nibbles) {
      position = inBlock < width / 2 ? 2 * inBlock : 2 * (inBlock - width / 2) + 1;
    }
    return ((long) block * planes + position) * BLOCK + width - 1;
  }

  /// The offsets of lists that begin at these rows.
  public static long[] offsets(int[] starts, int planes) {
    var offsets = new long[starts.length];
    for (int list = 0; list + 1 < starts.length; list++) {
      offsets[list + 1] = offsets[list] + (long) padded(starts[list + 1] - starts[list]) * planes;
    }
    return offsets;
  }
}
