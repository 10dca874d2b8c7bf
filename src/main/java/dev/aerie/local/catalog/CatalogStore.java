package dev.aerie.local.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The catalog of a folder, in memory and on disk. Readers see a consistent value at any time;
/// changes are made one after the other and are on disk before anyone sees them.
public final class CatalogStore {
  private static final Pattern NAME = Pattern.compile("catalog-([0-9]{12})\\.json");

  private final Path folder;
  private volatile Catalog catalog;

  private CatalogStore(Path folder, Catalog catalog) {
    this.folder = folder;
    this.catalog = catalog;
  }

  /// Writes the first generation into an empty folder.
  public static CatalogStore create(Path folder, long now) throws IOException {
    Files.createDirectories(folder);
    var store = new CatalogStore(folder, Catalog.empty(now));
    store.change(UnaryOperator.identity());
    return store;
  }

  /// Opens the newest generation.
  ///
  /// @throws CatalogCorruptException if there is none, or it is damaged
  public static CatalogStore open(Path folder) throws IOException {
    var generations = generations(folder);
    if (generations.isEmpty()) {
      throw new CatalogCorruptException("there is no catalog in \"%s\"".formatted(folder));
    }
    var newest = generations.getLast();
    try {
      var catalog = CatalogJson.read(DurableFile.read(newest));
      if (!newest.equals(path(folder, catalog.generation()))) {
        throw new CatalogCorruptException(
            "\"%s\" holds generation %d".formatted(newest, catalog.generation()));
      }
      var store = new CatalogStore(folder, catalog);
      store.forgetBefore(newest);
      return store;
    } catch (CatalogCorruptException e) {
      throw e;
    } catch (IOException e) {
      throw new CatalogCorruptException(
          "\"%s\" cannot be read: %s".formatted(newest, e.getMessage()), e);
    }
  }

  public Catalog catalog() {
    return catalog;
  }

  /// Replaces the catalog by what `edit` makes of it; durable when this returns. What `edit` throws
  /// leaves everything as it was.
  public synchronized Catalog change(UnaryOperator<Catalog> edit) throws IOException {
    var next = edit.apply(catalog).next();
    var path = path(folder, next.generation());
    DurableFile.write(path, CatalogJson.write(next));
    catalog = next;
    forgetBefore(path);
    return next;
  }

  private void forgetBefore(Path newest) throws IOException {
    for (var old : generations(folder)) {
      if (!old.equals(newest)) {
        Files.deleteIfExists(old);
      }
    }
  }

  private static Path path(Path folder, long generation) {
    return folder.resolve("catalog-%012d.json".formatted(generation));
  }

  private static List<Path> generations(Path folder) throws IOException {
    var found = new ArrayList<Path>();
    if (Files.isDirectory(folder)) {
      try (var listing = Files.newDirectoryStream(folder)) {
        for (var path : listing) {
          if (NAME.matcher(path.getFileName().toString()).matches()) {
            found.add(path);
          }
        }
      }
    }
    found.sort(Comparator.comparing(path -> path.getFileName().toString()));
    return found;
  }
}
