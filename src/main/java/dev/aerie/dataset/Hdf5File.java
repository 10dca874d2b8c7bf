package dev.aerie.dataset;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One two-dimensional dataset of an HDF5 file. In the layout of ann-benchmarks `train` holds the
/// rows, `test` the queries, `neighbors` the rows nearest to each query and `distances` how far
/// they are; the attribute `distance` names the metric.
public final class Hdf5File implements VectorFile {
  private static final List<String> ROWS = List.of("train", "base", "vectors", "embeddings");

  private final HdfFile hdf;
  private final Path file;
  private final String name;
  private final Dataset dataset;

  private Hdf5File(HdfFile hdf, Path file, Optional<String> wanted) {
    this.hdf = hdf;
    this.file = file;
    this.name = wanted.orElseGet(this::rowsName);
    if (!(hdf.getChildren().get(name) instanceof Dataset found) || !isMatrix(found)) {
      throw new DataFileException(
          file,
          "has no dataset \"%s\" of two dimensions; it has %s"
              .formatted(name, hdf.getChildren().keySet()));
    }
    this.dataset = found;
  }

  /// Opens the dataset that holds the rows: `train`, or the largest.
  ///
  /// @throws DataFileException if it is no HDF5 file or holds no matrix of numbers
  public static Hdf5File open(Path file) {
    return open(file, Optional.empty());
  }

  /// Opens a dataset by name: `test`, `neighbors`.
  ///
  /// @throws DataFileException if it is no HDF5 file or has no such matrix
  public static Hdf5File open(Path file, String dataset) {
    return open(file, Optional.of(dataset));
  }

  private static Hdf5File open(Path file, Optional<String> dataset) {
    HdfFile hdf;
    try {
      hdf = new HdfFile(file);
    } catch (HdfException e) {
      throw new DataFileException(file, "is no HDF5 file: " + e.getMessage(), e);
    }
    try {
      return new Hdf5File(hdf, file, dataset);
    } catch (DataFileException e) {
      hdf.close();
      throw e;
    }
  }

  /// The metric the file names: `angular`, `euclidean`.
  public Optional<String> distance() {
    var attribute = hdf.getAttribute("distance");
    return attribute == null ? Optional.empty() : Optional.of(String.valueOf(attribute.getData()));
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public long rows() {
    return dataset.getDimensions()[0];
  }

  @Override
  public int dimension() {
    return dataset.getDimensions()[1];
  }

  @Override
  public boolean isInteger() {
    return dataset.getJavaType() != float.class && dataset.getJavaType() != double.class;
  }

  @Override
  public String column() {
    return "vector";
  }

  @Override
  public void read(long from, int count, float[] into) {
    Object data;
    try {
      data = dataset.getData(new long[] {from, 0}, new int[] {count, dimension()});
    } catch (HdfException e) {
      throw new DataFileException(file, "cannot be read on: " + e.getMessage(), e);
    }
    for (int row = 0; row < count; row++) {
      copy(data, row, into, row * dimension());
    }
  }

  @Override
  public void close() {
    hdf.close();
  }

  private void copy(Object data, int row, float[] into, int at) {
    switch (data) {
      case float[][] floats -> System.arraycopy(floats[row], 0, into, at, floats[row].length);
      case double[][] doubles -> {
        for (int d = 0; d < doubles[row].length; d++) {
          into[at + d] = (float) doubles[row][d];
        }
      }
      case int[][] ints -> {
        for (int d = 0; d < ints[row].length; d++) {
          into[at + d] = ints[row][d];
        }
      }
      case long[][] longs -> {
        for (int d = 0; d < longs[row].length; d++) {
          into[at + d] = longs[row][d];
        }
      }
      case byte[][] bytes -> {
        for (int d = 0; d < bytes[row].length; d++) {
          into[at + d] = bytes[row][d];
        }
      }
      default ->
          throw new DataFileException(
              file, "holds \"%s\" of a type that is not read".formatted(name));
    }
  }

  private String rowsName() {
    var children = hdf.getChildren();
    for (var candidate : ROWS) {
      if (children.get(candidate) instanceof Dataset found && isMatrix(found)) {
        return candidate;
      }
    }
    String largest = "train";
    long most = 0;
    for (var child : children.entrySet()) {
      if (child.getValue() instanceof Dataset found && isMatrix(found) && found.getSize() > most) {
        most = found.getSize();
        largest = child.getKey();
      }
    }
    return largest;
  }

  private static boolean isMatrix(Dataset dataset) {
    return dataset.getDimensions().length == 2 && dataset.getJavaType().isPrimitive();
  }
}
