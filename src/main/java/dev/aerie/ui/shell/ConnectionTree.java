package dev.aerie.ui.shell;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionRequest.CollectionSummary;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Engine;
import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;

/// Connections, their databases and collections. Databases are read when a connection opens,
/// collections when a database is unfolded; the filter looks through all of them. Rows are drawn
/// only where they are seen, so thousands of collections cost nothing but their names.
final class ConnectionTree {
  private final Desk desk;
  private final TreeView<TreeEntry> view;
  private final TreeItem<TreeEntry> root = new TreeItem<>(new TreeEntry.Root());
  private final Map<Connection, List<String>> databases = new HashMap<>();
  private final Map<Key, List<CollectionSummary>> collections = new HashMap<>();
  private String filter = "";
  private boolean rebuilding;

  private record Key(Connection connection, String database) {}

  ConnectionTree(Desk desk, TreeView<TreeEntry> view, Messages words) {
    this.desk = desk;
    this.view = view;
    view.setRoot(root);
    view.setShowRoot(false);
    view.setCellFactory(_ -> new TreeEntryCell(words));
    view.getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            item -> {
              if (item != null && !rebuilding) {
                desk.workspace().select(item.getValue().selection());
              }
            });
    view.setOnMouseClicked(
        event -> {
          if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
            enter();
          }
        });
    view.setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.ENTER) {
            enter();
            event.consume();
          }
        });
    desk.workspace()
        .connections()
        .addListener(
            (ListChangeListener<Connection>)
                change -> {
                  while (change.next()) {
                    change.getAddedSubList().forEach(this::watch);
                  }
                  rebuild();
                });
    desk.workspace().connections().forEach(this::watch);
    desk.workspace().revisionProperty().subscribe((_, _) -> refresh());
    desk.workspace().selectionProperty().subscribe(this::show);
    rebuild();
  }

  /// Shows only collections whose names contain `text`.
  void setFilter(String text) {
    filter = text.strip().toLowerCase(Locale.ROOT);
    if (!filter.isEmpty()) {
      databases.forEach(
          (connection, names) -> names.forEach(name -> read(connection, name, false)));
    }
    rebuild();
  }

  /// Reads everything that is unfolded again.
  void refresh() {
    for (var connection : desk.workspace().connections()) {
      connection.engine().ifPresent(engine -> readDatabases(connection, engine));
    }
    for (var key : List.copyOf(collections.keySet())) {
      read(key.connection(), key.database(), true);
    }
  }

  /// All collections read so far, for the palette.
  List<TreeEntry.OfCollection> known() {
    var all = new ArrayList<TreeEntry.OfCollection>();
    collections.forEach(
        (key, found) ->
            found.forEach(
                summary ->
                    all.add(
                        new TreeEntry.OfCollection(
                            key.connection(), key.database(), summary.name(), summary.rows()))));
    return all;
  }

  private void watch(Connection connection) {
    connection
        .stateProperty()
        .subscribe(
            state -> {
              switch (state) {
                case Connection.State.Open open -> {
                  if (!databases.containsKey(connection)) {
                    readDatabases(connection, open.engine());
                  }
                }
                case Connection.State.Closed _, Connection.State.Failed _ -> {
                  databases.remove(connection);
                  collections.keySet().removeIf(key -> key.connection().equals(connection));
                  rebuild();
                }
                case Connection.State.Opening() -> view.refresh();
              }
            });
    connection.profileProperty().subscribe((_, _) -> view.refresh());
  }

  private void readDatabases(Connection connection, Engine engine) {
    desk.jobs()
        .start(progress -> engine.call(new DatabaseRequest.ListAll(), progress))
        .whenDone(
            found -> {
              databases.put(
                  connection, found.stream().map(DatabaseRequest.DatabaseInfo::name).toList());
              rebuild();
              found.stream().findFirst().ifPresent(first -> read(connection, first.name(), true));
            })
        .whenFailed(cause -> desk.log().failed("Databases of " + connection.name(), cause));
  }

  private void read(Connection connection, String database, boolean again) {
    var key = new Key(connection, database);
    if (collections.containsKey(key) && !again || connection.engine().isEmpty()) {
      return;
    }
    var engine = connection.engine().get();
    desk.jobs()
        .start(progress -> engine.call(new CollectionRequest.ListAll(database), progress))
        .whenDone(
            found -> {
              collections.put(key, found);
              rebuild();
            })
        .whenFailed(cause -> desk.log().failed("Collections of " + database, cause));
  }

  private void enter() {
    var item = view.getSelectionModel().getSelectedItem();
    if (item == null) {
      return;
    }
    switch (item.getValue()) {
      case TreeEntry.OfConnection(var connection) -> {
        if (connection.engine().isEmpty()
            && !(connection.state() instanceof Connection.State.Opening)) {
          desk.workspace().open(connection);
        }
      }
      case TreeEntry.OfCollection collection ->
          desk.navigator()
              .open(
                  desk.navigator().has(ScreenKind.DATA) ? ScreenKind.DATA : ScreenKind.SEARCH,
                  collection.selection(),
                  Intent.LOOK);
      case TreeEntry.OfDatabase _, TreeEntry.Root _ -> {
        // Unfolding is the tree's own answer.
      }
    }
  }

  private void rebuild() {
    rebuilding = true;
    var fresh = new ArrayList<TreeItem<TreeEntry>>();
    for (var connection : desk.workspace().connections()) {
      var item = new TreeItem<TreeEntry>(new TreeEntry.OfConnection(connection));
      for (var database : databases.getOrDefault(connection, List.of())) {
        var branch = database(connection, database);
        if (filter.isEmpty() || !branch.getChildren().isEmpty()) {
          item.getChildren().add(branch);
        }
      }
      item.setExpanded(wasExpanded(item.getValue()).orElse(true));
      fresh.add(item);
    }
    root.getChildren().setAll(fresh);
    rebuilding = false;
    show(desk.workspace().selection());
  }

  private TreeItem<TreeEntry> database(Connection connection, String database) {
    var entry = new TreeEntry.OfDatabase(connection, database);
    var found = collections.get(new Key(connection, database));
    var branch =
        new TreeItem<TreeEntry>(entry) {
          @Override
          public boolean isLeaf() {
            return found != null && found.isEmpty();
          }
        };
    if (found != null) {
      for (var summary : found) {
        if (filter.isEmpty() || summary.name().toLowerCase(Locale.ROOT).contains(filter)) {
          branch
              .getChildren()
              .add(
                  new TreeItem<>(
                      new TreeEntry.OfCollection(
                          connection, database, summary.name(), summary.rows())));
        }
      }
    }
    branch.setExpanded(found != null && (!filter.isEmpty() || wasExpanded(entry).orElse(true)));
    branch
        .expandedProperty()
        .subscribe(
            (_, now) -> {
              if (now && !rebuilding) {
                read(connection, database, false);
              }
            });
    return branch;
  }

  private Optional<Boolean> wasExpanded(TreeEntry entry) {
    for (var connection : root.getChildren()) {
      if (connection.getValue().equals(entry)) {
        return Optional.of(connection.isExpanded());
      }
      for (var database : connection.getChildren()) {
        if (database.getValue().equals(entry)) {
          return database.getChildren().isEmpty()
              ? Optional.empty()
              : Optional.of(database.isExpanded());
        }
      }
    }
    return Optional.empty();
  }

  private void show(Selection selection) {
    var current = view.getSelectionModel().getSelectedItem();
    if (current != null && current.getValue().selection().equals(selection)) {
      return;
    }
    rebuilding = true;
    find(root, selection)
        .ifPresentOrElse(
            item -> view.getSelectionModel().select(item),
            () -> view.getSelectionModel().clearSelection());
    rebuilding = false;
  }

  private static Optional<TreeItem<TreeEntry>> find(TreeItem<TreeEntry> from, Selection selection) {
    for (var child : from.getChildren()) {
      if (child.getValue().selection().equals(selection)) {
        return Optional.of(child);
      }
      var below = find(child, selection);
      if (below.isPresent()) {
        return below;
      }
    }
    return Optional.empty();
  }
}
