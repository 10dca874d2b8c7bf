package dev.aerie.service.bench;

import dev.aerie.layout.Points;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The `.fvecs` and `.ivecs` files of the TEXMEX sets: each row an int32 length, then so many
/// 4-byte little-endian values.
final class VecsFile {
  private VecsFile() {}

  /// All rows of a float file.
  ///
  /// @throws IOException if it cannot be read or its rows differ in length
  static Points readFloats(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      int dim = dim(path, channel);
      int rows = rows(path, channel, dim);
      var values = new float[Math.multiplyExact(rows, dim)];
      read(path, channel, dim, rows, (buffer, row) -> floats(buffer, values, row * dim, dim));
      return new Points(values, rows, dim);
    }
  }

  /// All rows of an integer file.
  static int[][] readInts(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      int dim = dim(path, channel);
      var all = new int[rows(path, channel, dim)][dim];
      read(path, channel, dim, all.length, (buffer, row) -> buffer.asIntBuffer().get(all[row]));
      return all;
    }
  }

  private interface RowReader {
    void read(ByteBuffer atRow, int row);
  }

  private static void floats(ByteBuffer buffer, float[] values, int at, int dim) {
    buffer.asFloatBuffer().get(values, at, dim);
  }

  private static int dim(Path path, FileChannel channel) throws IOException {
    var head = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    if (channel.read(head, 0) < 4) {
      throw new IOException("\"%s\" is empty".formatted(path));
    }
    int dim = head.getInt(0);
    if (dim < 1 || dim > 1 << 20) {
      throw new IOException(
          "\"%s\" begins with a row of %d values; 1 to %d were expected"
              .formatted(path, dim, 1 << 20));
    }
    return dim;
  }

  private static int rows(Path path, FileChannel channel, int dim) throws IOException {
    long rowBytes = 4L * (dim + 1);
    if (channel.size() % rowBytes != 0) {
      throw new IOException(
          "\"%s\" has %d bytes, which is no multiple of its row's %d"
              .formatted(path, channel.size(), rowBytes));
    }
    return Math.toIntExact(channel.size() / rowBytes);
  }

  private static void read(Path path, FileChannel channel, int dim, int rows, RowReader reader)
      throws IOException {
    int rowBytes = 4 * (dim + 1);
    int step = Math.max(1, (1 << 20) / rowBytes);
    var buffer = ByteBuffer.allocate(step * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(0);
    for (int start = 0; start < rows; start += step) {
      int count = Math.min(step, rows - start);
      buffer.clear().limit(count * rowBytes);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new IOException("\"%s\" became shorter while it was read".formatted(path));
        }
      }
      for (int row = 0; row < count; row++) {
        buffer.position(row * rowBytes);
        if (buffer.getInt() != dim) {
          throw new IOException(
              "row %d of \"%s\" has another length than the first, %d"
                  .formatted(start + row, path, dim));
        }
        reader.read(buffer, start + row);
      }
    }
  }
}
