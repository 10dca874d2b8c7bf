package dev.aerie.ui.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.service.MemoryEngine;
import dev.aerie.ui.ViewBench;
import dev.aerie.ui.fx.Selection;
import java.nio.file.Path;
import javafx.application.Platform;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthScreenTest {
  @TempDir Path folder;

  @BeforeAll
  static void toolkit() {
    ViewBench.startToolkit();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsFindingsTilesCollectionsAndSegments(boolean dark) {
    var bench = new ViewBench(Runnable::run, Platform::runLater, folder);
    var connection = bench.connect(new BusyEngine());
    var screen = ViewBench.onFx(() -> new HealthScreen(bench.desk(), Selection.of(connection)));
    var stage = bench.show(screen.node(), dark, 1068, 760);
    ViewBench.settle();

    ViewBench.picture(stage, dark ? "health-dark" : "health-light");

    ViewBench.onFx(
        () -> {
          var findings = (VBox) screen.node().lookup("#findings");
          assertEquals(3, findings.getChildren().size());
          var table = (TableView<?>) screen.node().lookup("#collections");
          assertEquals(4, table.getItems().size());
          stage.hide();
          screen.close();
          return true;
        });
  }

  @Test
  void saysWhatAnEmptyEngineIsMissing() {
    var bench = new ViewBench(Runnable::run, Platform::runLater, folder);
    var connection = bench.connect(new MemoryEngine());
    var screen = ViewBench.onFx(() -> new HealthScreen(bench.desk(), Selection.of(connection)));
    var stage = bench.show(screen.node(), false, 752, 580);
    ViewBench.settle();

    ViewBench.picture(stage, "health-empty");

    assertTrue(
        ViewBench.onFx(
            () -> {
              var empty = ((VBox) screen.node().lookup("#findings")).getChildren().isEmpty();
              stage.hide();
              screen.close();
              return empty;
            }));
  }
}
