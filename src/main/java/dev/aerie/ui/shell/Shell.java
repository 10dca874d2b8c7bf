package dev.aerie.ui.shell;

import dev.aerie.engine.Connector;
import dev.aerie.engine.Place;
import dev.aerie.service.settings.Environment;
import dev.aerie.service.settings.Profile;
import dev.aerie.service.settings.Settings;
import dev.aerie.service.settings.SettingsStore;
import dev.aerie.ui.fx.ActivityLog;
import dev.aerie.ui.fx.Command;
import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Jobs;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Palette;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import dev.aerie.ui.fx.Theme;
import dev.aerie.ui.fx.Views;
import dev.aerie.ui.fx.WindowDialogs;
import dev.aerie.ui.fx.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.TransferMode;
import javafx.stage.Stage;
import javafx.util.Duration;

/// The frame, put together and shown on a stage. Belongs to the FX thread.
public final class Shell {
  private static final String LOCAL = "local";

  private final Stage stage;
  private final Messages words = Messages.of("shell");
  private final Desk desk;
  private final Tabs tabs = new Tabs(words);
  private final ShellViewModel model;
  private final ShellController controller;
  private final CommandPalette palette;
  private final Drawer drawer;
  private final ConnectionTree tree;
  private final List<Command> actions = new ArrayList<>();
  private final Timeline clock;

  /// What the frame is given.
  ///
  /// @param workers run background work; may block
  /// @param localFolder the data folder of the embedded engine
  /// @param screens makes the kinds of screens for the desk, in the rail's order
  public record Parts(
      SettingsStore settings,
      List<Connector> connectors,
      Executor workers,
      Path localFolder,
      Function<Desk, List<ScreenKind>> screens) {
    public Parts {
      connectors = List.copyOf(connectors);
    }
  }

  /// Puts everything together on `stage`, which is not shown yet.
  public Shell(Parts parts, Stage stage) {
    this.stage = stage;
    var fx = (Executor) Platform::runLater;
    var colours = new Palette();
    var theme = new Theme(colours);
    var jobs = new Jobs(parts.workers(), fx);
    var holder = new NavigatorHolder();
    this.desk =
        new Desk(
            new Workspace(parts.connectors(), jobs),
            jobs,
            new WindowDialogs(stage, theme),
            holder,
            new ActivityLog(fx),
            parts.settings(),
            colours);
    this.model = new ShellViewModel(desk, theme, words);
    this.controller = new ShellController(model, words, this::showPalette, this::showActions);
    var root = Views.load("shell/shell", words, ShellController.class, () -> controller);
    this.drawer = new Drawer(desk, words);
    controller.place(drawer);
    this.palette = new CommandPalette(controller.veil(), words);
    holder.become(new ShellNavigator(tabs, words, controller.toasts(), drawer::showTasks));
    this.tree = new ConnectionTree(desk, controller.tree(), words);
    controller.filter().textProperty().subscribe(tree::setFilter);
    var strip = new TabStrip(tabs, words, controller.tabStrip(), controller.content());
    strip.begin();
    desk.workspace()
        .connections()
        .addListener((ListChangeListener<Connection>) _ -> controller.connectionsChanged());
    tabs.begin(desk, parts.screens().apply(desk));
    controller.fillRail(tabs, kind -> tabs.open(kind, desk.workspace().selection(), Intent.LOOK));
    addConnections(parts);

    var scene = new Scene(root, 1440, 900);
    theme.dress(scene);
    stage.setScene(scene);
    stage.setTitle(words.get("product"));
    stage.setMinWidth(1024);
    stage.setMinHeight(680);
    for (int size : new int[] {16, 32, 48, 64, 128, 256}) {
      var icon = Shell.class.getResourceAsStream("/icons/aerie-" + size + ".png");
      if (icon != null) {
        stage.getIcons().add(new Image(icon));
      }
    }
    addShortcuts(scene);
    acceptFiles(scene);
    restoreWindow();
    stage.setOnHiding(_ -> remember());
    this.clock = new Timeline(new KeyFrame(Duration.seconds(1), _ -> model.tick()));
    clock.setCycleCount(Animation.INDEFINITE);
    parts
        .settings()
        .trouble()
        .ifPresent(text -> desk.log().add(ActivityLog.Level.WARNING, text, ""));
    Thread.currentThread()
        .setUncaughtExceptionHandler(
            (_, cause) -> {
              desk.log().failed(words.get("unexpected"), cause);
              desk.navigator()
                  .toast(words.get("unexpected"), words.get("showLog"), drawer::showLog);
            });
  }

