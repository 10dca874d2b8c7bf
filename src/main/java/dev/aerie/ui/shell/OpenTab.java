package dev.aerie.ui.shell;

import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.EmptyState;
import dev.aerie.ui.fx.Failure;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.ScreenKind.Visit;
import dev.aerie.ui.fx.Selection;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// One tab: a kind of screen at a place. Until the place can be looked at it says what is missing,
/// and when the screen cannot be made it says why.
final class OpenTab {
  private final Desk desk;
  private final Messages words;
  private final ScreenKind kind;
  private final StackPane pane = new StackPane();
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper();
  private Selection place;
  private Intent intent;
  private boolean pinned;
  private @Nullable Screen screen;
  private Subscription waiting = Subscription.EMPTY;

  OpenTab(Desk desk, Messages words, ScreenKind kind, Selection place, Intent intent) {
    this.desk = desk;
    this.words = words;
    this.kind = kind;
    this.place = place;
    this.intent = intent;
    build();
  }

  ScreenKind kind() {
    return kind;
  }

  Selection place() {
    return place;
  }

  StackPane pane() {
    return pane;
  }

  ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  Optional<Screen> screen() {
    return Optional.ofNullable(screen);
  }

  boolean isPinned() {
    return pinned;
  }

  void setPinned(boolean keep) {
    pinned = keep;
  }

  void receive(Intent reason) {
    if (screen != null && !(reason instanceof Intent.Look)) {
      screen.receive(reason);
    } else if (screen == null) {
      intent = reason;
    }
  }

  /// Shows another place instead.
  void move(Selection to, Intent reason) {
    close();
    place = to;
    intent = reason;
    build();
  }

  void close() {
    waiting.unsubscribe();
    waiting = Subscription.EMPTY;
    title.unbind();
    var old = screen;
    screen = null;
    if (old != null) {
      old.close();
    }
  }

  private void build() {
    title.set(kind.title());
    var connection = place.connection();
    switch (kind.scope()) {
      case WINDOW -> show();
      case CONNECTION, COLLECTION, COLLECTION_OR_NEW -> {
        if (connection.isEmpty()
            || kind.scope() == ScreenKind.Scope.COLLECTION && place.collection().isEmpty()) {
          pane.getChildren().setAll(nothingChosen());
          return;
        }
        waiting = connection.get().stateProperty().subscribe(_ -> await(connection.get()));
      }
    }
  }

  private void await(Connection connection) {
    switch (connection.state()) {
      case Connection.State.Open _ -> {
        if (screen == null) {
          show();
        }
      }
      case Connection.State.Opening() ->
          pane.getChildren()
              .setAll(new EmptyState("fth-loader", words.get("opening", connection.name()), ""));
      case Connection.State.Closed() -> {
        drop();
        pane.getChildren()
            .setAll(
                new EmptyState(
                        "fth-slash",
                        words.get("closed", connection.name()),
                        words.get("closed.text"))
                    .with(
                        words.get("open.again"),
                        () -> desk.workspace().open(connection),
                        "accent"));
      }
      case Connection.State.Failed(var failure) -> {
        drop();
        pane.getChildren()
            .setAll(
                failed(words.get("notOpen", connection.name()), failure)
                    .with(words.get("retry"), () -> desk.workspace().open(connection)));
      }
    }
  }

  private void drop() {
    title.unbind();
    if (screen != null) {
      screen.close();
      screen = null;
    }
  }

  private void show() {
    try {
      var made = kind.opener().apply(new Visit(place, intent));
      screen = made;
      title.bind(made.titleProperty());
      pane.getChildren().setAll(made.node());
    } catch (RuntimeException e) {
      desk.log().failed(words.get("viewFailed", kind.title()), e);
      pane.getChildren()
          .setAll(
              failed(words.get("viewFailed", kind.title()), Failure.of(e))
                  .with(words.get("retry"), this::show));
    }
  }

  private EmptyState failed(String heading, Failure failure) {
    return new EmptyState("fth-alert-octagon", heading, failure.message())
        .with(words.get("copyDetails"), () -> desk.dialogs().copy(failure.details()));
  }

  private EmptyState nothingChosen() {
    return new EmptyState(kind.icon(), words.get("chooseCollection"), words.get("choose.text"))
        .with(
            words.get("goHome"),
            () -> desk.navigator().open(ScreenKind.HOME, Selection.NOTHING, Intent.LOOK));
  }
}
