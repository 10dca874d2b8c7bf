package dev.aerie.local;

import dev.aerie.engine.Metric;

/// How the fields of a collection are called in its index. A prefix keeps the user's names apart
/// from each other's uses and from ours.
final class LuceneNames {
  /// The key: point or term, and doc values of one name, so that sorting by it can skip.
  static final String ID = "_id";

  /// The partition's id as a term.
  static final String PARTITION = "_partition";

  /// When the row was written: hybrid timestamp, point and doc values.
  static final String TIMESTAMP = "_timestamp";

  /// The row itself, stored: see [RowFormat].
  static final String ROW = "_row";

  private LuceneNames() {}

  /// Point or term, and doc values, of a scalar.
  static String scalar(String field) {
    return "s." + field;
  }

  /// Marks rows whose text is too long to be a term.
  static String longText(String field) {
    return "l." + field;
  }

  /// Number of elements of an array.
  static String length(String field) {
    return "n." + field;
  }

  /// Marks rows with a JSON value, and holds its paths.
  static String json(String field) {
    return "j." + field;
  }

  /// Analyzed text.
  static String text(String field) {
    return "t." + field;
  }

  /// Raw vectors. The metric is part of the name, since Lucene fixes it for the life of a field.
  static String vector(String field, Metric metric) {
    return "v." + field + "." + metric;
  }

  /// A sparse vector: its indices as terms, itself as doc values.
  static String sparse(String field) {
    return "v." + field;
  }
}
