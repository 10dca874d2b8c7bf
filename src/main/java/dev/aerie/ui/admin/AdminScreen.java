package dev.aerie.ui.admin;

import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Views;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Parent;

/// The Admin screen of one connection.
public final class AdminScreen implements Screen {
  private final AdminViewModel model;
  private final Parent node;
  private final ReadOnlyStringWrapper title;

  private AdminScreen(AdminViewModel model) {
    this.model = model;
    this.node =
        Views.load(
            "admin/admin",
            model.messages(),
            AdminController.class,
            () -> new AdminController(model));
    this.title = new ReadOnlyStringWrapper(model.messages().get("screen"));
  }

  /// How the window lists and opens this screen.
  public static ScreenKind kind(Desk desk) {
    return new ScreenKind(
        ScreenKind.ADMIN,
        Messages.of("admin").get("screen"),
        "fth-shield",
        ScreenKind.Scope.CONNECTION,
        true,
        visit -> new AdminScreen(new AdminViewModel(desk, visit.at())));
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
  public void close() {
    model.close();
  }
}
