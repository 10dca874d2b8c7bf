package dev.aerie.ui.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.TextColumn;
import dev.aerie.layout.Workers;
import dev.aerie.service.MemoryEngine;
import dev.aerie.service.explore.Cartographer;
import dev.aerie.service.explore.ExploreService;
import dev.aerie.ui.ViewBench;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import javafx.application.Platform;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExploreScreenTest {
  private static final List<String> TOPICS =
      List.of("bird", "plant", "tool", "food", "person", "place");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void drawsTheMapAndMarksWhatALassoHolds(boolean dark) {
    ViewBench.startToolkit();
    var bench = new ViewBench(Runnable::run, Platform::runLater, folder);
    var connection = bench.connect(filled(3_000));
    var screen =
        ViewBench.onFx(
            () ->
                new ExploreScreen(
                    bench.desk(),
                    Selection.of(connection, "default", "words"),
                    engine ->
                        new Cartographer(new ExploreService(engine, Workers.CALLER))));
    var stage = bench.show(screen.node(), dark, 1120, 760);
    ViewBench.settle();
    ViewBench.onFx(
        () -> {
          ((ToggleButton) screen.node().lookup("#lasso")).fire();
          var map = (MapView) screen.node().lookup(".map-view");
          mouse(map, MouseEvent.MOUSE_PRESSED, 250, 40);
          mouse(map, MouseEvent.MOUSE_DRAGGED, 600, 40);
          mouse(map, MouseEvent.MOUSE_DRAGGED, 600, 300);
          mouse(map, MouseEvent.MOUSE_DRAGGED, 250, 300);
          mouse(map, MouseEvent.MOUSE_RELEASED, 250, 300);
          return true;
        });
    ViewBench.settle();

    ViewBench.picture(stage, dark ? "explore-dark" : "explore-light");

    assertTrue(
        ViewBench.onFx(
            () -> {
              var list = (javafx.scene.control.ListView<?>) screen.node().lookup("#list");
              stage.hide();
              screen.close();
              return !list.getItems().isEmpty();
            }));
  }

  @Test
  void listsMarkedRowsNearestToThePinnedOneFirst() {
    var model = model(ViewBench.plain(folder));
    var rows = new BitSet();
    rows.set(0, 30);

    model.mark(rows, ExploreViewModel.Marking.REPLACE);
    model.pin(7);

    assertEquals(30, model.listed().size());
    assertEquals(7, model.listed().getFirst().row());
  }

  @Test
  void takesMarkingsBackOneByOne() {
    var model = model(ViewBench.plain(folder));
    var rows = new BitSet();
    rows.set(1, 4);
    model.mark(rows, ExploreViewModel.Marking.REPLACE);
    model.mark(new BitSet(), ExploreViewModel.Marking.REPLACE);

    model.undo();

    assertEquals(rows, model.markedProperty().get());
  }

  @Test
  void turnsAMarkingIntoAFilterForData() {
    var bench = ViewBench.plain(folder);
    var model = model(bench);
    var rows = new BitSet();
    rows.set(3);
    model.mark(rows, ExploreViewModel.Marking.REPLACE);

    model.filterToMarked();

    assertEquals("id in [%s]".formatted(model.row(3).key()), model.filter().orElseThrow());
    assertEquals(List.of(ScreenKind.DATA), bench.opened());
  }

  private ExploreViewModel model(ViewBench bench) {
    var engine = filled(300);
    var connection = bench.connect(engine);
    var model =
        new ExploreViewModel(
            engine,
            new Cartographer(new ExploreService(engine, Workers.CALLER)),
            bench.jobs(),
            bench,
            Messages.of("explore"),
            Selection.of(connection, "default", "words"));
    model.load();
    return model;
  }

  private static void mouse(
      MapView map, javafx.event.EventType<MouseEvent> type, double x, double y) {
    map.fireEvent(
        new MouseEvent(
            type, x, y, x, y, MouseButton.PRIMARY, 1, false, false, false, false, true, false,
            false, true, false, true, null));
  }

  /// Rows in six clouds, each of a topic of its own.
  private static MemoryEngine filled(int rows) {
    var engine = new MemoryEngine();
    engine.call(
        new CollectionRequest.Create(
            "default",
            CollectionSchema.of(
                "words",
                Field.scalar("id", DataType.INT64).asPrimaryKey(false),
                Field.varchar("category", 64),
                Field.varchar("gloss", 500),
                Field.vector("embedding", DataType.FLOAT_VECTOR, 12))));
    var random = new SplittableRandom(7);
    var ids = new long[rows];
    var categories = new String[rows];
    var glosses = new String[rows];
    var values = new float[rows * 12];
    for (int row = 0; row < rows; row++) {
      int topic = row % TOPICS.size();
      ids[row] = 1_000 + row;
      categories[row] = "noun." + TOPICS.get(topic);
      glosses[row] = "a %s that is number %d".formatted(TOPICS.get(topic), row);
      for (int i = 0; i < 12; i++) {
        values[row * 12 + i] =
            (float) (random.nextGaussian() * 0.35 + (i % TOPICS.size() == topic ? 1.5 : 0));
      }
    }
    engine.call(
        new RowRequest.Insert(
            "default",
            "words",
            ColumnBatch.of(
                new LongColumn("id", ids),
                new TextColumn("category", categories),
                new TextColumn("gloss", glosses),
                new FloatVectorColumn("embedding", 12, values))));
    return engine;
  }
}
