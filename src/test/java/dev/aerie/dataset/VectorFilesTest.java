package dev.aerie.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VectorFilesTest {
  private static final int ROWS = 1_000;
  private static final int DIMENSION = 300;

  @TempDir Path folder;

  @Test
  void readsNumpyArraysFromAnywhere() throws IOException {
    var file = npy("a.npy", "<f4", ROWS, DIMENSION);
    try (var vectors = NpyFile.open(file)) {
      var into = new float[2 * DIMENSION];
      vectors.read(ROWS - 2, 2, into);
      assertEquals(ROWS, vectors.rows());
      assertEquals(value(ROWS - 1, DIMENSION - 1), into[2 * DIMENSION - 1]);
    }
  }

  @Test
  void rowsOfAVectorFileGoOnAfterASkip() throws IOException {
    var source = RowSource.of(npy("a.npy", "<f4", ROWS, DIMENSION));
    assertEquals(ROWS, source.rows().orElseThrow());
    try (var reader = source.open(ROWS - 1)) {
      var row = reader.next().orElseThrow();
      assertEquals(ROWS, row.number());
      assertEquals(value(ROWS - 1, 0), ((float[]) row.value("vector").orElseThrow())[0]);
      assertTrue(reader.next().isEmpty());
    }
  }

  @Test
  void refusesANumpyFileThatIsCutOff() throws IOException {
    var file = npy("a.npy", "<f4", 10, 4);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 200));
    var failure = assertThrows(DataFileException.class, () -> NpyFile.open(file));
    assertTrue(failure.getMessage().contains("has 200 bytes"), failure.getMessage());
  }

  @Test
  void refusesANumpyFileOfTexts() throws IOException {
    var file = npy("a.npy", "<U4", 10, 4);
    assertThrows(DataFileException.class, () -> NpyFile.open(file));
  }

  @Test
  void readsFvecs() throws IOException {
    var bytes = ByteBuffer.allocate(2 * (4 + 3 * 4)).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < 2; row++) {
      bytes.putInt(3).putFloat(row).putFloat(row + 1).putFloat(row + 2);
    }
    var file = Files.write(folder.resolve("a.fvecs"), bytes.array());
    try (var vectors = VecsFile.open(file)) {
      var into = new float[3];
      vectors.read(1, 1, into);
      assertArrayEquals(new float[] {1, 2, 3}, into);
    }
  }

  @Test
  void refusesFvecsThatAreCutOff() throws IOException {
    var bytes = ByteBuffer.allocate(15).order(ByteOrder.LITTLE_ENDIAN).putInt(3);
    var file = Files.write(folder.resolve("a.fvecs"), bytes.array());
    var failure = assertThrows(DataFileException.class, () -> VecsFile.open(file));
    assertTrue(failure.getMessage().contains("cut off"), failure.getMessage());
  }

  @Test
  void readsTheLayoutOfAnnBenchmarks() {
    var file = folder.resolve("a.hdf5");
    try (var hdf = HdfFile.write(file)) {
      hdf.putDataset("train", new float[][] {{1, 2}, {3, 4}, {5, 6}});
      hdf.putDataset("test", new float[][] {{7, 8}});
      hdf.putDataset("neighbors", new int[][] {{2, 1}});
    }
    try (var train = Hdf5File.open(file);
        var neighbours = Hdf5File.open(file, "neighbors")) {
      var into = new float[4];
      train.read(1, 2, into);
      assertArrayEquals(new float[] {3, 4, 5, 6}, into);
      assertEquals(3, train.rows());
      assertTrue(neighbours.isInteger());
    }
    assertEquals(3, RowSource.of(file).rows().orElseThrow());
  }

  @Test
  void refusesAFileThatOnlyLooksLikeHdf5() throws IOException {
    var file = Files.writeString(folder.resolve("a.hdf5"), "nothing of the kind");
    assertThrows(DataFileException.class, () -> RowSource.of(file));
  }

  private static float value(int row, int component) {
    return row + component / 1000f;
  }

  private Path npy(String name, String type, int rows, int dimension) throws IOException {
    var header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(type, rows, dimension);
    header = header + " ".repeat(118 - header.length() - 1) + "\n";
    var bytes = ByteBuffer.allocate(128 + rows * dimension * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) 118);
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    for (int row = 0; row < rows; row++) {
      for (int d = 0; d < dimension; d++) {
        bytes.putFloat(value(row, d));
      }
    }
    return Files.write(folder.resolve(name), bytes.array());
  }
}
