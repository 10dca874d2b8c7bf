package dev.aerie.service.load;

import java.nio.file.Path;
import java.util.List;

/// Where the values of a field come from.
public sealed interface Origin {
  /// A column of the file, or one column for each component of a vector, in order.
  record Columns(List<String> names) implements Origin {
    public Columns {
      names = List.copyOf(names);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("a field needs a column to come from");
      }
    }

    public Columns(String name) {
      this(List.of(name));
    }
  }

  /// The vectors of another file, row by row.
  record VectorFile(Path file) implements Origin {}

  /// Vectors made from the text of a column while loading.
  record EmbeddedText(String column) implements Origin {}
}
