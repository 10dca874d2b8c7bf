package dev.aerie.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The kinds of files that are read.
public enum FileFormat {
  CSV("CSV", "csv"),
  TSV("TSV", "tsv"),
  JSON("JSON", "json"),
  JSON_LINES("JSON Lines", "jsonl ndjson"),
  PARQUET("Parquet", "parquet"),
  NPY("NumPy array", "npy"),
  FVECS("fvecs", "fvecs"),
  IVECS("ivecs", "ivecs"),
  BVECS("bvecs", "bvecs"),
  HDF5("HDF5", "hdf5 h5");

  private final String title;
  private final String extensions;

  FileFormat(String title, String extensions) {
    this.title = title;
    this.extensions = extensions;
  }

  /// The format's name, for a person.
  public String title() {
    return title;
  }

  /// What such files' names end in, without the dot, the usual one first.
  public List<String> extensions() {
    return List.of(extensions.split(" "));
  }

  /// All extensions, as `*.csv`, for a file chooser.
  public static List<String> patterns() {
    return Arrays.stream(values())
        .flatMap(format -> format.extensions().stream())
        .map(extension -> "*." + extension)
        .toList();
  }

  /// The format of a file: by its first bytes where they tell, else by its name.
  ///
  /// @throws DataFileException if it is no readable file, empty, or of no known format
  public static FileFormat of(Path file) {
    requireReadable(file);
    return byContent(file).or(() -> byName(file)).orElseThrow(() -> unknown(file));
  }

  private static void requireReadable(Path file) {
    if (Files.isDirectory(file)) {
      throw new DataFileException(file, "is a folder; choose a file in it");
    }
    if (!Files.exists(file)) {
      throw new DataFileException(file, "does not exist in " + file.toAbsolutePath().getParent());
    }
    if (!Files.isReadable(file)) {
      throw new DataFileException(file, "may not be read by this user; change its permissions");
    }
    if (Files.isRegularFile(file) && size(file) == 0) {
      throw new DataFileException(file, "is empty (0 bytes); there is nothing to load");
    }
  }

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static Optional<FileFormat> byContent(Path file) {
    byte[] head;
    try (var stream = Files.newInputStream(file)) {
      head = stream.readNBytes(8);
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be read: " + e.getMessage(), e);
    }
    var text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("PAR1")) {
      return Optional.of(PARQUET);
    }
    if (text.startsWith("\u0093NUMPY")) {
      return Optional.of(NPY);
    }
    return text.startsWith("\u0089HDF") ? Optional.of(HDF5) : Optional.empty();
  }

  private static Optional<FileFormat> byName(Path file) {
    var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(
            format -> format.extensions().stream().anyMatch(ending -> name.endsWith("." + ending)))
        .findFirst();
  }

  private static DataFileException unknown(Path file) {
    var known =
        Arrays.stream(values()).map(format -> format.title).collect(Collectors.joining(", "));
    return new DataFileException(
        file, "is of no kind that can be read; its name should end as those of " + known);
  }
}
