package dev.aerie.service.load;

/// What the values of a column look like.
public enum ColumnKind {
  /// Nothing but empty cells.
  EMPTY("empty"),
  BOOLEAN("boolean"),
  INTEGER("whole number"),
  NUMBER("number"),
  TEXT("text"),
  JSON("JSON"),
  /// A list of scalars.
  LIST("list"),
  /// A list of numbers, in any form.
  VECTOR("vector"),
  /// Several of the above that do not fit together.
  MIXED("mixed");

  private final String title;

  ColumnKind(String title) {
    this.title = title;
  }

  /// The kind's name, for a person.
  public String title() {
    return title;
  }
}
