package dev.aerie.ui.connect;

import dev.aerie.engine.Connector;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Views;
import java.util.List;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Parent;

/// The connection editor.
public final class ConnectScreen implements Screen {
  private final ConnectViewModel model;
  private final Parent node;
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper();

  private ConnectScreen(ConnectViewModel model) {
    this.model = model;
    this.node =
        Views.load(
            "connect/connect",
            model.messages(),
            ConnectController.class,
            () -> new ConnectController(model));
    title.bind(
        model
            .nameProperty()
            .map(name -> name.isBlank() ? model.messages().get("title.new") : name));
  }

  /// How the window lists and opens this screen.
  ///
  /// @param connectors those whose places can be edited and tested
  public static ScreenKind kind(Desk desk, List<Connector> connectors) {
    return new ScreenKind(
        ScreenKind.CONNECT,
        Messages.of("connect").get("screen"),
        "fth-server",
        ScreenKind.Scope.WINDOW,
        false,
        visit ->
            new ConnectScreen(new ConnectViewModel(desk, connectors, visit.at(), visit.intent())));
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
    model.test();
  }

  @Override
  public void run() {
    model.saveAndConnect();
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
