package dev.aerie.local;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Owning a folder: an exclusive lock on its file LOCK, which the system takes back when the
/// process
/// ends in whatever way. The file's text says who owns it, `pid <n>` and, while it serves,
/// `endpoint <host:port>`; that the file exists means nothing.
final class FolderLock implements AutoCloseable {
  private static final String NAME = "LOCK";

  /// The first byte is locked and blank; the text follows, so that others can read it on systems
  /// where a lock keeps readers out.
  private static final int TEXT_OFFSET = 1;

  private final FileChannel channel;
  private final FileLock lock;

  private FolderLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /// @throws EngineException `FAILED_PRECONDITION` if another process owns the folder
  static FolderLock take(Path folder) throws IOException {
    var channel =
        FileChannel.open(
            folder.resolve(NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      var lock = channel.tryLock(0, TEXT_OFFSET, false);
      if (lock != null) {
        var taken = new FolderLock(channel, lock);
        taken.announce(Optional.empty());
        return taken;
      }
    } catch (OverlappingFileLockException e) {
      // This very process has it open; told below.
    } catch (IOException e) {
      try (channel) {
        throw e;
      }
    }
    channel.close();
    throw inUse(folder);
  }

  /// Only looks whether another process owns the folder.
  ///
  /// @throws EngineException `FAILED_PRECONDITION` if one does
  static void requireFree(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder.resolve(NAME), StandardOpenOption.WRITE)) {
      try (var lock = channel.tryLock(0, TEXT_OFFSET, false)) {
        if (lock != null) {
          return;
        }
      } catch (OverlappingFileLockException e) {
        // This very process has it open; told below.
      }
    }
    throw inUse(folder);
  }

  private static EngineException inUse(Path folder) {
    return new EngineException(
        ErrorCode.FAILED_PRECONDITION,
        "data folder \"%s\" is in use by another Aerie (%s); close it there, or connect to it"
            .formatted(folder, owner(folder)));
  }

  /// Writes who owns the folder.
  ///
  /// @param endpoint where the owner serves it
  void announce(Optional<String> endpoint) throws IOException {
    var text = " pid " + ProcessHandle.current().pid() + "\n";
    if (endpoint.isPresent()) {
      text += "endpoint " + endpoint.get() + "\n";
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  /// What the owner wrote, on one line.
  static String owner(Path folder) {
    try {
      var text = Files.readString(folder.resolve(NAME)).strip().replace("\n", ", ");
      return text.isEmpty() ? "it does not say which" : text;
    } catch (IOException e) {
      return "it does not say which";
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    }
  }
}
