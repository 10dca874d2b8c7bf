package dev.aerie.ui.shell;

import dev.aerie.ui.fx.ActivityLog;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.EmptyState;
import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Messages;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// At the bottom of the window, when asked for: the tasks, and the log.
final class Drawer extends BorderPane {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final ToggleButton tasksTab;
  private final ToggleButton logTab;
  private final ListView<Job<?>> tasks = new ListView<>();
  private final ListView<ActivityLog.Entry> log = new ListView<>();

  Drawer(Desk desk, Messages words) {
    getStyleClass().add("drawer");
    tasksTab = new ToggleButton(words.get("tasks"));
    logTab = new ToggleButton(words.get("log"));
    tasksTab.getStyleClass().add("first");
    logTab.getStyleClass().add("last");
    var group = new ToggleGroup();
    group.getToggles().setAll(tasksTab, logTab);
    var tabs = new HBox(tasksTab, logTab);
    tabs.getStyleClass().add("segmented");
    var gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    var clear =
        Icons.button("fth-trash-2", words.get("tasks.clear"), () -> desk.jobs().clearEnded());
    var copy = Icons.button("fth-copy", words.get("log.copy"), () -> copyLog(desk));
    var close = Icons.button("fth-x", words.get("drawer.close"), this::hide);
    var head = new HBox(tabs, gap, copy, clear, close);
    head.getStyleClass().add("side-head");
    setTop(head);
    tasks.setItems(desk.jobs().tasks());
    tasks.setCellFactory(_ -> new TaskCell(words));
    tasks.setPlaceholder(
        new EmptyState("fth-list", words.get("tasks.none"), words.get("tasks.none.text")));
    tasks.setAccessibleText(words.get("tasks"));
    log.setItems(desk.log().entries());
    log.setCellFactory(_ -> new LogCell());
    log.setPlaceholder(new EmptyState("fth-file-text", words.get("log.none"), ""));
    log.setAccessibleText(words.get("log"));
    desk.log()
        .entries()
        .addListener(
            (ListChangeListener<ActivityLog.Entry>)
                _ -> log.scrollTo(desk.log().entries().size() - 1));
    group
        .selectedToggleProperty()
        .subscribe(
            (before, now) -> {
              if (now == null && before != null) {
                group.selectToggle(before);
              } else {
                setCenter(tasksTab.isSelected() ? tasks : log);
              }
            });
    managedProperty().bind(visibleProperty());
    group.selectToggle(tasksTab);
    setCenter(tasks);
    hide();
  }

  void showTasks() {
    tasksTab.setSelected(true);
    setVisible(true);
  }

  void showLog() {
    logTab.setSelected(true);
    setVisible(true);
  }

  void toggleTasks() {
    if (isVisible() && tasksTab.isSelected()) {
      hide();
    } else {
      showTasks();
    }
  }

  void toggleLog() {
    if (isVisible() && logTab.isSelected()) {
      hide();
    } else {
      showLog();
    }
  }

  void hide() {
    setVisible(false);
  }

  private static void copyLog(Desk desk) {
    var text = new StringBuilder();
    for (var entry : desk.log().entries()) {
      text.append(entry.at()).append(' ').append(entry.level()).append(' ');
      text.append(entry.text()).append('\n').append(entry.details());
    }
    desk.dialogs().copy(text.toString());
  }

  private static final class LogCell extends ListCell<ActivityLog.Entry> {
    private final Label time = new Label();
    private final Label text = new Label();
    private final HBox row = new HBox();

    LogCell() {
      time.getStyleClass().addAll("mono", "muted");
      time.setMinWidth(USE_PREF_SIZE);
      row.getStyleClass().add("group");
    }

    @Override
    protected void updateItem(ActivityLog.Entry item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
        return;
      }
      time.setText(TIME.format(item.at().atZone(ZoneId.systemDefault())));
      var firstLine = item.details().lines().findFirst().map(line -> " – " + line).orElse("");
      text.setText(item.text() + firstLine);
      var icon =
          switch (item.level()) {
            case INFO -> Icons.of("fth-info");
            case WARNING -> Icons.of("fth-alert-triangle", "icon-warning");
            case ERROR -> Icons.of("fth-alert-octagon", "icon-danger");
          };
      row.getChildren().setAll(time, icon, text);
      setGraphic(row);
    }
  }
}
