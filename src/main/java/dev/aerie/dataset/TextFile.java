package dev.aerie.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The lines of a UTF-8 file, with a way to give lines back. A byte order mark is passed over.
final class TextFile implements AutoCloseable {
  /// Longer lines are no rows: a file without line ends must not be read into memory whole.
  private static final int MAX_LINE = 64 << 20;

  private final Path file;
  private final CountingStream stream;
  private final BufferedReader reader;
  private final ArrayDeque<String> returned = new ArrayDeque<>();
  private boolean first = true;

  TextFile(Path file) {
    this.file = file;
    try {
      this.stream = new CountingStream(Files.newInputStream(file));
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be opened: " + e.getMessage(), e);
    }
    this.reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8), 1 << 16);
  }

  /// The next line without its end; null at the end of the file.
  @Nullable String line() {
    var line = returned.poll();
    if (line != null) {
      return line;
    }
    try {
      line = read();
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be read on: " + e.getMessage(), e);
    }
    if (first && line != null && line.startsWith("\uFEFF")) {
      line = line.substring(1);
    }
    first = false;
    return line;
  }

  /// Gives a line back; the last one given back is read first.
  void giveBack(String line) {
    returned.push(line);
  }

  long bytesRead() {
    return stream.count();
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be closed: " + e.getMessage(), e);
    }
  }

  private @Nullable String read() throws IOException {
    var line = new StringBuilder();
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    while (c >= 0 && c != '\n') {
      if (line.length() == MAX_LINE) {
        throw new IOException("a line is longer than %,d characters".formatted(MAX_LINE));
      }
      line.append((char) c);
      c = reader.read();
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }
}
