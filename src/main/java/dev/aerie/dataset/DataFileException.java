package dev.aerie.dataset;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file cannot be read or written as a whole. The message says which file, what is wrong with it
/// and what would be right.
public final class DataFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DataFileException(Path file, String what) {
    this(file, what, null);
  }

  public DataFileException(Path file, String what, @Nullable Throwable cause) {
    super("\"%s\" %s".formatted(file.getFileName(), what), cause);
  }
}
