package dev.aerie.ui.tune;

import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.service.tune.TuneLab;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import dev.aerie.ui.fx.Views;
import java.time.Clock;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Parent;

/// Tuning of one collection.
public final class TuneScreen implements Screen {
  private final Parent node;
  private final TuneViewModel model;
  private final ReadOnlyStringWrapper title;

  /// @param labs gives the lab of a live engine
  /// @throws EngineException if the connection is not open
  public TuneScreen(Desk desk, Selection at, Function<Engine, TuneLab> labs) {
    var messages = Messages.of("tune");
    var connection =
        at.connection()
            .orElseThrow(() -> new IllegalArgumentException("tuning needs a connection"));
    var collection =
        at.collection()
            .orElseThrow(() -> new IllegalArgumentException("tuning needs a collection"));
    var engine =
        connection
            .engine()
            .orElseThrow(
                () ->
                    new EngineException(
                        ErrorCode.UNAVAILABLE, "\"" + connection.name() + "\" is not connected"));
    this.model =
        new TuneViewModel(
            engine,
            labs.apply(engine),
            desk.jobs(),
            desk.navigator(),
            desk.dialogs(),
            messages,
            Clock.systemUTC(),
            at.database().orElse("default"),
            collection);
    this.title = new ReadOnlyStringWrapper(messages.get("tab"));
    this.node =
        Views.load(
            "tune/tune",
            messages,
            TuneController.class,
            () -> new TuneController(model, messages, desk.palette()));
  }

  /// What the rail shows.
  public static ScreenKind kind(Desk desk, Function<Engine, TuneLab> labs) {
    return new ScreenKind(
        ScreenKind.TUNE,
        Messages.of("tune").get("tab"),
        "fth-sliders",
        ScreenKind.Scope.COLLECTION,
        true,
        visit -> new TuneScreen(desk, visit.at(), labs));
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
  public void run() {
    model.run();
  }

  @Override
  public void save() {
    model.save();
  }

  @Override
  public void close() {
    model.close();
  }
}
