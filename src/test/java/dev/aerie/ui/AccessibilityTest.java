package dev.aerie.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.service.MemoryEngine;
import dev.aerie.service.sample.SampleService;
import dev.aerie.service.settings.SettingsStore;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// Walks all views: what can have the focus has a name, and what acts can have the focus.
@ExtendWith(ApplicationExtension.class)
final class AccessibilityTest {
  @TempDir static Path folder;

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private Workbench workbench;

  @Start
  void start(Stage stage) {
    var engine = new MemoryEngine();
    engine.call(
        new CollectionRequest.Create(
            "default",
            CollectionSchema.of(
                "films",
                Field.scalar("id", DataType.INT64).asPrimaryKey(false),
                Field.varchar("title", 256),
                Field.vector("embedding", DataType.FLOAT_VECTOR, 32))));
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
  }

  @AfterEach
  void stop() {
    workers.shutdown();
  }

  @ParameterizedTest
  @ValueSource(strings = {ScreenKind.HOME, ScreenKind.SCHEMA, ScreenKind.SEARCH})
  void everyControlThatCanHaveTheFocusHasAName(String view, FxRobot robot) throws Exception {
    var connection = workbench.desk().workspace().connections().getFirst();
    WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> connection.engine().isPresent());
    robot.interact(
        () ->
            workbench
                .desk()
                .navigator()
                .open(view, Selection.of(connection, "default", "films"), Intent.LOOK));
    WaitForAsyncUtils.waitForFxEvents();
    var nameless = new ArrayList<String>();

    robot.interact(() -> collect(workbench.stage().getScene().getRoot(), nameless));

    assertEquals(List.of(), nameless);
  }

  private static void collect(Node node, List<String> nameless) {
    if (!node.isVisible()) {
      return;
    }
    if (node instanceof Control
        && node.isFocusTraversable()
        && !(node instanceof ScrollPane)
        && !(node instanceof ScrollBar)
        && (node.getAccessibleText() == null || node.getAccessibleText().isBlank())
        && !(node instanceof Labeled labeled
            && labeled.getText() != null
            && !labeled.getText().isBlank())) {
      nameless.add(node.toString());
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, nameless));
    }
  }
}
