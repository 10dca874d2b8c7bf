package dev.aerie.ivf;

import dev.aerie.kernel.PanamaKernels;

/// The lookup tables of one query, as the scan of nibbles reads them. Reusable, not safe for
/// several threads.
final class Tables {
  private static final PanamaKernels KERNELS = PanamaKernels.WIDEST;

  /// What the sum of two entries may reach in a byte.
  private static final float GREATEST_ENTRY = 127;

  /// What the sum of all may reach in 16 bits, less a half for the rounding of each.
  private static final float GREATEST_SUM = 65_000;

  private float[] values = new float[0];
  private float[] least = new float[0];
  private byte[] bytes = new byte[0];
  private float scale;
  private float shift;

  /// Room for the values of `codes` tables, to be filled before [#quantise].
  float[] values(int codes) {
    if (least.length != codes) {
      values = new float[codes * ProductCoder.WORDS];
      least = new float[codes];
      bytes = new byte[codes * KERNELS.tableBytes()];
    }
    return values;
  }

  void quantise() {
    float widest = 0;
    float widths = 0;
    shift = 0;
    for (int code = 0; code < least.length; code++) {
      int from = code * ProductCoder.WORDS;
      float low = values[from];
      float high = low;
      for (int word = 1; word < ProductCoder.WORDS; word++) {
        low = Math.min(low, values[from + word]);
        high = Math.max(high, values[from + word]);
      }
      least[code] = low;
      shift += low;
      widest = Math.max(widest, high - low);
      widths += high - low;
    }
    float step = Math.max(widest / GREATEST_ENTRY, widths / (GREATEST_SUM - least.length));
    scale = Math.max(step, Float.MIN_NORMAL);
    KERNELS.quantiseTables(values, least, 1 / scale, bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  /// What one unit of a sum is worth.
  float scale() {
    return scale;
  }

  /// What a sum of 0 is worth.
  float shift() {
    return shift;
  }
}
