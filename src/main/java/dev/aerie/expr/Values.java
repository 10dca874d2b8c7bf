package dev.aerie.expr;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Orders of values, as Milvus has them.
final class Values {
  private Values() {}

  /// Without rounding the whole number.
  static int compare(long whole, double real) {
    if (real >= 0x1p63) {
      return -1;
    }
    if (real < -0x1p63) {
      return 1;
    }
    int order = Long.compare(whole, (long) real);
    return order != 0 ? order : Double.compare(0, real % 1 + 0.0);
  }

  /// By the bytes of UTF-8.
  static int compare(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
