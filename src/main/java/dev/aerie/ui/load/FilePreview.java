package dev.aerie.ui.load;

import dev.aerie.service.load.FileProfile;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Messages;
import java.util.List;

/// What a file holds, in words.
///
/// @param vector what was found, or that there is none
/// @param hasVector whether one was found
/// @param rowCount with ≈ where it is estimated
/// @param doubtful rows of the looked-at ones that cannot be loaded: not understood, or without a
///     usable vector
/// @param rows the first ones, a text for each column, "" for none
public record FilePreview(
    String name,
    String facts,
    String vector,
    boolean hasVector,
    String previewFacts,
    String rowCount,
    long doubtful,
    List<String> warnings,
    List<Heading> columns,
    List<List<String>> rows) {
  public FilePreview {
    warnings = List.copyOf(warnings);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// How the values of a column are shown.
  public enum Look {
    TEXT,
    NUMBER,
    VECTOR
  }

  /// A column's name and what its values look like, in words and in form.
  public record Heading(String name, String kind, Look look) {}

  static FilePreview of(FileProfile profile, Messages words) {
    var rowCount = (profile.exact() ? "" : "≈ ") + Figures.count(profile.rows());
    var vector = profile.vectors().stream().findFirst();
    return new FilePreview(
        String.valueOf(profile.file().getFileName()),
        words.get(
            profile.exact() ? "file.facts" : "file.facts.about",
            Figures.bytes(profile.bytes()),
            Figures.count(profile.rows()),
            Integer.toString(profile.columns().size()),
            profile.format()),
        vector
            .map(
                found ->
                    words.get("vector.found", found.name(), Integer.toString(found.dimension())))
            .orElseGet(() -> words.get("vector.none")),
        vector.isPresent(),
        words.get("preview.facts", Integer.toString(profile.preview().size()), rowCount),
        rowCount,
        doubtful(profile),
        profile.warnings(),
        profile.columns().stream().map(FilePreview::heading).toList(),
        profile.preview());
  }

  private static Heading heading(FileProfile.ColumnProfile column) {
    var look =
        switch (column.kind()) {
          case INTEGER, NUMBER -> Look.NUMBER;
          case VECTOR -> Look.VECTOR;
          case EMPTY, BOOLEAN, TEXT, JSON, LIST, MIXED -> Look.TEXT;
        };
    return new Heading(column.name(), column.kind().title(), look);
  }

  private static long doubtful(FileProfile profile) {
    long vectors =
        profile.vectors().stream()
            .mapToLong(
                vector ->
                    vector.quality().wrongLength()
                        + vector.quality().notFinite()
                        + (vector.columns().size() == 1
                            ? profile
                                .column(vector.columns().getFirst())
                                .map(FileProfile.ColumnProfile::empty)
                                .orElse(0L)
                            : 0L))
            .max()
            .orElse(0);
    return profile.brokenRows() + vectors;
  }
}
