package dev.aerie.ui;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.Connector;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Field;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Place;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.TextColumn;
import dev.aerie.engine.Validity;
import dev.aerie.service.settings.Environment;
import dev.aerie.service.settings.Profile;
import dev.aerie.service.settings.SettingsStore;
import dev.aerie.ui.fx.ActivityLog;
import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Dialogs;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Jobs;
import dev.aerie.ui.fx.Navigator;
import dev.aerie.ui.fx.Palette;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import dev.aerie.ui.fx.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/// A desk for tests: work runs at once, dialogs answer yes, and everything asked of the window is
/// kept.
public final class TestDesk {
  public final List<Dialogs.Question> questions = new ArrayList<>();
  public final List<String> copied = new ArrayList<>();
  public final List<String> toasts = new ArrayList<>();
  public final List<Opened> opened = new ArrayList<>();
  public Optional<Path> chosenFile = Optional.empty();
  private final Desk desk;

  /// A screen that was asked for.
  public record Opened(String kind, Selection at, Intent intent) {}

  /// @param folder for the settings file
  public TestDesk(Path folder, Connector... connectors) {
    var jobs = new Jobs(Runnable::run, Runnable::run);
    this.desk =
        new Desk(
            new Workspace(List.of(connectors), jobs),
            jobs,
            new Answers(),
            new Paths(),
            new ActivityLog(Runnable::run),
            new SettingsStore(folder.resolve("settings.json")),
            new Palette());
  }

  public Desk desk() {
    return desk;
  }

  /// An open connection to an engine.
  public Connection connect(Engine engine) {
    return connect(engine, Environment.LOCAL, false);
  }

  public Connection connect(Engine engine, Environment environment, boolean readOnly) {
    return desk.workspace()
        .add(
            new Profile(
                "here",
                "Local engine",
                environment,
                new Place.Folder(Path.of("data")),
                readOnly,
                Optional.empty()),
            engine);
  }

  /// Fills an engine with a collection `films` of `rows` rows: `id`, `title`, `year` (null in every
  /// fifth row), `embedding` of 32 dimensions; indexed.
  public static void fillFilms(Engine engine, int rows) {
    var schema =
        CollectionSchema.of(
            "films",
            Field.scalar("id", DataType.INT64).asPrimaryKey(false),
            Field.varchar("title", 256),
            Field.scalar("year", DataType.INT64).withNullable(),
            Field.vector("embedding", DataType.FLOAT_VECTOR, 32));
    engine.call(new CollectionRequest.Create("default", schema));
    engine.call(
        new IndexRequest.Create(
            "default",
            "films",
            IndexRequest.IndexSpec.of("embedding", IndexType.HNSW, Metric.COSINE, Map.of())));
    if (rows == 0) {
      return;
    }
    var ids = new long[rows];
    var titles = new String[rows];
    var years = new long[rows];
    var noYear = new BitSet();
    var vectors = new float[rows * 32];
    var random = new Random(7);
    for (int row = 0; row < rows; row++) {
      ids[row] = 1_000_000_007L * (row + 1);
      titles[row] = row % 3 == 0 ? "The night bird" : "A cedar in winter, part " + row;
      years[row] = 1920 + row % 100;
      noYear.set(row, row % 5 == 4);
      for (int i = 0; i < 32; i++) {
        vectors[row * 32 + i] = (float) random.nextGaussian() / 5.6f;
      }
    }
    engine.call(
        new RowRequest.Insert(
            "default",
            "films",
            ColumnBatch.of(
                new LongColumn("id", DataType.INT64, ids, Validity.all(rows)),
                new TextColumn("title", titles),
                new LongColumn("year", DataType.INT64, years, Validity.without(noYear, rows)),
                new FloatVectorColumn("embedding", 32, vectors))));
  }

  private final class Answers implements Dialogs {
    @Override
    public void confirm(Question question, Runnable yes) {
      questions.add(question);
      yes.run();
    }

    @Override
    public void openFile(String title, List<FileKind> kinds, Consumer<Path> chosen) {
      chosenFile.ifPresent(chosen);
    }

    @Override
    public void saveFile(
        String title, String suggestedName, List<FileKind> kinds, Consumer<Path> chosen) {
      chosenFile.ifPresent(chosen);
    }

    @Override
    public void chooseFolder(String title, Consumer<Path> chosen) {
      chosenFile.ifPresent(chosen);
    }

    @Override
    public void copy(String text) {
      copied.add(text);
    }
  }

  private final class Paths implements Navigator {
    @Override
    public void open(String kind, Selection at, Intent intent) {
      opened.add(new Opened(kind, at, intent));
    }

    @Override
    public boolean has(String kind) {
      return true;
    }

    @Override
    public void toast(String text) {
      toasts.add(text);
    }

    @Override
    public void toast(String text, String undo, Runnable action) {
      toasts.add(text);
    }

    @Override
    public void showTasks() {}

    @Override
    public List<ScreenKind> kinds() {
      return List.of();
    }
  }
}
