package dev.aerie.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// A file read as rows. An instance holds no file open; each [RowReader] does.
public interface RowSource {
  Path file();

  FileFormat format();

  /// The file's length.
  long bytes();

  /// The columns' names. For JSON those of the first rows; a reader may meet more.
  List<String> columns();

  /// How many rows there are, where the format says so without reading them.
  OptionalLong rows();

  /// Begins to read.
  ///
  /// @param skip rows to pass over, for a load that goes on where it stopped
  /// @throws DataFileException if the file cannot be read
  RowReader open(long skip);

  /// Looks at a file and finds the reader for it.
  ///
  /// @throws DataFileException if it is no readable file, is empty, of no known format, or broken
  static RowSource of(Path file) {
    return switch (FileFormat.of(file)) {
      case CSV -> new CsvSource(file, FileFormat.CSV);
      case TSV -> new CsvSource(file, FileFormat.TSV);
      case JSON -> new JsonSource(file, FileFormat.JSON);
      case JSON_LINES -> new JsonSource(file, FileFormat.JSON_LINES);
      case PARQUET -> new ParquetSource(file);
      case NPY -> new VectorFileSource(NpyFile.open(file), FileFormat.NPY);
      case FVECS -> new VectorFileSource(VecsFile.open(file), FileFormat.FVECS);
      case IVECS -> new VectorFileSource(VecsFile.open(file), FileFormat.IVECS);
      case BVECS -> new VectorFileSource(VecsFile.open(file), FileFormat.BVECS);
      case HDF5 -> new VectorFileSource(Hdf5File.open(file), FileFormat.HDF5);
    };
  }
}
