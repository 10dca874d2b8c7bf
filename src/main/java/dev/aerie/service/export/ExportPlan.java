package dev.aerie.service.export;

import dev.aerie.engine.Filter;
import java.nio.file.Path;
import java.util.List;

/// What goes into which file.
///
/// @param fields in this order; empty for all but those the engine makes of others
/// @param guardFormulas for CSV: put an apostrophe before texts a spreadsheet would compute
public record ExportPlan(
    String database,
    String collection,
    Filter filter,
    List<String> fields,
    ExportFormat format,
    Path file,
    boolean guardFormulas) {
  public ExportPlan {
    fields = List.copyOf(fields);
  }

  /// All rows and fields.
  public static ExportPlan all(String database, String collection, ExportFormat format, Path file) {
    return new ExportPlan(database, collection, Filter.ALL, List.of(), format, file, false);
  }
}
