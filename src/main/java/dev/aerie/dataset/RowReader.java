package dev.aerie.dataset;

import java.util.Optional;

/// The rows of a file, one after the other. For one thread.
public interface RowReader extends AutoCloseable {
  /// The next row, broken ones included; empty at the end.
  ///
  /// @throws DataFileException if the file cannot be read on from here
  Optional<SourceRow> next();

  /// About how many bytes of the file have been read, for progress.
  long bytesRead();

  @Override
  void close();
}
