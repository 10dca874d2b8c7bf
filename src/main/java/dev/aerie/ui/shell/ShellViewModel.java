package dev.aerie.ui.shell;

import dev.aerie.service.settings.Environment;
import dev.aerie.service.settings.Settings;
import dev.aerie.ui.fx.Chip;
import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Selection;
import dev.aerie.ui.fx.Theme;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What the frame says: where one is, what runs, how much memory is used; and what it remembers.
public final class ShellViewModel {
  private static final int STEP = 10;

  private final Desk desk;
  private final Theme theme;
  private final Messages words;
  private final ReadOnlyStringWrapper connection = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper database = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper environment = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper environmentStyle = new ReadOnlyStringWrapper("env-local");
  private final ReadOnlyStringWrapper stateStyle = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper tasks = new ReadOnlyStringWrapper("");
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(Double.NaN);
  private final ReadOnlyStringWrapper memory = new ReadOnlyStringWrapper("");

  public ShellViewModel(Desk desk, Theme theme, Messages words) {
    this.desk = desk;
    this.theme = theme;
    this.words = words;
    var settings = desk.settings().get();
    theme.set(settings.theme(), settings.fontPercent());
    desk.workspace().selectionProperty().subscribe(_ -> place());
    tick();
  }

  /// Reads what changes by itself: tasks, memory, the connection's state.
  public void tick() {
    var runtime = Runtime.getRuntime();
    memory.set(
        words.get(
            "memory",
            Figures.bytes(runtime.totalMemory() - runtime.freeMemory()),
            Figures.bytes(runtime.maxMemory())));
    place();
    var running = desk.jobs().tasks().stream().filter(Job::isRunning).toList();
    if (running.isEmpty()) {
      tasks.set(words.get("status.noTasks"));
      progress.set(Double.NaN);
    } else if (running.size() == 1) {
      var job = running.getFirst();
      tasks.set(
          words.get(
              "status.oneTask",
              job.timeLeft()
                  .map(left -> words.get("task.left", Figures.time(left)))
                  .orElse(job.phaseProperty().get())));
      progress.set(job.share());
    } else {
      tasks.set(words.get("status.tasks", running.size()));
      progress.set(-1);
    }
  }

  public ReadOnlyStringProperty connectionProperty() {
    return connection.getReadOnlyProperty();
  }

  public ReadOnlyStringProperty databaseProperty() {
    return database.getReadOnlyProperty();
  }

  /// The word: local, dev, staging, production, with what is locked.
  public ReadOnlyStringProperty environmentProperty() {
    return environment.getReadOnlyProperty();
  }

  /// A style class.
  public ReadOnlyStringProperty environmentStyleProperty() {
    return environmentStyle.getReadOnlyProperty();
  }

  /// A style class of the dot before the connection's name.
  public ReadOnlyStringProperty stateStyleProperty() {
    return stateStyle.getReadOnlyProperty();
  }

  public ReadOnlyStringProperty tasksProperty() {
    return tasks.getReadOnlyProperty();
  }

  /// Share of the one running task, -1 where not known, NaN where nothing runs.
  public ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  public ReadOnlyStringProperty memoryProperty() {
    return memory.getReadOnlyProperty();
  }

  /// The connections one can switch to.
  public List<Connection> connections() {
    return List.copyOf(desk.workspace().connections());
  }

  /// Selects a connection, opening it where it is not.
  public void switchTo(Connection wanted) {
    desk.workspace().select(Selection.of(wanted));
    if (wanted.state() instanceof Connection.State.Closed
        || wanted.state() instanceof Connection.State.Failed) {
      desk.workspace().open(wanted);
    }
  }

  public boolean isDark() {
    return desk.palette().isDark();
  }

  public void toggleTheme() {
    setTheme(isDark() ? Settings.Theme.LIGHT : Settings.Theme.DARK);
  }

  public void followSystemTheme() {
    setTheme(Settings.Theme.SYSTEM);
  }

  /// Makes text a step larger (1) or smaller (-1), within 80 to 200 %.
  public void scaleFont(int steps) {
    int now = Math.clamp(desk.settings().get().fontPercent() + (long) steps * STEP, 80, 200);
    remember(settings -> settings.withFontPercent(now));
    theme.set(desk.settings().get().theme(), now);
  }

  /// Keeps the window's place.
  public void rememberWindow(
      double x, double y, double width, double height, boolean maximised, double treeWidth) {
    remember(
        settings ->
            settings.withWindow(
                new Settings.Window(
                    x,
                    y,
                    width,
                    height,
                    maximised,
                    treeWidth,
                    settings.window().inspectorWidth())));
  }

  void rememberTabs(List<OpenTab> open) {
    remember(
        settings ->
            settings.withTabs(
                open.stream()
                    .map(
                        tab ->
                            new Settings.Tab(
                                tab.kind().id(),
                                tab.place()
                                    .connection()
                                    .map(where -> where.profile().id())
                                    .orElse(""),
                                tab.place().database().orElse(""),
                                tab.place().collection().orElse("")))
                    .toList()));
  }

  private void setTheme(Settings.Theme wanted) {
    remember(settings -> settings.withTheme(wanted));
    theme.set(wanted, desk.settings().get().fontPercent());
  }

  private void remember(UnaryOperator<Settings> change) {
    try {
      desk.settings().update(change);
    } catch (IOException e) {
      desk.log().failed("Settings", e);
    }
  }

  private void place() {
    var selection = desk.workspace().selection();
    var shown =
        selection.connection().or(() -> desk.workspace().connections().stream().findFirst());
    connection.set(shown.map(Connection::name).orElse(words.get("noConnection")));
    database.set(selection.database().orElse("default"));
    var profile = shown.map(Connection::profile);
    var where = profile.map(one -> one.environment()).orElse(Environment.LOCAL);
    var word = words.get("env." + where.name());
    environment.set(
        profile.filter(one -> one.readOnly()).isPresent()
            ? word + " · " + words.get("readOnly")
            : word);
    environmentStyle.set(Chip.style(where));
    stateStyle.set(
        shown
            .map(
                one ->
                    switch (one.state()) {
                      case Connection.State.Open _ -> "success";
                      case Connection.State.Failed _ -> "danger";
                      case Connection.State.Closed _, Connection.State.Opening _ -> "";
                    })
            .orElse(""));
  }
}
