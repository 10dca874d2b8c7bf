package dev.aerie.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.service.MemoryEngine;
import dev.aerie.service.sample.SampleService;
import dev.aerie.service.settings.SettingsStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
final class WorkbenchTest {
  @TempDir static Path folder;

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final MemoryEngine engine = new MemoryEngine();
  private Workbench workbench;

  @Start
  void start(Stage stage) {
    workbench =
        new Workbench(
            new Workbench.Parts(
                new SettingsStore(folder.resolve(System.nanoTime() + ".json")),
                List.of(new MemoryConnector(engine)),
                workers,
                folder,
                new SampleService(new WordEmbedder())),
            stage);
    workbench.show();
    stage.setX(0);
    stage.setY(0);
  }

  @AfterEach
  void stop() {
    workers.shutdown();
  }

  @Test
  void leadsFromSampleDataToAnswers(FxRobot robot) throws Exception {
    await(robot, "#rail-search");
    shoot(robot, "home-light");
    robot.clickOn("Load sample data");
    WaitForAsyncUtils.waitFor(
        60, TimeUnit.SECONDS, () -> robot.lookup("Search wordnet_synsets").tryQuery().isPresent());
    WaitForAsyncUtils.waitForFxEvents();
    robot.interact(
        () ->
            robot.lookup(".text-area").queryAs(TextInputControl.class).setText("a large wild cat"));
    robot.clickOn(".text-area").push(KeyCode.ENTER);
    WaitForAsyncUtils.waitFor(
        20,
        TimeUnit.SECONDS,
        () -> robot.lookup(".hit-list").queryAs(ListView.class).getItems().size() == 10);
    shoot(robot, "search-light");
    robot.interact(
        () ->
            robot
                .lookup("#compare")
                .queryAs(atlantafx.base.controls.ToggleSwitch.class)
                .setSelected(true));
    robot.push(KeyCode.SHORTCUT, KeyCode.ENTER);
    WaitForAsyncUtils.waitFor(
        20,
        TimeUnit.SECONDS,
        () ->
            robot
                .lookup(".chip")
                .match(node -> node.isVisible() && ((Labeled) node).getText().endsWith("exact"))
                .tryQuery()
                .isPresent());
    robot.clickOn("#theme");
    shoot(robot, "search-dark");
    robot.clickOn("#rail-schema");
    await(robot, "Schema of wordnet_synsets");
    shoot(robot, "schema-dark");
    robot.clickOn("New collection…");
    shoot(robot, "schema-new-dark");
    robot.push(KeyCode.SHORTCUT, KeyCode.P);
    robot.write("home");
    shoot(robot, "palette-dark");
    robot.push(KeyCode.ENTER);
    shoot(robot, "home-dark");
    assertTrue(robot.lookup("Welcome to Aerie").tryQuery().isPresent());
  }

  private static void await(FxRobot robot, String what) throws Exception {
    WaitForAsyncUtils.waitFor(
        20, TimeUnit.SECONDS, () -> robot.lookup(what).tryQuery().isPresent());
    WaitForAsyncUtils.waitForFxEvents();
  }

  private void shoot(FxRobot robot, String name) {
    WaitForAsyncUtils.waitForFxEvents();
    robot.interact(() -> Pictures.take(workbench.stage().getScene(), name));
  }
}
