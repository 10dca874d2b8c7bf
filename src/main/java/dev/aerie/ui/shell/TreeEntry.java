package dev.aerie.ui.shell;

import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Selection;
import java.util.OptionalLong;

/// A row of the tree.
sealed interface TreeEntry {
  /// What is selected with the row.
  Selection selection();

  String name();

  /// Above the connections; never shown.
  record Root() implements TreeEntry {
    @Override
    public Selection selection() {
      return Selection.NOTHING;
    }

    @Override
    public String name() {
      return "";
    }
  }

  record OfConnection(Connection connection) implements TreeEntry {
    @Override
    public Selection selection() {
      return Selection.of(connection);
    }

    @Override
    public String name() {
      return connection.name();
    }
  }

  record OfDatabase(Connection connection, String name) implements TreeEntry {
    @Override
    public Selection selection() {
      return Selection.of(connection, name);
    }
  }

  record OfCollection(Connection connection, String database, String name, OptionalLong rows)
      implements TreeEntry {
    @Override
    public Selection selection() {
      return Selection.of(connection, database, name);
    }
  }
}
