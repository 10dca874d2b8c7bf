package dev.aerie.local.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Where log files are written: the disk, or in tests one that loses what was not forced or is
/// full.
public interface LogFiles {
  /// The file system itself.
  LogFiles DISK = DiskLogFile::create;

  /// Creates an empty file; an old one of that name is emptied.
  LogFile create(Path path) throws IOException;

  /// One file being written. Used by one thread at a time, but for [#force].
  interface LogFile extends AutoCloseable {
    /// Appends all remaining bytes.
    void write(ByteBuffer bytes) throws IOException;

    /// Returns when everything written before the call is on disk.
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }

  /// A file of the file system.
  final class DiskLogFile implements LogFile {
    private final FileChannel channel;

    private DiskLogFile(FileChannel channel) {
      this.channel = channel;
    }

    static LogFile create(Path path) throws IOException {
      return new DiskLogFile(
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING));
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
