package dev.aerie.ui.fx;

import java.util.List;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.Parent;

/// What stands in a tab. Belongs to the FX thread.
public interface Screen {
  /// The whole view, head included.
  Parent node();

  /// On the tab.
  ReadOnlyStringProperty titleProperty();

  /// F5: read again.
  default void refresh() {}

  /// Ctrl+Enter: run the search, submit the edits.
  default void run() {}

  /// Ctrl+S: keep what was changed.
  default void save() {}

  /// Ctrl+F: put the focus where the view is filtered.
  default void find() {}

  /// Space: show or hide the inspector.
  default void toggleInspector() {}

  /// Another reason to look at what is open already.
  default void receive(Intent intent) {}

  /// More that can be done here, for the command palette.
  default List<Command> commands() {
    return List.of();
  }

  /// The tab is closed: cancel what still runs.
  default void close() {}
}
