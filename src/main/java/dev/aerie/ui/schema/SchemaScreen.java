package dev.aerie.ui.schema;

import dev.aerie.ui.fx.Command;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.ScreenKind.Visit;
import dev.aerie.ui.fx.Views;
import java.util.List;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Parent;

/// Schema, as a tab.
public final class SchemaScreen implements Screen {
  private final SchemaViewModel model;
  private final Messages words;
  private final Parent node;
  private final ReadOnlyStringWrapper title;

  private SchemaScreen(Desk desk, Visit visit, Messages words) {
    this.words = words;
    this.model = new SchemaViewModel(desk, visit.at(), visit.intent(), words);
    this.node =
        Views.load(
            "schema/schema",
            words,
            SchemaController.class,
            () -> new SchemaController(model, words));
    this.title = new ReadOnlyStringWrapper(words.get("title"));
  }

  public static ScreenKind kind(Desk desk) {
    var words = Messages.of("schema");
    return new ScreenKind(
        ScreenKind.SCHEMA,
        words.get("title"),
        "fth-columns",
        ScreenKind.Scope.COLLECTION_OR_NEW,
        true,
        visit -> new SchemaScreen(desk, visit, words));
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
    if (model.creatingProperty().get()) {
      model.create();
    }
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new Command(words.get("new"), words.get("title"), "fth-plus", model::describeNew));
  }

  @Override
  public void close() {
    model.stopWaiting();
  }
}
