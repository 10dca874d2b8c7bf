package dev.aerie.service.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a file holds, as far as it has been read.
///
/// @param format its name, for a person
/// @param rows in the file; estimated from its length unless `exact`
/// @param profiledRows the rows that were looked at
/// @param broken the first rows that could not be understood
/// @param brokenRows how many those were
/// @param preview the first rows, a text for each column, "" for none
/// @param warnings for a person
public record FileProfile(
    Path file,
    String format,
    long bytes,
    long rows,
    boolean exact,
    long profiledRows,
    List<ColumnProfile> columns,
    List<VectorColumn> vectors,
    List<List<String>> preview,
    List<RejectedRow> broken,
    long brokenRows,
    List<String> warnings) {
  public FileProfile {
    columns = List.copyOf(columns);
    vectors = List.copyOf(vectors);
    preview = List.copyOf(preview);
    broken = List.copyOf(broken);
    warnings = List.copyOf(warnings);
  }

  public Optional<ColumnProfile> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /// @param kinds how many values looked like what
  /// @param empty rows without a value
  /// @param longest bytes of the longest value as text
  /// @param mostElements of a list
  /// @param wholeElements whether all elements of lists are whole numbers
  /// @param unique whether no value came twice, as far as was remembered
  /// @param warning where values of different kinds stand together
  public record ColumnProfile(
      String name,
      ColumnKind kind,
      Map<ColumnKind, Long> kinds,
      long values,
      long empty,
      int longest,
      int mostElements,
      boolean numericElements,
      boolean wholeElements,
      boolean unique,
      List<String> examples,
      Optional<String> warning) {
    public ColumnProfile {
      kinds = Map.copyOf(kinds);
      examples = List.copyOf(examples);
    }
  }

  /// How a file holds vectors.
  public enum VectorForm {
    LIST("a list of numbers"),
    TEXT("numbers as text"),
    BASE64("base64 of float32"),
    COLUMNS("one column a component"),
    FILE("a file beside this one");

    private final String title;

    VectorForm(String title) {
      this.title = title;
    }

    /// The form's name, for a person.
    public String title() {
      return title;
    }
  }

  /// @param columns that hold it: one, one a component, or none for a file
  /// @param file of vectors beside this one
  public record VectorColumn(
      String name,
      VectorForm form,
      int dimension,
      List<String> columns,
      Optional<Path> file,
      VectorQuality quality) {
    public VectorColumn {
      columns = List.copyOf(columns);
    }

    /// Where a load takes it from.
    public Origin origin() {
      return file.isPresent() ? new Origin.VectorFile(file.get()) : new Origin.Columns(columns);
    }
  }
}
