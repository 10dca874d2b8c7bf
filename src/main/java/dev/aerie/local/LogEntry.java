package dev.aerie.local;

import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import java.nio.ByteBuffer;

/// What one record of a collection's log says: `kind byte, timestamp long` and what the kind needs.
/// Everything is resolved (keys made, defaults filled in, filters turned into keys), so that to
/// apply a record again gives the same rows whatever the schema has become meanwhile.
sealed interface LogEntry {
  /// Hybrid, milliseconds << 18 | counter.
  long timestamp();

  /// Rows that replace those with the same keys.
  ///
  /// @param partitions the partition of each row; one for all where they share it
  record Write(long timestamp, long[] partitions, ColumnBatch rows) implements LogEntry {
    long partition(int row) {
      return partitions.length == 1 ? partitions[0] : partitions[row];
    }
  }

  /// @param ids of rows that were there
  record Delete(long timestamp, Column ids) implements LogEntry {}

  record DropPartition(long timestamp, long partition) implements LogEntry {}

  record Truncate(long timestamp) implements LogEntry {}

  /// The record `seq` could not be applied and was never acknowledged.
  record Abort(long timestamp, long seq) implements LogEntry {}

  default ByteBuffer toBytes() {
    switch (this) {
      case Write(long timestamp, long[] partitions, ColumnBatch rows) -> {
        var sink = new ByteSink((int) Math.min(1 << 29, rows.bytes() + rows.bytes() / 8 + 1024));
        sink.put((byte) 1).putLong(timestamp).putVInt(partitions.length);
        for (long partition : partitions) {
          sink.putZLong(partition);
        }
        ColumnCodec.write(rows, sink);
        return sink.written();
      }
      case Delete(long timestamp, Column ids) -> {
        var sink = new ByteSink((int) Math.min(1 << 29, ids.bytes() + 64));
        sink.put((byte) 2).putLong(timestamp);
        ColumnCodec.write(ids, sink);
        return sink.written();
      }
      case DropPartition(long timestamp, long partition) -> {
        return new ByteSink(32).put((byte) 3).putLong(timestamp).putZLong(partition).written();
      }
      case Truncate(long timestamp) -> {
        return new ByteSink(16).put((byte) 4).putLong(timestamp).written();
      }
      case Abort(long timestamp, long seq) -> {
        return new ByteSink(32).put((byte) 5).putLong(timestamp).putLong(seq).written();
      }
    }
  }

  /// @param payload backed by an array
  static LogEntry read(ByteBuffer payload) {
    var source = new ByteSource(payload);
    byte kind = source.get();
    long timestamp = source.getLong();
    return switch (kind) {
      case 1 -> {
        var partitions = new long[source.getVInt()];
        for (int i = 0; i < partitions.length; i++) {
          partitions[i] = source.getZLong();
        }
        yield new Write(timestamp, partitions, ColumnCodec.readBatch(source));
      }
      case 2 -> new Delete(timestamp, ColumnCodec.read(source));
      case 3 -> new DropPartition(timestamp, source.getZLong());
      case 4 -> new Truncate(timestamp);
      case 5 -> new Abort(timestamp, source.getLong());
      default -> throw new IllegalStateException("a log record has the unknown kind " + kind);
    };
  }
}
