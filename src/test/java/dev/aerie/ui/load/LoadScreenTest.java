package dev.aerie.ui.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aerie.service.MemoryEngine;
import dev.aerie.service.load.LoadService;
import dev.aerie.service.settings.Settings;
import dev.aerie.ui.ScreenStage;
import dev.aerie.ui.TestDesk;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Label;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadScreenTest {
  @TempDir private Path folder;

  @Test
  void goesFromAFileToItsReportByTheButtonsOfTheFoot() throws Exception {
    var desk = new TestDesk(folder);
    var engine = new MemoryEngine();
    var at = Selection.of(desk.connect(engine), "default");
    desk.chosenFile = java.util.Optional.of(LoadFiles.jsonLines(folder, 250, List.of(4, 9, 77)));
    var stage =
        ScreenStage.show(
            desk.desk().palette(),
            () ->
                LoadScreen.kind(
                        desk.desk(), new LoadService(LoadFiles.letters()), folder.resolve("loads"))
                    .opener()
                    .apply(new ScreenKind.Visit(at, Intent.LOOK)),
            1129,
            790);
    stage.picture("load-file");
    stage.act(() -> stage.robot().lookup(".empty-block .button").queryButton().fire());
    stage.picture("load-map");
    stage.wear(Settings.Theme.DARK, 100);
    stage.picture("load-map-dark");
    stage.wear(Settings.Theme.LIGHT, 100);
    next(stage);
    stage.picture("load-options");
    next(stage);
    stage.picture("load-dry-run");
    next(stage);
    stage.picture("load-report");

    assertEquals("Loaded", stage.robot().lookup(".home-page .chip").<Label>query().getText());
  }

  private static void next(ScreenStage stage) {
    stage.act(() -> stage.robot().lookup(".view-foot .accent").queryButton().fire());
  }
}
