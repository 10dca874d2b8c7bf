package dev.aerie.local.log;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a log folder holds, checked record by record. Reads only.
///
/// @param files in the order of their sequence numbers
/// @param firstSeq of the oldest file; 1 where there is none
/// @param nextSeq one above the last sound record
/// @param tornBytes at the end of the last file, left by a crash, which no one was promised
public record LogScan(List<Part> files, long firstSeq, long nextSeq, long tornBytes) {

  /// @param soundBytes up to the end of its last sound record
  public record Part(Path path, long firstSeq, long soundBytes) {}

  /// Told of each record.
  @FunctionalInterface
  public interface Replay {
    /// @param payload valid during the call only
    void record(long seq, ByteBuffer payload) throws IOException;
  }

  public LogScan {
    files = List.copyOf(files);
  }

  /// Reads a folder. Files that are no logs are left alone.
  ///
  /// @param committedSeq what the index holds; the log has to go on from there
  /// @throws LogCorruptException if records are missing or damaged that may have been acknowledged
  public static LogScan of(Path folder, long committedSeq) throws IOException {
    var paths = new ArrayList<Path>();
    try (var listing = Files.newDirectoryStream(folder)) {
      for (var path : listing) {
        if (LogFormat.firstSeq(path).isPresent()) {
          paths.add(path);
        }
      }
    }
    paths.sort(Comparator.comparingLong(path -> LogFormat.firstSeq(path).orElseThrow()));
    var parts = new ArrayList<Part>();
    long next = 1;
    long torn = 0;
    for (int i = 0; i < paths.size(); i++) {
      var path = paths.get(i);
      long first = LogFormat.firstSeq(path).orElseThrow();
      if (i > 0 && first != next) {
        throw new LogCorruptException(
            "log file %s begins at %d; the one before it ends at %d"
                .formatted(path.getFileName(), first, next - 1));
      }
      try (var arena = Arena.ofConfined()) {
        var file = map(path, arena);
        long sound = soundBytes(path, file, first, i == paths.size() - 1);
        next = first + count(file, sound);
        torn = file.byteSize() - sound;
        parts.add(new Part(path, first, sound));
      }
    }
    long first = parts.isEmpty() ? 1 : parts.getFirst().firstSeq();
    if (first > committedSeq + 1 || next <= committedSeq) {
      throw new LogCorruptException(
          "the log in \"%s\" holds records %d to %d; the index ends at %d, so records are missing"
              .formatted(folder, first, next - 1, committedSeq));
    }
    return new LogScan(parts, first, next, torn);
  }

  /// Hands over every record above `after`, in order.
  public void replay(long after, Replay replay) throws IOException {
    for (var part : files) {
      try (var arena = Arena.ofConfined()) {
        var file = map(part.path(), arena);
        long offset = LogFormat.HEADER_BYTES;
        while (offset < part.soundBytes()) {
          int length = LogFormat.payloadLength(file, offset);
          if (length < 0) {
            throw new LogCorruptException(
                "record at byte %d of %s changed while it was read"
                    .formatted(offset, part.path().getFileName()));
          }
          long seq = LogFormat.seq(file, offset);
          long payload = offset + LogFormat.RECORD_HEADER_BYTES;
          if (seq > after) {
            replay.record(seq, file.asSlice(payload, length).asByteBuffer());
          }
          offset = payload + length;
        }
      }
    }
  }

  /// Cuts the torn tail off, so that the next scan finds nothing behind the last sound record.
  public void repair() throws IOException {
    if (tornBytes == 0) {
      return;
    }
    var last = files.getLast();
    if (last.soundBytes() == 0) {
      Files.delete(last.path());
      return;
    }
    try (var channel = FileChannel.open(last.path(), StandardOpenOption.WRITE)) {
      channel.truncate(last.soundBytes());
      channel.force(true);
    }
  }

  private static long soundBytes(Path path, MemorySegment file, long first, boolean last)
      throws LogCorruptException {
    if (!LogFormat.hasHeader(file, first)) {
      long later = laterRecord(file, 0, first);
      if (last && later < 0) {
        return 0;
      }
      throw new LogCorruptException(
          "log file %s has no sound header of version %d"
              .formatted(path.getFileName(), LogFormat.VERSION));
    }
    long offset = LogFormat.HEADER_BYTES;
    long seq = first;
    while (offset < file.byteSize()) {
      int length = LogFormat.payloadLength(file, offset);
      if (length < 0 || LogFormat.seq(file, offset) != seq) {
        long later = laterRecord(file, offset + 1, seq);
        if (!last || later >= 0) {
          throw new LogCorruptException(
              "record %d at byte %d of log file %s is damaged%s"
                  .formatted(
                      seq,
                      offset,
                      path.getFileName(),
                      later >= 0
                          ? "; a sound record follows at byte " + later
                          : "; a later log file follows"));
        }
        return offset;
      }
      offset += LogFormat.RECORD_HEADER_BYTES + length;
      seq++;
    }
    return offset;
  }

  /// The offset of a sound record with a sequence number of at least `seq`; -1 if there is none.
  private static long laterRecord(MemorySegment file, long from, long seq) {
    for (long at = from; at <= file.byteSize() - LogFormat.RECORD_HEADER_BYTES; at++) {
      if (LogFormat.payloadLength(file, at) >= 0 && LogFormat.seq(file, at) >= seq) {
        return at;
      }
    }
    return -1;
  }

  private static long count(MemorySegment file, long sound) {
    long count = 0;
    long offset = LogFormat.HEADER_BYTES;
    while (offset < sound) {
      offset += LogFormat.RECORD_HEADER_BYTES + LogFormat.payloadLength(file, offset);
      count++;
    }
    return count;
  }

  private static MemorySegment map(Path path, Arena arena) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }
}
