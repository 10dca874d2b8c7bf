package dev.aerie.local.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/// A small file that is there in full or not at all: its content, a line break, and a last line
/// `crc32c <8 hex digits>` of the content.
public final class DurableFile {
  private static final String MARK = "crc32c ";
  private static final int TRAILER_BYTES = 1 + MARK.length() + 8 + 1;
  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");

  private DurableFile() {}

  /// Writes a temporary file, forces it, moves it into place and forces the folder.
  public static void write(Path path, byte[] content) throws IOException {
    var temporary = path.resolveSibling(path.getFileName() + ".tmp");
    try (var channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      var bytes =
          ByteBuffer.allocate(content.length + TRAILER_BYTES).put(content).put(trailer(content));
      bytes.flip();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolder(path.toAbsolutePath().resolveSibling("."));
  }

  /// @throws CatalogCorruptException if the file is not what was written
  public static byte[] read(Path path) throws IOException {
    var bytes = Files.readAllBytes(path);
    int length = bytes.length - TRAILER_BYTES;
    if (length >= 0) {
      var content = Arrays.copyOf(bytes, length);
      if (Arrays.equals(bytes, length, bytes.length, trailer(content), 0, TRAILER_BYTES)) {
        return content;
      }
    }
    throw new CatalogCorruptException(
        "\"%s\" fails its checksum: it has been damaged or changed by hand".formatted(path));
  }

  /// Makes the names in a folder durable; Windows does so by itself and refuses to be asked.
  public static void forceFolder(Path folder) throws IOException {
    if (WINDOWS) {
      return;
    }
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static byte[] trailer(byte[] content) {
    var crc = new CRC32C();
    crc.update(content);
    return "\n%s%08x\n".formatted(MARK, crc.getValue()).getBytes(StandardCharsets.US_ASCII);
  }
}
