package dev.aerie.dataset;

import java.nio.file.Path;

/// A file of vectors of one length, read in pieces from anywhere. For one thread.
public interface VectorFile extends AutoCloseable {
  Path file();

  /// Vectors in the file.
  long rows();

  int dimension();

  /// Whether the components are whole numbers in the file.
  boolean isInteger();

  /// A name for the column of vectors.
  String column();

  /// Reads vectors as floats.
  ///
  /// @param from the first, from 0
  /// @param into `count × dimension`, row-major, written from its start
  /// @throws DataFileException if the file ends early or cannot be read
  void read(long from, int count, float[] into);

  @Override
  void close();
}
