package dev.aerie.dataset;

import dev.aerie.dataset.FlatVectors.Component;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// NumPy's `.npy`, versions 1 to 3: `\x93NUMPY`, version `u8 u8`, header length `u16` (`u32` from
/// version 2), a Python dictionary, and a two-dimensional array in C order of float16, float32,
/// float64, int8, uint8, int16, int32 or int64.
public final class NpyFile implements VectorFile {
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-z]\\d+)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*True");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");
  private static final int MAGIC = 6;

  private final Path file;
  private final FlatVectors data;
  private final long offset;
  private final Component component;
  private final ByteOrder order;
  private final long rows;
  private final int dimension;

  private NpyFile(Path file, FlatVectors data) {
    this.file = file;
    this.data = data;
    var start = data.bytes(0, (int) Math.min(12, data.size()), ByteOrder.LITTLE_ENDIAN);
    if (start.limit() < 12 || start.get(1) != 'N') {
      throw new DataFileException(file, "is no .npy file; it should begin with \\x93NUMPY");
    }
    boolean old = start.get(MAGIC) == 1;
    int length = old ? start.getShort(8) & 0xFFFF : start.getInt(8);
    int from = old ? 10 : 12;
    if (length < 0 || from + (long) length > data.size()) {
      throw new DataFileException(file, "ends within its header");
    }
    var header =
        StandardCharsets.UTF_8.decode(data.bytes(from, length, ByteOrder.LITTLE_ENDIAN)).toString();
    this.offset = from + (long) length;
    var type = TYPE.matcher(header);
    var shape = SHAPE.matcher(header);
    if (!type.find() || !shape.find()) {
      throw new DataFileException(file, "has a header that names no plain array: " + header);
    }
    if (FORTRAN.matcher(header).find()) {
      throw new DataFileException(
          file, "is in Fortran order; save it with numpy.ascontiguousarray first");
    }
    this.order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    this.component = component(file, type.group(2));
    var sizes = shape.group(1).split(",");
    if (sizes.length != 2 || sizes[1].isBlank()) {
      throw new DataFileException(
          file,
          "has the shape (%s); vectors need two dimensions, (rows, components)"
              .formatted(shape.group(1)));
    }
    this.rows = Long.parseLong(sizes[0].strip());
    this.dimension = Integer.parseInt(sizes[1].strip());
    long announced = offset + rows * dimension * component.bytes;
    if (dimension < 1 || data.size() < announced) {
      throw new DataFileException(
          file,
          "has %,d bytes; its shape (%s) needs %,d"
              .formatted(data.size(), shape.group(1), announced));
    }
  }

  /// @throws DataFileException if it is no `.npy` of numbers in two dimensions
  public static NpyFile open(Path file) {
    var data = new FlatVectors(file);
    try {
      return new NpyFile(file, data);
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
    long at = offset + from * dimension * component.bytes;
    data.read(at, 0, count, dimension, component, order, into);
  }

  @Override
  public void close() {
    data.close();
  }

  private static Component component(Path file, String type) {
    return switch (type) {
      case "f8" -> Component.FLOAT64;
      case "f4" -> Component.FLOAT32;
      case "f2" -> Component.FLOAT16;
      case "i8" -> Component.INT64;
      case "i4" -> Component.INT32;
      case "i2" -> Component.INT16;
      case "i1" -> Component.INT8;
      case "u1" -> Component.UINT8;
      default ->
          throw new DataFileException(
              file, "holds values of type \"%s\"; numbers like float32 are read".formatted(type));
    };
  }
}
