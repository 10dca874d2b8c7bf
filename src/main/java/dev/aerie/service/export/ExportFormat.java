package dev.aerie.service.export;

/// The kinds of files that are written.
public enum ExportFormat {
  CSV("CSV", "csv"),
  JSON_LINES("JSON Lines", "jsonl"),
  PARQUET("Parquet", "parquet");

  private final String title;
  private final String extension;

  ExportFormat(String title, String extension) {
    this.title = title;
    this.extension = extension;
  }

  /// The format's name, for a person.
  public String title() {
    return title;
  }

  /// What such files' names end in, without the dot.
  public String extension() {
    return extension;
  }
}
