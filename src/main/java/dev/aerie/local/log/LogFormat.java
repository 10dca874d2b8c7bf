package dev.aerie.local.log;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// Version 1 of a log file, little endian:
///
/// - header: `magic long, version int, first sequence number long, crc32c int` of the bytes before
/// - records: `magic int, length int, crc32c int, sequence number long, payload`, where the
/// checksum
///   covers length, sequence number and payload
final class LogFormat {
  static final long FILE_MAGIC = 0x4C_41_57_45_49_52_45_41L;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 24;
  static final int RECORD_MAGIC = 0xAE21_E10C;
  static final int RECORD_HEADER_BYTES = 20;

  /// Longest payload, far above the largest request, so that a damaged length is seen as such.
  static final int MAX_PAYLOAD = 1 << 30;

  private static final Pattern NAME = Pattern.compile("wal-([0-9a-f]{16})\\.log");
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private LogFormat() {}

  static String name(long firstSeq) {
    return "wal-%016x.log".formatted(firstSeq);
  }

  /// The first sequence number in a file's name; empty for files that are no logs.
  static OptionalLong firstSeq(Path file) {
    var matcher = NAME.matcher(file.getFileName().toString());
    return matcher.matches()
        ? OptionalLong.of(Long.parseUnsignedLong(matcher.group(1), 16))
        : OptionalLong.empty();
  }

  static ByteBuffer header(long firstSeq) {
    var header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(FILE_MAGIC).putInt(VERSION).putLong(firstSeq);
    header.putInt(checksum(header.duplicate().flip()));
    return header.flip();
  }

  /// Whether a file begins with a header for that first sequence number.
  static boolean hasHeader(MemorySegment file, long firstSeq) {
    return file.byteSize() >= HEADER_BYTES
        && file.asSlice(0, HEADER_BYTES).mismatch(MemorySegment.ofBuffer(header(firstSeq))) == -1;
  }

  static ByteBuffer recordHeader(long seq, ByteBuffer payload) {
    int length = payload.remaining();
    var header = ByteBuffer.allocate(RECORD_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(RECORD_MAGIC).putInt(length).putInt(checksum(length, seq, payload)).putLong(seq);
    return header.flip();
  }

  /// The length of the payload of the record at an offset, or -1 if there is no sound one.
  static int payloadLength(MemorySegment file, long offset) {
    long left = file.byteSize() - offset;
    if (left < RECORD_HEADER_BYTES || file.get(INT, offset) != RECORD_MAGIC) {
      return -1;
    }
    int length = file.get(INT, offset + 4);
    if (length < 0 || length > MAX_PAYLOAD || length > left - RECORD_HEADER_BYTES) {
      return -1;
    }
    var payload = file.asSlice(offset + RECORD_HEADER_BYTES, length).asByteBuffer();
    return checksum(length, seq(file, offset), payload) == file.get(INT, offset + 8) ? length : -1;
  }

  static long seq(MemorySegment file, long offset) {
    return file.get(LONG, offset + 12);
  }

  private static int checksum(int length, long seq, ByteBuffer payload) {
    var crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(length).putLong(seq).flip());
    crc.update(payload.duplicate());
    return (int) crc.getValue();
  }

  private static int checksum(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
