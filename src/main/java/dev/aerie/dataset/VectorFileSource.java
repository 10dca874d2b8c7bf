package dev.aerie.dataset;

import dev.aerie.dataset.SourceRow.Header;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A file of vectors as rows of one column.
final class VectorFileSource implements RowSource {
  private static final int BUFFER_FLOATS = 1 << 18;

  private final Path file;
  private final FileFormat format;
  private final String column;
  private final long rows;

  /// @param vectors read for its shape and closed
  VectorFileSource(VectorFile vectors, FileFormat format) {
    try (vectors) {
      this.file = vectors.file();
      this.format = format;
      this.column = vectors.column();
      this.rows = vectors.rows();
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public FileFormat format() {
    return format;
  }

  @Override
  public long bytes() {
    return FileFormat.size(file);
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public OptionalLong rows() {
    return OptionalLong.of(rows);
  }

  @Override
  public RowReader open(long skip) {
    return new Reader(openFile(), skip);
  }

  private VectorFile openFile() {
    return switch (format) {
      case NPY -> NpyFile.open(file);
      case FVECS, IVECS, BVECS -> VecsFile.open(file);
      case HDF5 -> Hdf5File.open(file);
      case CSV, TSV, JSON, JSON_LINES, PARQUET ->
          throw new IllegalArgumentException(format + " is no format of vectors alone");
    };
  }

  private final class Reader implements RowReader {
    private final VectorFile vectors;
    private final Header header = new Header(List.of(column));
    private final float[] buffer;
    private final int bufferRows;
    private long bufferStart;
    private int buffered;
    private long row;

    Reader(VectorFile vectors, long skip) {
      this.vectors = vectors;
      this.row = skip;
      this.bufferStart = skip;
      this.bufferRows = Math.max(1, BUFFER_FLOATS / vectors.dimension());
      this.buffer = new float[Math.multiplyExact(bufferRows, vectors.dimension())];
    }

    @Override
    public Optional<SourceRow> next() {
      if (row >= rows) {
        return Optional.empty();
      }
      if (row - bufferStart >= buffered) {
        bufferStart = row;
        buffered = (int) Math.min(bufferRows, rows - row);
        vectors.read(row, buffered, buffer);
      }
      int dimension = vectors.dimension();
      int at = (int) (row - bufferStart) * dimension;
      var vector = Arrays.copyOfRange(buffer, at, at + dimension);
      row++;
      return Optional.of(SourceRow.of(row, header, new @Nullable Object[] {vector}));
    }

    @Override
    public long bytesRead() {
      return rows == 0 ? 0 : (long) ((double) bytes() * row / rows);
    }

    @Override
    public void close() {
      vectors.close();
    }
  }
}
