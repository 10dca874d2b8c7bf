package dev.aerie.ui.search;

import dev.aerie.service.sample.SampleService;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.ScreenKind.Visit;
import dev.aerie.ui.fx.Views;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Parent;

/// Search, as a tab.
public final class SearchScreen implements Screen {
  private final SearchViewModel model;
  private final SearchController controller;
  private final Parent node;
  private final ReadOnlyStringWrapper title;

  private SearchScreen(Desk desk, SampleService samples, Visit visit, Messages words) {
    this.model = new SearchViewModel(desk, samples, visit.at(), words);
    this.controller = new SearchController(model, words);
    this.node = Views.load("search/search", words, SearchController.class, () -> controller);
    this.title = new ReadOnlyStringWrapper(words.get("title"));
    model.receive(visit.intent());
  }

  public static ScreenKind kind(Desk desk, SampleService samples) {
    var words = Messages.of("search");
    return new ScreenKind(
        ScreenKind.SEARCH,
        words.get("title"),
        "fth-search",
        ScreenKind.Scope.COLLECTION,
        true,
        visit -> new SearchScreen(desk, samples, visit, words));
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
    model.search();
  }

  @Override
  public void find() {
    controller.focusFilter();
  }

  @Override
  public void toggleInspector() {
    controller.toggleInspector();
  }

  @Override
  public void receive(Intent intent) {
    model.receive(intent);
  }

  @Override
  public void close() {
    model.cancel();
  }
}
