package dev.aerie.local;

import dev.aerie.engine.DataType;

/// FLOAT16 and BFLOAT16 vectors in the bytes of the wire, and as floats. Both directions are exact
/// for what came from the other.
final class HalfFloats {
  private HalfFloats() {}

  /// @param bytes little endian, two for each component
  static float[] toFloats(DataType type, byte[] bytes) {
    var floats = new float[bytes.length / 2];
    for (int i = 0; i < floats.length; i++) {
      int bits = bytes[2 * i] & 0xFF | (bytes[2 * i + 1] & 0xFF) << 8;
      floats[i] =
          type == DataType.FLOAT16_VECTOR
              ? Float.float16ToFloat((short) bits)
              : Float.intBitsToFloat(bits << 16);
    }
    return floats;
  }

  static byte[] toBytes(DataType type, float[] floats) {
    var bytes = new byte[floats.length * 2];
    for (int i = 0; i < floats.length; i++) {
      int bits =
          type == DataType.FLOAT16_VECTOR
              ? Float.floatToFloat16(floats[i])
              : Float.floatToRawIntBits(floats[i]) >>> 16;
      bytes[2 * i] = (byte) bits;
      bytes[2 * i + 1] = (byte) (bits >> 8);
    }
    return bytes;
  }
}
