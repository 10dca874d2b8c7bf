package dev.aerie.ui.health;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import dev.aerie.ui.fx.Views;
import java.time.Clock;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Parent;

/// The health of one connection.
public final class HealthScreen implements Screen {
  private final Parent node;
  private final HealthViewModel model;
  private final HealthController controller;
  private final ReadOnlyStringWrapper title;

  /// @throws EngineException if the connection is not open
  public HealthScreen(Desk desk, Selection at) {
    var messages = Messages.of("health");
    var connection =
        at.connection()
            .orElseThrow(
                () -> new IllegalArgumentException("the health of no connection is asked for"));
    var engine =
        connection
            .engine()
            .orElseThrow(
                () ->
                    new EngineException(
                        ErrorCode.UNAVAILABLE, "\"" + connection.name() + "\" is not connected"));
    this.model =
        new HealthViewModel(
            connection,
            engine,
            desk.jobs(),
            desk.navigator(),
            desk.dialogs(),
            messages,
            Clock.systemUTC());
    this.controller = new HealthController(model, messages, desk.palette());
    this.title = new ReadOnlyStringWrapper(messages.get("tab"));
    this.node = Views.load("health/health", messages, HealthController.class, () -> controller);
  }

  /// What the rail shows.
  public static ScreenKind kind(Desk desk) {
    return new ScreenKind(
        ScreenKind.HEALTH,
        Messages.of("health").get("tab"),
        "fth-activity",
        ScreenKind.Scope.CONNECTION,
        true,
        visit -> new HealthScreen(desk, visit.at()));
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
    model.refresh();
  }

  @Override
  public void save() {
    model.saveReport();
  }

  @Override
  public void close() {
    controller.close();
  }
}
