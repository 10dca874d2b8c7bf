package dev.aerie.ui.fx;

import java.nio.file.Path;

/// Why a screen is opened, beyond the place it shows.
public sealed interface Intent {
  /// To look.
  record Look() implements Intent {}

  /// To load a file.
  record OpenFile(Path file) implements Intent {}

  /// To find rows like one.
  ///
  /// @param id Long or String
  record FindSimilar(String field, Object id) implements Intent {}

  /// To see the rows a filter lets through.
  record ShowFiltered(String filter) implements Intent {}

  /// To find rows by words.
  record FindText(String text) implements Intent {}

  /// To make something new: a collection, a connection.
  record CreateNew() implements Intent {}

  Intent LOOK = new Look();
}
