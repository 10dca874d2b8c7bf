package dev.aerie.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Rows of numbers of one kind at fixed distances in a file.
final class FlatVectors implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final Path file;
  private final FileChannel channel;

  /// What one component is.
  enum Component {
    FLOAT64(8),
    FLOAT32(4),
    FLOAT16(2),
    INT64(8),
    INT32(4),
    INT16(2),
    INT8(1),
    UINT8(1);

    final int bytes;

    Component(int bytes) {
      this.bytes = bytes;
    }

    boolean isInteger() {
      return switch (this) {
        case FLOAT64, FLOAT32, FLOAT16 -> false;
        case INT64, INT32, INT16, INT8, UINT8 -> true;
      };
    }

    float get(ByteBuffer buffer) {
      return switch (this) {
        case FLOAT64 -> (float) buffer.getDouble();
        case FLOAT32 -> buffer.getFloat();
        case FLOAT16 -> Float.float16ToFloat(buffer.getShort());
        case INT64 -> buffer.getLong();
        case INT32 -> buffer.getInt();
        case INT16 -> buffer.getShort();
        case INT8 -> buffer.get();
        case UINT8 -> buffer.get() & 0xFF;
      };
    }
  }

  FlatVectors(Path file) {
    this.file = file;
    try {
      this.channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be opened: " + e.getMessage(), e);
    }
  }

  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /// Exactly so many bytes from a place in the file.
  ByteBuffer bytes(long offset, int length, ByteOrder order) {
    var buffer = ByteBuffer.allocate(length).order(order);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new DataFileException(
              file, "ends at byte %,d; more was announced".formatted(channel.size()));
        }
      }
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be read: " + e.getMessage(), e);
    }
    return buffer.flip();
  }

  /// Reads rows.
  ///
  /// @param offset of the first row
  /// @param prefix bytes before each row's components
  void read(
      long offset,
      int prefix,
      int count,
      int dimension,
      Component component,
      ByteOrder order,
      float[] into) {
    int rowBytes = prefix + dimension * component.bytes;
    int most = Math.max(1, CHUNK / rowBytes);
    for (int done = 0; done < count; ) {
      int rows = Math.min(most, count - done);
      var buffer = bytes(offset + (long) done * rowBytes, rows * rowBytes, order);
      for (int row = 0; row < rows; row++) {
        if (prefix > 0 && buffer.getInt(row * rowBytes) != dimension) {
          throw new DataFileException(
              file,
              "holds vectors of %d and %d dimensions; all must have as many as the first"
                  .formatted(dimension, buffer.getInt(row * rowBytes)));
        }
        buffer.position(row * rowBytes + prefix);
        for (int d = 0; d < dimension; d++) {
          into[(done + row) * dimension + d] = component.get(buffer);
        }
      }
      done += rows;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be closed: " + e.getMessage(), e);
    }
  }
}
