package dev.aerie.dataset;

import dev.aerie.dataset.FlatVectors.Component;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;

/// `.fvecs`, `.ivecs` and `.bvecs` of the TEXMEX collections: each vector is its dimension as
/// `int32`, little endian, and as many `float32`, `int32` or `uint8`.
public final class VecsFile implements VectorFile {
  private final Path file;
  private final FlatVectors data;
  private final Component component;
  private final int dimension;
  private final long rows;

  private VecsFile(Path file, FlatVectors data) {
    this.file = file;
    this.data = data;
    var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    this.component =
        name.endsWith(".bvecs")
            ? Component.UINT8
            : name.endsWith(".ivecs") ? Component.INT32 : Component.FLOAT32;
    this.dimension = data.size() < 4 ? 0 : data.bytes(0, 4, ByteOrder.LITTLE_ENDIAN).getInt(0);
    if (dimension < 1 || dimension > 1 << 20) {
      throw new DataFileException(
          file, "begins with the dimension %d; that is no vector".formatted(dimension));
    }
    long rowBytes = 4L + (long) dimension * component.bytes;
    if (data.size() % rowBytes != 0) {
      throw new DataFileException(
          file,
          "has %,d bytes, no multiple of the %,d of a vector of %d dimensions; it may be cut off"
              .formatted(data.size(), rowBytes, dimension));
    }
    this.rows = data.size() / rowBytes;
  }

  /// @throws DataFileException if its length does not fit vectors of one dimension
  public static VecsFile open(Path file) {
    var data = new FlatVectors(file);
    try {
      return new VecsFile(file, data);
    } catch (DataFileException e) {
      data.close();
      throw e;
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public boolean isInteger() {
    return component.isInteger();
  }

  @Override
  public String column() {
    return "vector";
  }

  @Override
  public void read(long from, int count, float[] into) {
    long at = from * (4L + (long) dimension * component.bytes);
    data.read(at, 4, count, dimension, component, ByteOrder.LITTLE_ENDIAN, into);
  }

  @Override
  public void close() {
    data.close();
  }
}
