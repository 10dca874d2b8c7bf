package dev.aerie.ui.fx;

import java.util.Optional;

/// What the tree, and so a screen, is about. A narrower part has the wider ones.
public record Selection(
    Optional<Connection> connection, Optional<String> database, Optional<String> collection) {
  public static final Selection NOTHING =
      new Selection(Optional.empty(), Optional.empty(), Optional.empty());

  public Selection {
    if (collection.isPresent() && database.isEmpty()
        || database.isPresent() && connection.isEmpty()) {
      throw new IllegalArgumentException("a part is selected without what holds it");
    }
  }

  public static Selection of(Connection connection) {
    return new Selection(Optional.of(connection), Optional.empty(), Optional.empty());
  }

  public static Selection of(Connection connection, String database) {
    return new Selection(Optional.of(connection), Optional.of(database), Optional.empty());
  }

  public static Selection of(Connection connection, String database, String collection) {
    return new Selection(Optional.of(connection), Optional.of(database), Optional.of(collection));
  }
}
