package dev.aerie.ui.data;

import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Views;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Parent;

/// The Data screen of one collection.
public final class DataScreen implements Screen {
  private final DataViewModel model;
  private final DataController controller;
  private final Parent node;
  private final ReadOnlyStringWrapper title;

  private DataScreen(DataViewModel model, Intent intent) {
    this.model = model;
    this.controller = new DataController(model);
    this.node = Views.load("data/data", model.messages(), DataController.class, () -> controller);
    this.title = new ReadOnlyStringWrapper(model.collection());
    receive(intent);
  }

  /// How the window lists and opens this screen.
  public static ScreenKind kind(Desk desk) {
    return new ScreenKind(
        ScreenKind.DATA,
        Messages.of("data").get("screen"),
        "fth-grid",
        ScreenKind.Scope.COLLECTION,
        true,
        visit -> new DataScreen(new DataViewModel(desk, visit.at()), visit.intent()));
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
  public void run() {
    model.applyFilter();
  }

  @Override
  public void find() {
    controller.focusFilter();
  }

  @Override
  public void toggleInspector() {
    controller.frame().toggleInspector();
  }

  @Override
  public void receive(Intent intent) {
    model.receive(intent);
  }

  @Override
  public void close() {
    model.close();
  }
}
