package dev.aerie.ui.explore;

import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.service.explore.Cartographer;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import dev.aerie.ui.fx.Views;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Parent;

/// The map of one collection.
public final class ExploreScreen implements Screen {
  private final Parent node;
  private final ExploreViewModel model;
  private final ReadOnlyStringWrapper title;

  /// @param maps makes maps of an engine's collections
  /// @throws EngineException if the connection is not open
  public ExploreScreen(Desk desk, Selection at, Function<Engine, Cartographer> maps) {
    var messages = Messages.of("explore");
    if (at.collection().isEmpty()) {
      throw new IllegalArgumentException("a map needs a collection");
    }
    var connection = at.connection().orElseThrow();
    var engine =
        connection
            .engine()
            .orElseThrow(
                () ->
                    new EngineException(
                        ErrorCode.UNAVAILABLE, "\"" + connection.name() + "\" is not connected"));
    this.model =
        new ExploreViewModel(
            engine, maps.apply(engine), desk.jobs(), desk.navigator(), messages, at);
    this.title = new ReadOnlyStringWrapper(messages.get("tab"));
    this.node =
        Views.load(
            "explore/explore",
            messages,
            ExploreController.class,
            () -> new ExploreController(model, desk.jobs(), messages, desk.palette()));
  }

  /// What the rail shows.
  public static ScreenKind kind(Desk desk, Function<Engine, Cartographer> maps) {
    return new ScreenKind(
        ScreenKind.EXPLORE,
        Messages.of("explore").get("rail"),
        "fth-compass",
        ScreenKind.Scope.COLLECTION,
        true,
        visit -> new ExploreScreen(desk, visit.at(), maps));
  }

  @Override
  public Parent node() {
    return node;
  }

  @Override
  public ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  @Override
  public void refresh() {
    model.draw();
  }

  @Override
  public void close() {
    model.stop();
  }
}