  /// Shows the window, with Home and the tabs of last time.
  public void show() {
    tabs.kind(ScreenKind.HOME).ifPresent(home -> tabs.open(home, Selection.NOTHING, Intent.LOOK));
    restoreTabs();
    tabs.open().stream().findFirst().ifPresent(tabs::show);
    stage.show();
    controller.content().requestFocus();
    clock.play();
    desk.workspace().connections().stream().findFirst().ifPresent(desk.workspace()::open);
  }

  /// What the screens of this window share.
  public Desk desk() {
    return desk;
  }

  public Stage stage() {
    return stage;
  }

  /// Closes everything that is open. The window is gone then.
  public void close() {
    clock.stop();
    List.copyOf(tabs.open()).forEach(OpenTab::close);
    for (var connection : desk.workspace().connections()) {
      connection.engine().ifPresent(engine -> engine.close());
    }
  }

  private void addConnections(Parts parts) {
    desk.workspace()
        .add(
            new Profile(
                LOCAL,
                "Local engine",
                Environment.LOCAL,
                new Place.Folder(parts.localFolder()),
                false,
                Optional.empty()));
    parts.settings().get().profiles().forEach(desk.workspace()::add);
  }

  private void restoreTabs() {
    for (var saved : desk.settings().get().tabs()) {
      var kind = tabs.kind(saved.view());
      var connection =
          desk.workspace().connections().stream()
              .filter(one -> one.profile().id().equals(saved.connection()))
              .findFirst();
      if (kind.isEmpty() || kind.get().scope() == ScreenKind.Scope.WINDOW) {
        continue;
      }
      connection.ifPresent(
          where ->
              tabs.open(
                  kind.get(),
                  new Selection(
                      Optional.of(where), present(saved.database()), present(saved.collection())),
                  Intent.LOOK));
    }
  }

  private static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private void restoreWindow() {
    var window = desk.settings().get().window();
    stage.setWidth(window.width());
    stage.setHeight(window.height());
    boolean onScreen =
        javafx.stage.Screen.getScreens().stream()
            .map(javafx.stage.Screen::getVisualBounds)
            .anyMatch(bounds -> contains(bounds, window));
    if (onScreen) {
      stage.setX(window.x());
      stage.setY(window.y());
    }
    stage.setMaximized(window.maximised());
    controller.treePane().setWanted(window.treeWidth());
  }

  private static boolean contains(Rectangle2D screen, Settings.Window window) {
    return screen.contains(window.x() + 40, window.y() + 10);
  }

  private void remember() {
    model.rememberWindow(
        stage.getX(),
        stage.getY(),
        stage.getWidth(),
        stage.getHeight(),
        stage.isMaximized(),
        controller.treePane().getWidth());
    model.rememberTabs(tabs.open());
  }

