package dev.aerie.local;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads what a [ByteSink] wrote. One thread.
final class ByteSource {
  private final ByteBuffer buffer;

  ByteSource(ByteBuffer bytes) {
    buffer = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean hasRemaining() {
    return buffer.hasRemaining();
  }

  byte get() {
    return buffer.get();
  }

  int getInt() {
    return buffer.getInt();
  }

  long getLong() {
    return buffer.getLong();
  }

  float getFloat() {
    return buffer.getFloat();
  }

  double getDouble() {
    return buffer.getDouble();
  }

  int getVInt() {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = buffer.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  long getZLong() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = buffer.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
  }

  byte[] getBytes(int length) {
    var bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  void getFloats(float[] into) {
    buffer
        .slice(buffer.position(), into.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(into);
    buffer.position(buffer.position() + into.length * Float.BYTES);
  }

  String getText() {
    int length = getVInt();
    var text =
        new String(
            buffer.array(),
            buffer.arrayOffset() + buffer.position(),
            length,
            StandardCharsets.UTF_8);
    buffer.position(buffer.position() + length);
    return text;
  }
}
