package dev.aerie.local.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The log being written. [#append] and [#roll] are called under the collection's write lock;
/// [#sync] by many threads at once, which share one `force`.
///
/// Any failure is final: every later call fails with the first cause.
public final class WriteAheadLog implements AutoCloseable {
  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");

  private final Path folder;
  private final LogFiles files;
  private final Object forcing = new Object();

  private LogFiles.LogFile current;
  private long currentBytes;
  private long bytes;
  private long lastSeq;
  private volatile long durableSeq;
  private @Nullable IOException failure;

  /// Goes on after what a scan found, in a file of its own.
  ///
  /// @param scan of the folder, repaired
  public WriteAheadLog(Path folder, LogFiles files, LogScan scan) throws IOException {
    this.folder = folder;
    this.files = files;
    this.lastSeq = scan.nextSeq() - 1;
    this.durableSeq = lastSeq;
    for (var part : scan.files()) {
      bytes += part.soundBytes();
    }
    this.current = begin();
  }

  /// Appends a record; it is durable once [#sync] has returned for its number.
  ///
  /// @return its sequence number
  public synchronized long append(ByteBuffer payload) throws IOException {
    requireSound();
    long seq = lastSeq + 1;
    var header = LogFormat.recordHeader(seq, payload);
    int length = header.remaining() + payload.remaining();
    try {
      current.write(header);
      current.write(payload.duplicate());
    } catch (IOException e) {
      throw failed(e);
    }
    currentBytes += length;
    bytes += length;
    lastSeq = seq;
    return seq;
  }

  /// Returns when the record with that number is on disk.
  public void sync(long seq) throws IOException {
    if (durableSeq >= seq) {
      return;
    }
    synchronized (forcing) {
      if (durableSeq >= seq) {
        return;
      }
      LogFiles.LogFile file;
      long upTo;
      synchronized (this) {
        requireSound();
        file = current;
        upTo = lastSeq;
      }
      try {
        file.force();
      } catch (IOException e) {
        synchronized (this) {
          throw failed(e);
        }
      }
      durableSeq = upTo;
    }
  }

  /// Ends the current file and begins the next.
  ///
  /// @return the last sequence number of the files before it
  public long roll() throws IOException {
    synchronized (forcing) {
      synchronized (this) {
        requireSound();
        try {
          // A later file tells readers that this one is whole, so it has to be so first.
          current.force();
          durableSeq = lastSeq;
          current.close();
          current = begin();
        } catch (IOException e) {
          throw failed(e);
        }
        return lastSeq;
      }
    }
  }

  /// Deletes files that hold nothing above `seq`.
  public synchronized void deleteUpTo(long seq) throws IOException {
    var scan = new ArrayList<Path>();
    try (var listing = Files.newDirectoryStream(folder, "wal-*.log")) {
      for (var path : listing) {
        if (LogFormat.firstSeq(path).isPresent()) {
          scan.add(path);
        }
      }
    }
    scan.sort(Comparator.comparingLong(path -> LogFormat.firstSeq(path).orElseThrow()));
    for (int i = 0; i + 1 < scan.size(); i++) {
      if (LogFormat.firstSeq(scan.get(i + 1)).orElseThrow() <= seq + 1) {
        bytes -= Files.size(scan.get(i));
        Files.delete(scan.get(i));
      }
    }
  }

  public synchronized long lastSeq() {
    return lastSeq;
  }

  /// Bytes of the file being written.
  public synchronized long currentBytes() {
    return currentBytes;
  }

  /// Bytes of all files.
  public synchronized long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    synchronized (forcing) {
      synchronized (this) {
        current.close();
        if (failure == null) {
          failure = new IOException("the log in \"%s\" is closed".formatted(folder));
        }
      }
    }
  }

  private LogFiles.LogFile begin() throws IOException {
    var file = files.create(folder.resolve(LogFormat.name(lastSeq + 1)));
    try {
      file.write(LogFormat.header(lastSeq + 1));
      file.force();
      forceFolder(folder);
    } catch (IOException e) {
      try (file) {
        throw e;
      }
    }
    currentBytes = LogFormat.HEADER_BYTES;
    bytes += LogFormat.HEADER_BYTES;
    return file;
  }

  /// Makes the names in a folder durable; Windows does so by itself and refuses to be asked.
  private static void forceFolder(Path folder) throws IOException {
    if (WINDOWS) {
      return;
    }
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void requireSound() throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private IOException failed(IOException cause) {
    if (failure == null) {
      failure = cause;
    }
    return cause;
  }
}