  private void acceptFiles(Scene scene) {
    scene.setOnDragOver(
        event -> {
          if (event.getDragboard().hasFiles() && desk.navigator().has(ScreenKind.LOAD)) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
          }
        });
    scene.setOnDragDropped(
        event -> {
          if (event.getDragboard().hasFiles()) {
            desk.navigator()
                .open(
                    ScreenKind.LOAD,
                    desk.workspace().selection(),
                    new Intent.OpenFile(event.getDragboard().getFiles().getFirst().toPath()));
            event.setDropCompleted(true);
          }
        });
  }

  private void addShortcuts(Scene scene) {
    key(scene, "Shortcut+P", "command.prompt", "fth-command", this::showPalette);
    key(scene, "Shortcut+Shift+A", "help", "fth-help-circle", this::showActions);
    plain(scene, "Shortcut+Shift+P", this::showActions);
    plain(scene, "F1", this::showActions);
    key(scene, "Shortcut+Enter", "action.run", "fth-play", () -> onScreen(Screen::run));
    plain(scene, "Shortcut+S", () -> onScreen(Screen::save));
    key(scene, "F5", "action.refresh", "fth-refresh-cw", this::refresh);
    plain(scene, "Shortcut+R", this::refresh);
    key(scene, "Shortcut+F", "action.find", "fth-filter", () -> onScreen(Screen::find));
    key(
        scene,
        "Shortcut+Shift+F",
        "action.filterTree",
        "fth-search",
        () -> controller.filter().requestFocus());
    key(scene, "Shortcut+W", "action.closeTab", "fth-x", () -> tabs.front().ifPresent(tabs::close));
    key(scene, "Shortcut+Tab", "action.nextTab", "fth-chevron-right", () -> tabs.step(1));
    key(scene, "Shortcut+Shift+Tab", "action.previousTab", "fth-chevron-left", () -> tabs.step(-1));
    key(scene, "Shortcut+J", "action.tasks", "fth-list", drawer::toggleTasks);
    key(scene, "Shortcut+L", "action.log", "fth-file-text", drawer::toggleLog);
    key(scene, "Shortcut+Plus", "action.larger", "fth-zoom-in", () -> model.scaleFont(1));
    plain(scene, "Shortcut+Equals", () -> model.scaleFont(1));
    key(scene, "Shortcut+Minus", "action.smaller", "fth-zoom-out", () -> model.scaleFont(-1));
    actions.add(
        new Command(
            words.get("action.inspector"),
            words.get("palette.actions"),
            "fth-sidebar",
            Optional.of("Space"),
            () -> onScreen(Screen::toggleInspector)));
    actions.add(
        new Command(
            words.get("theme.system"), words.get("palette.actions"), "fth-monitor", this::system));
    actions.add(
        new Command(
            words.get("theme.toDark") + " / " + words.get("theme.toLight"),
            words.get("palette.actions"),
            "fth-moon",
            this::otherTheme));
  }

  private void system() {
    model.followSystemTheme();
    controller.showTheme();
  }

  private void otherTheme() {
    model.toggleTheme();
    controller.showTheme();
  }

  private void key(Scene scene, String keys, String title, String icon, Runnable action) {
    plain(scene, keys, action);
    actions.add(
        new Command(
            words.get(title),
            words.get("palette.actions"),
            icon,
            Optional.of(KeyCombination.valueOf(keys).getDisplayText().replace('+', ' ')),
            action));
  }

  private static void plain(Scene scene, String keys, Runnable action) {
    scene.getAccelerators().put(KeyCombination.valueOf(keys), action);
  }

  private void onScreen(Consumer<Screen> action) {
    tabs.front().flatMap(OpenTab::screen).ifPresent(action);
  }

  private void refresh() {
    tree.refresh();
    onScreen(Screen::refresh);
  }

  private void showPalette() {
    palette.show(
        () -> {
          var all = new ArrayList<Command>();
          for (var kind : tabs.kinds()) {
            all.add(
                new Command(
                    kind.title(),
                    words.get("palette.views"),
                    kind.icon(),
                    () -> tabs.open(kind, desk.workspace().selection(), Intent.LOOK)));
          }
          for (var found : tree.known()) {
            all.add(
                new Command(
                    found.name(),
                    words.get("palette.collections") + ", " + found.connection().name(),
                    "fth-layers",
                    () -> open(found.selection())));
          }
          for (var connection : desk.workspace().connections()) {
            all.add(
                new Command(
                    connection.name(),
                    words.get("palette.connections"),
                    "fth-server",
                    () -> model.switchTo(connection)));
          }
          all.addAll(commands());
          return all;
        });
  }

  private void open(Selection place) {
    desk.navigator()
        .open(
            desk.navigator().has(ScreenKind.DATA) ? ScreenKind.DATA : ScreenKind.SEARCH,
            place,
            Intent.LOOK);
  }

  private void showActions() {
    palette.show(this::commands);
  }

  private List<Command> commands() {
    var all = new ArrayList<Command>();
    tabs.front().flatMap(OpenTab::screen).ifPresent(screen -> all.addAll(screen.commands()));
    all.addAll(actions);
    return all;
  }
}
