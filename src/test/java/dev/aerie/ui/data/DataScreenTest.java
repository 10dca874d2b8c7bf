package dev.aerie.ui.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aerie.service.MemoryEngine;
import dev.aerie.service.settings.Settings;
import dev.aerie.ui.ScreenStage;
import dev.aerie.ui.TestDesk;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.nio.file.Path;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataScreenTest {
  @TempDir private Path folder;

  @Test
  void filtersByKeyboardAndShowsARowWhole() throws Exception {
    var desk = new TestDesk(folder);
    var engine = new MemoryEngine();
    TestDesk.fillFilms(engine, 450);
    var at = Selection.of(desk.connect(engine), "default", "films");
    var stage = show(desk, at);
    stage.picture("data-full");

    stage.act(() -> table(stage).getSelectionModel().select(6));
    stage.picture("data-row");
    stage.wear(Settings.Theme.DARK, 100);
    stage.picture("data-row-dark");
    stage.wear(Settings.Theme.LIGHT, 150);
    stage.picture("data-row-150");
    stage.wear(Settings.Theme.LIGHT, 100);
    stage.act(() -> stage.robot().lookup(".filter-bar .text-field").query().requestFocus());
    stage.robot().write("year > \"x\"");
    stage.picture("data-problem");
    stage.act(
        () ->
            stage
                .robot()
                .lookup(".filter-bar .text-field")
                .queryTextInputControl()
                .setText("title == \"The night bird\""));
    stage.robot().push(KeyCode.ENTER);
    stage.picture("data-filtered");

    assertEquals(150, table(stage).getItems().size());
    assertEquals(
        "150 rows match, exact",
        stage.robot().lookup(".list-foot .label").<Label>query().getText());
  }

  @Test
  void offersToLoadAFileWhereThereAreNoRows() throws Exception {
    var desk = new TestDesk(folder);
    var engine = new MemoryEngine();
    TestDesk.fillFilms(engine, 0);
    var at = Selection.of(desk.connect(engine), "default", "films");
    var stage = show(desk, at);
    stage.picture("data-empty");

    stage.act(() -> stage.robot().lookup(".empty-block .button").queryButton().fire());

    assertEquals(new TestDesk.Opened(ScreenKind.LOAD, at, Intent.LOOK), desk.opened.getFirst());
  }

  private static ScreenStage show(TestDesk desk, Selection at) throws Exception {
    return ScreenStage.show(
        desk.desk().palette(),
        () -> DataScreen.kind(desk.desk()).opener().apply(new ScreenKind.Visit(at, Intent.LOOK)),
        1089,
        790);
  }

  private static TableView<DataRow> table(ScreenStage stage) {
    return stage.robot().lookup(".data-grid").<TableView<DataRow>>query();
  }
}
