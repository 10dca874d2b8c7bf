package dev.aerie.ui.anatomy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.Capabilities;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.Field;
import dev.aerie.engine.ObserveRequest.Anatomy;
import dev.aerie.engine.ObserveRequest.SegmentAnatomy;
import dev.aerie.engine.Progress;
import dev.aerie.engine.Request;
import dev.aerie.service.MemoryEngine;
import dev.aerie.service.anatomy.AnatomyService;
import dev.aerie.ui.ViewBench;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Selection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.application.Platform;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnatomyScreenTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsSegmentsAndTheirFigures(boolean dark) {
    ViewBench.startToolkit();
    var bench = new ViewBench(Runnable::run, Platform::runLater, folder);
    var connection = bench.connect(new OpenEngine());
    var screen =
        ViewBench.onFx(
            () ->
                new AnatomyScreen(
                    bench.desk(), Selection.of(connection, "default", "words")));
    var stage = bench.show(screen.node(), dark, 1068, 760);
    ViewBench.settle();

    ViewBench.picture(stage, dark ? "anatomy-dark" : "anatomy-light");

    assertEquals(
        2,
        ViewBench.onFx(
            () -> {
              int rows = ((TableView<?>) screen.node().lookup("#segments")).getItems().size();
              stage.hide();
              screen.close();
              return rows;
            }));
  }

  @Test
  void pointsAtNodesNoWalkArrivesAt() {
    var model = model(new OpenEngine());

    model.load();

    var graph = model.segments().getFirst();
    assertTrue(
        graph.figures().stream().anyMatch(figure -> figure.bad() && figure.value().equals("3")));
  }

  @Test
  void saysWhyAnEngineCannotBeLookedInto() {
    var model = model(new MemoryEngine());

    model.load();

    assertEquals("this engine has no index to look into", model.reasonProperty().get());
  }

  private AnatomyViewModel model(Engine engine) {
    return new AnatomyViewModel(
        engine,
        new AnatomyService(engine),
        ViewBench.plain(folder).jobs(),
        Messages.of("anatomy"),
        "default",
        "words");
  }

  /// Two segments: a graph, and rows without an index.
  private static final class OpenEngine implements Engine {
    private final MemoryEngine names = new MemoryEngine();

    OpenEngine() {
      names.call(
          new CollectionRequest.Create(
              "default",
              CollectionSchema.of(
                  "words",
                  Field.scalar("id", DataType.INT64).asPrimaryKey(false),
                  Field.vector("embedding", DataType.FLOAT_VECTOR, 4))));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R> R call(Request<R> request, Progress progress) {
      return request instanceof Anatomy
          ? (R)
              List.of(
                  new SegmentAnatomy.Graph(
                      "s1",
                      9_997,
                      4,
                      100,
                      List.of(9_997, 640, 40),
                      List.of(0, 12, 160, 900, 2_400, 3_100, 2_000, 1_000, 425),
                      3,
                      Optional.empty(),
                      List.of()),
                  new SegmentAnatomy.Flat("s2", 410, "too few rows for an index"))
          : names.call(request, progress);
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(Map.of(), Set.of(DataType.values()), Map.of());
    }

    @Override
    public EngineInfo info() {
      return names.info();
    }

    @Override
    public void close() {}
  }
}
