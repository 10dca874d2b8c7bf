package dev.aerie.ui.anatomy;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.service.anatomy.AnatomyService;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import dev.aerie.ui.fx.Views;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Parent;

/// The inside of one collection's indexes.
public final class AnatomyScreen implements Screen {
  private final Parent node;
  private final AnatomyViewModel model;
  private final ReadOnlyStringWrapper title;

  /// @throws EngineException if the connection is not open
  public AnatomyScreen(Desk desk, Selection at) {
    var messages = Messages.of("anatomy");
    var collection =
        at.collection()
            .orElseThrow(() -> new IllegalArgumentException("anatomy needs a collection"));
    var connection = at.connection().orElseThrow();
    var engine =
        connection
            .engine()
            .orElseThrow(
                () ->
                    new EngineException(
                        ErrorCode.UNAVAILABLE, "\"" + connection.name() + "\" is not connected"));
    this.model =
        new AnatomyViewModel(
            engine,
            new AnatomyService(engine),
            desk.jobs(),
            messages,
            at.database().orElse("default"),
            collection);
    this.title = new ReadOnlyStringWrapper(messages.get("tab"));
    this.node =
        Views.load(
            "anatomy/anatomy",
            messages,
            AnatomyController.class,
            () -> new AnatomyController(model, messages, desk.palette()));
  }

  /// What the rail shows.
  public static ScreenKind kind(Desk desk) {
    return new ScreenKind(
        ScreenKind.ANATOMY,
        Messages.of("anatomy").get("tab"),
        "fth-share-2",
        ScreenKind.Scope.COLLECTION,
        true,
        visit -> new AnatomyScreen(desk, visit.at()));
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
    model.load();
  }

  @Override
  public void close() {
    model.close();
  }
}
