package dev.aerie.ui.home;

import dev.aerie.service.sample.SampleService;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Views;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Parent;

/// Home, as a tab.
public final class HomeScreen implements Screen {
  private final HomeViewModel model;
  private final Parent node;
  private final ReadOnlyStringWrapper title;

  private HomeScreen(Desk desk, SampleService samples, Messages words) {
    this.model = new HomeViewModel(desk, samples, words);
    this.node =
        Views.load(
            "home/home", words, HomeController.class, () -> new HomeController(model, words));
    this.title = new ReadOnlyStringWrapper(words.get("title"));
  }

  public static ScreenKind kind(Desk desk, SampleService samples) {
    var words = Messages.of("home");
    return new ScreenKind(
        ScreenKind.HOME,
        words.get("title"),
        "fth-home",
        ScreenKind.Scope.WINDOW,
        true,
        _ -> new HomeScreen(desk, samples, words));
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
