package dev.aerie.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Rows of one file with the vectors of a file beside it, row by row: a CSV and its `.npy`.
public final class JoinedSource implements RowSource {
  private final RowSource rows;
  private final RowSource vectors;
  private final String column;

  /// @param vectors a file of vectors
  /// @param column the name its vectors get
  /// @throws DataFileException if the rows are counted and the vectors are fewer or more
  public JoinedSource(RowSource rows, RowSource vectors, String column) {
    if (rows.columns().contains(column)) {
      throw new DataFileException(
          rows.file(),
          "already has a column \"%s\"; name the vectors' otherwise".formatted(column));
    }
    if (rows.rows().isPresent()
        && vectors.rows().isPresent()
        && rows.rows().getAsLong() != vectors.rows().getAsLong()) {
      throw new DataFileException(
          vectors.file(),
          "holds %,d vectors for %,d rows; there must be one for each"
              .formatted(vectors.rows().getAsLong(), rows.rows().getAsLong()));
    }
    this.rows = rows;
    this.vectors = vectors;
    this.column = column;
  }

  @Override
  public Path file() {
    return rows.file();
  }

  @Override
  public FileFormat format() {
    return rows.format();
  }

  @Override
  public long bytes() {
    return rows.bytes();
  }

  @Override
  public List<String> columns() {
    var all = new ArrayList<>(rows.columns());
    all.add(column);
    return List.copyOf(all);
  }

  @Override
  public OptionalLong rows() {
    return rows.rows().isPresent() ? rows.rows() : vectors.rows();
  }

  @Override
  public RowReader open(long skip) {
    return new Reader(rows.open(skip), vectors.open(skip));
  }

  private final class Reader implements RowReader {
    private final RowReader left;
    private final RowReader right;

    Reader(RowReader left, RowReader right) {
      this.left = left;
      this.right = right;
    }

    @Override
    public Optional<SourceRow> next() {
      var row = left.next();
      var vector = right.next();
      if (row.isEmpty()) {
        if (vector.isPresent()) {
          throw new DataFileException(
              vectors.file(),
              "holds more vectors than \"%s\" has rows".formatted(rows.file().getFileName()));
        }
        return Optional.empty();
      }
      if (vector.isEmpty()) {
        throw new DataFileException(
            vectors.file(),
            "ends before row %,d of \"%s\""
                .formatted(row.get().number(), rows.file().getFileName()));
      }
      var name = vectors.columns().get(0);
      return Optional.of(row.get().with(column, vector.get().value(name)));
    }

    @Override
    public long bytesRead() {
      return left.bytesRead();
    }

    @Override
    public void close() {
      try (right) {
        left.close();
      }
    }
  }
}
