package dev.aerie.ui.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.RowRequest;
import dev.aerie.layout.Workers;
import dev.aerie.service.MemoryEngine;
import dev.aerie.service.tune.TruthCache;
import dev.aerie.service.tune.TuneLab;
import dev.aerie.ui.ViewBench;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.SplittableRandom;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuneScreenTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void measuresOnOneClickAndPointsAtTheBest(boolean dark) {
    ViewBench.startToolkit();
    var bench = new ViewBench(Runnable::run, Platform::runLater, folder);
    var engine = filled();
    var connection = bench.connect(engine);
    var screen =
        ViewBench.onFx(
            () ->
                new TuneScreen(
                    bench.desk(),
                    Selection.of(connection, "default", "words"),
                    live -> new TuneLab(live, new MemoryEngine(), cache(), Workers.CALLER)));
    var stage = bench.show(screen.node(), dark, 1140, 760);
    ViewBench.settle();
    if (!dark) {
      ViewBench.picture(stage, "tune-empty");
    }
    ViewBench.onFx(
        () -> {
          ((Button) screen.node().lookup("#run")).fire();
          return true;
        });
    ViewBench.settle();

    ViewBench.picture(stage, dark ? "tune-dark" : "tune-light");

    assertTrue(
        ViewBench.onFx(
            () -> {
              var rows = ((TableView<?>) screen.node().lookup("#table")).getItems().size();
              stage.hide();
              screen.close();
              return rows > 0;
            }));
  }

  @Test
  void recommendsAnewWhenTheGoalChangesWithoutMeasuring() {
    var bench = ViewBench.plain(folder);
    var engine = filled();
    var scratch = new MemoryEngine();
    var model = model(bench, engine, scratch);
    model.load();
    model.run();
    int calls = scratch.calls().size();
    assertTrue(model.recommendationProperty().get().orElseThrow().met());

    model.p95Property().set("0.000001 ms");

    assertFalse(model.recommendationProperty().get().orElseThrow().met());
    assertEquals(calls, scratch.calls().size());
  }

  @Test
  void saysWhichFigureOfTheGoalCannotBeRead() {
    var model = model(ViewBench.plain(folder), filled(), new MemoryEngine());
    model.load();

    model.recallProperty().set("high");

    assertEquals("Recall: “high” is not a number", model.mistakeProperty().get());
  }

  @Test
  void appliesWhatIsChosenAndTakesItBack() {
    var bench = ViewBench.plain(folder);
    var engine = filled();
    var model = model(bench, engine, new MemoryEngine());
    model.load();
    model.run();

    model.apply(model.selectedProperty().get().orElseThrow());

    assertTrue(model.appliedProperty().get().isPresent());
    model.rollBack();
    assertTrue(model.appliedProperty().get().isEmpty());
    assertEquals(2, bench.toasts().size());
  }

  @Test
  void writesTheExperimentAsAPage() throws Exception {
    var model = model(ViewBench.plain(folder), filled(), new MemoryEngine());
    model.load();
    model.run();

    model.save();

    assertTrue(Files.readString(folder.resolve("tune-words.html")).contains("<table>"));
  }

  private TuneViewModel model(ViewBench bench, MemoryEngine live, MemoryEngine scratch) {
    return new TuneViewModel(
        live,
        new TuneLab(live, scratch, cache(), Workers.CALLER),
        bench.jobs(),
        bench,
        bench,
        Messages.of("tune"),
        Clock.systemUTC(),
        "default",
        "words");
  }

  private TruthCache cache() {
    return new TruthCache(folder.resolve("truth"));
  }

  private static MemoryEngine filled() {
    var engine = new MemoryEngine();
    var vector = Field.vector("embedding", DataType.FLOAT_VECTOR, 8);
    engine.call(
        new CollectionRequest.Create(
            "default",
            CollectionSchema.of(
                "words", Field.scalar("id", DataType.INT64).asPrimaryKey(false), vector)));
    int rows = 600;
    var random = new SplittableRandom(7);
    var ids = new long[rows];
    var values = new float[rows * 8];
    for (int i = 0; i < rows; i++) {
      ids[i] = i;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    engine.call(
        new RowRequest.Insert(
            "default",
            "words",
            ColumnBatch.of(
                new LongColumn("id", ids), new FloatVectorColumn("embedding", 8, values))));
    return engine;
  }
}
