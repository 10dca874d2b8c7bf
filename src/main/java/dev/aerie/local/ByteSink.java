package dev.aerie.local;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;

/// Bytes being written, little endian, in an array that grows. One thread.
final class ByteSink {
  private ByteBuffer buffer;

  ByteSink(int expectedBytes) {
    buffer = ByteBuffer.allocate(Math.max(64, expectedBytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  ByteSink put(byte value) {
    room(1).put(value);
    return this;
  }

  ByteSink putInt(int value) {
    room(4).putInt(value);
    return this;
  }

  ByteSink putLong(long value) {
    room(8).putLong(value);
    return this;
  }

  ByteSink putFloat(float value) {
    room(4).putFloat(value);
    return this;
  }

  ByteSink putDouble(double value) {
    room(8).putDouble(value);
    return this;
  }

  /// An unsigned number in as few bytes as it needs, seven bits each.
  ByteSink putVInt(int value) {
    var bytes = room(5);
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      bytes.put((byte) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
    return this;
  }

  /// A whole number, small absolute values in few bytes.
  ByteSink putZLong(long value) {
    var bytes = room(10);
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7FL) != 0) {
      bytes.put((byte) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
    return this;
  }

  ByteSink putBytes(byte[] bytes) {
    room(bytes.length).put(bytes);
    return this;
  }

  ByteSink putBytes(ByteBuffer bytes) {
    room(bytes.remaining()).put(bytes.duplicate());
    return this;
  }

  ByteSink putFloats(FloatBuffer floats) {
    int length = floats.remaining() * Float.BYTES;
    var bytes = room(length);
    bytes.asFloatBuffer().put(floats.duplicate());
    bytes.position(bytes.position() + length);
    return this;
  }

  /// Text as a length and UTF-8.
  ByteSink putText(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return putVInt(bytes.length).putBytes(bytes);
  }

  /// What has been written, without a copy.
  ByteBuffer written() {
    return buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip();
  }

  byte[] toArray() {
    var bytes = new byte[buffer.position()];
    buffer.duplicate().flip().get(bytes);
    return bytes;
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int wanted = Math.addExact(buffer.position(), bytes);
      int capacity =
          (int) Math.min(Integer.MAX_VALUE - 16, Math.max(2L * buffer.capacity(), wanted));
      buffer =
          ByteBuffer.allocate(Math.max(capacity, wanted))
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(buffer.flip());
    }
    return buffer;
  }
}
