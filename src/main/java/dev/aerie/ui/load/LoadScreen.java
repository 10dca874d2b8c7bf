package dev.aerie.ui.load;

import dev.aerie.service.load.LoadService;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Views;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Parent;

/// The Load screen.
public final class LoadScreen implements Screen {
  private final LoadViewModel model;
  private final Parent node;
  private final ReadOnlyStringWrapper title;

  private LoadScreen(LoadViewModel model, Intent intent) {
    this.model = model;
    var words = model.messages();
    this.node =
        Views.load(
            "load/load",
            words,
            LoadController.class,
            () ->
                new LoadController(
                    model,
                    Map.of(
                        Step.FILE,
                        step("file", FileController.class, () -> new FileController(model)),
                        Step.MAP,
                        step("map", MapController.class, () -> new MapController(model)),
                        Step.OPTIONS,
                        step(
                            "options", OptionsController.class, () -> new OptionsController(model)),
                        Step.DRY_RUN,
                        step("dryrun", DryRunController.class, () -> new DryRunController(model)),
                        Step.LOAD,
                        step("run", RunController.class, () -> new RunController(model)),
                        Step.REPORT,
                        step("report", ReportController.class, () -> new ReportController(model))),
                    step("target", TargetController.class, () -> new TargetController(model))));
    this.title = new ReadOnlyStringWrapper(words.get("title"));
    receive(intent);
  }

  /// How the window lists and opens this screen.
  ///
  /// @param folder for reject files, journals and generated keys
  public static ScreenKind kind(Desk desk, LoadService service, Path folder) {
    return new ScreenKind(
        ScreenKind.LOAD,
        Messages.of("load").get("screen"),
        "fth-upload",
        ScreenKind.Scope.CONNECTION,
        true,
        visit ->
            new LoadScreen(new LoadViewModel(desk, service, folder, visit.at()), visit.intent()));
  }

  private <C> Parent step(String name, Class<C> type, Supplier<C> controller) {
    return Views.load("load/" + name, model.messages(), type, controller);
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
  public void run() {
    model.next();
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
