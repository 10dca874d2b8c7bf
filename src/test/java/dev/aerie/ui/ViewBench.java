package dev.aerie.ui;

import dev.aerie.engine.Engine;
import dev.aerie.engine.Place;
import dev.aerie.service.settings.Environment;
import dev.aerie.service.settings.Profile;
import dev.aerie.service.settings.Settings;
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
import dev.aerie.ui.fx.Theme;
import dev.aerie.ui.fx.Workspace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javax.imageio.ImageIO;

/// A window around one screen, for tests of it: everything on the FX thread runs through
/// [#onFx], work runs at once, and pictures go where a person can look at them.
public final class ViewBench implements Navigator, Dialogs {
  private final List<String> opened = new ArrayList<>();
  private final List<String> toasts = new ArrayList<>();
  private final List<String> copied = new ArrayList<>();
  private final Path folder;
  private final Jobs jobs;
  private final Executor fx;
  private final Palette palette = new Palette();
  private final Workspace workspace;

  /// @param workers run the work; `Runnable::run` for tests without a toolkit
  /// @param folder where files a person would choose are written
  public ViewBench(Executor workers, Executor fx, Path folder) {
    this.folder = folder;
    this.fx = fx;
    this.jobs = new Jobs(workers, fx);
    this.workspace = new Workspace(List.of(), jobs);
  }

  /// A bench without a toolkit: all work is done when a method returns.
  public static ViewBench plain(Path folder) {
    return new ViewBench(Runnable::run, Runnable::run, folder);
  }

  public Connection connect(Engine engine) {
    return workspace.add(
        new Profile(
            "local",
            "Local engine",
            Environment.LOCAL,
            new Place.Folder(folder),
            false,
            Optional.empty()),
        engine);
  }

  public Desk desk() {
    return new Desk(
        workspace,
        jobs,
        this,
        this,
        new ActivityLog(fx),
        new SettingsStore(folder.resolve("settings.json")),
        palette);
  }

  public Jobs jobs() {
    return jobs;
  }

  /// Kinds of screens that were opened.
  public List<String> opened() {
    return opened;
  }

  public List<String> toasts() {
    return toasts;
  }

  public List<String> copied() {
    return copied;
  }

  @Override
  public void open(String kind, Selection at, Intent intent) {
    opened.add(kind);
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
  public void showTasks() {
    opened.add("tasks");
  }

  @Override
  public List<ScreenKind> kinds() {
    return List.of();
  }

  @Override
  public void confirm(Question question, Runnable yes) {
    yes.run();
  }

  @Override
  public void openFile(String title, List<FileKind> kinds, Consumer<Path> chosen) {
    chosen.accept(folder.resolve("opened"));
  }

  @Override
  public void saveFile(
      String title, String suggestedName, List<FileKind> kinds, Consumer<Path> chosen) {
    chosen.accept(folder.resolve(suggestedName));
  }

  @Override
  public void chooseFolder(String title, Consumer<Path> chosen) {
    chosen.accept(folder);
  }

  @Override
  public void copy(String text) {
    copied.add(text);
  }

  /// Shows a screen in a window of its own.
  public Stage show(Parent node, boolean dark, double width, double height) {
    return onFx(
        () -> {
          var stage = new Stage();
          var scene = new Scene(node, width, height);
          var theme = new Theme(palette);
          theme.set(dark ? Settings.Theme.DARK : Settings.Theme.LIGHT, 100);
          theme.dress(scene);
          stage.setScene(scene);
          stage.show();
          return stage;
        });
  }

  /// Writes what a window shows to `target/views/NAME.png`.
  public static Path picture(Stage stage, String name) {
    var image = onFx(() -> stage.getScene().snapshot(null));
    var width = (int) image.getWidth();
    var height = (int) image.getHeight();
    var drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        drawn.setRGB(x, y, image.getPixelReader().getArgb(x, y));
      }
    }
    try {
      var file = Files.createDirectories(Path.of("target", "views")).resolve(name + ".png");
      ImageIO.write(drawn, "png", file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts the toolkit if it does not run yet.
  public static void startToolkit() {
    Platform.setImplicitExit(false);
    try {
      Platform.startup(() -> {});
    } catch (IllegalStateException alreadyThere) {
      Platform.runLater(() -> {});
    }
  }

  /// Runs on the FX thread and waits for the answer.
  public static <T> T onFx(Supplier<T> work) {
    var answer = new CompletableFuture<T>();
    Platform.runLater(
        () -> {
          try {
            answer.complete(work.get());
          } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits until the pulses asked for so far have been drawn.
  public static void settle() {
    for (int i = 0; i < 4; i++) {
      onFx(() -> true);
      try {
        Thread.sleep(60);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
