package dev.aerie.ui.shell;

import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The open tabs and which of them is in front. A tab that is not kept follows the selection in the
/// tree while it is in front.
final class Tabs {
  private final Messages words;
  private final ObservableList<OpenTab> open = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<@Nullable OpenTab> front = new ReadOnlyObjectWrapper<>();
  private List<ScreenKind> kinds = List.of();
  private @Nullable Desk desk;

  Tabs(Messages words) {
    this.words = words;
  }

  /// Gives the kinds of screens there are; they need the desk, which needs these tabs.
  void begin(Desk theDesk, List<ScreenKind> all) {
    desk = theDesk;
    kinds = List.copyOf(all);
    theDesk.workspace().selectionProperty().subscribe(this::follow);
  }

  List<ScreenKind> kinds() {
    return kinds;
  }

  Optional<ScreenKind> kind(String id) {
    return kinds.stream().filter(kind -> kind.id().equals(id)).findFirst();
  }

  ObservableList<OpenTab> open() {
    return open;
  }

  ReadOnlyObjectProperty<@Nullable OpenTab> frontProperty() {
    return front.getReadOnlyProperty();
  }

  Optional<OpenTab> front() {
    return Optional.ofNullable(front.get());
  }

  /// Opens a screen, or brings the one that is open for that place to the front.
  void open(ScreenKind kind, Selection at, Intent intent) {
    var place = place(kind, at);
    for (var tab : open) {
      if (tab.kind().equals(kind) && tab.place().equals(place)) {
        show(tab);
        tab.receive(intent);
        return;
      }
    }
    for (var tab : open) {
      if (tab.kind().equals(kind) && tab.screen().isEmpty()) {
        tab.move(place, intent);
        show(tab);
        return;
      }
    }
    if (desk != null) {
      var tab = new OpenTab(desk, words, kind, place, intent);
      open.add(tab);
      show(tab);
    }
  }

  /// Brings a tab to the front; the tree follows it.
  void show(OpenTab tab) {
    front.set(tab);
    if (desk != null && tab.place().connection().isPresent()) {
      desk.workspace().select(tab.place());
    }
  }

  void close(OpenTab tab) {
    int at = open.indexOf(tab);
    open.remove(tab);
    tab.close();
    if (tab.equals(front.get())) {
      front.set(null);
      if (!open.isEmpty()) {
        show(open.get(Math.min(at, open.size() - 1)));
      }
    }
  }

  void closeOthers(OpenTab kept) {
    List.copyOf(open).stream().filter(tab -> !tab.equals(kept)).forEach(this::close);
  }

  /// Brings the tab after (1) or before (-1) the front one to the front.
  void step(int by) {
    if (!open.isEmpty()) {
      show(open.get(Math.floorMod(open.indexOf(front.get()) + by, open.size())));
    }
  }

  private void follow(Selection selection) {
    var tab = front.get();
    if (tab == null || tab.isPinned() || tab.kind().scope() == ScreenKind.Scope.WINDOW) {
      return;
    }
    var place = place(tab.kind(), selection);
    boolean whole =
        tab.kind().scope() == ScreenKind.Scope.COLLECTION
            ? place.collection().isPresent()
            : place.connection().isPresent();
    if (!whole || place.equals(tab.place())) {
      return;
    }
    for (var other : open) {
      if (other.kind().equals(tab.kind()) && other.place().equals(place)) {
        front.set(other);
        return;
      }
    }
    tab.move(place, Intent.LOOK);
  }

  private static Selection place(ScreenKind kind, Selection at) {
    return switch (kind.scope()) {
      case WINDOW -> Selection.NOTHING;
      case CONNECTION -> new Selection(at.connection(), at.database(), Optional.empty());
      case COLLECTION, COLLECTION_OR_NEW -> at;
    };
  }
}
