package dev.aerie.ui.shell;

import dev.aerie.ui.fx.Icons;
import dev.aerie.ui.fx.Intent;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Navigator;
import dev.aerie.ui.fx.ScreenKind;
import dev.aerie.ui.fx.Selection;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// [Navigator] over the tabs of the window; toasts stand in its lower right corner for 5 s, at most
/// three.
final class ShellNavigator implements Navigator {
  private static final Duration SHOWN = Duration.seconds(5);

  private final Tabs tabs;
  private final Messages words;
  private final VBox toasts;
  private final Runnable tasks;

  ShellNavigator(Tabs tabs, Messages words, VBox toasts, Runnable tasks) {
    this.tabs = tabs;
    this.words = words;
    this.toasts = toasts;
    this.tasks = tasks;
  }

  @Override
  public void open(String kind, Selection at, Intent intent) {
    tabs.kind(kind).ifPresent(found -> tabs.open(found, at, intent));
  }

  @Override
  public boolean has(String kind) {
    return tabs.kind(kind).isPresent();
  }

  @Override
  public void toast(String text) {
    add(new HBox(Icons.of("fth-check-circle", "icon-success"), new Label(text)));
  }

  @Override
  public void toast(String text, String undo, Runnable action) {
    var back = new Button(undo);
    back.getStyleClass().add("link");
    var toast = new HBox(Icons.of("fth-check-circle", "icon-success"), new Label(text), back);
    back.setOnAction(
        _ -> {
          toasts.getChildren().remove(toast);
          action.run();
        });
    add(toast);
  }

  @Override
  public void showTasks() {
    tasks.run();
  }

  @Override
  public List<ScreenKind> kinds() {
    return tabs.kinds();
  }

  private void add(HBox toast) {
    toast.getStyleClass().add("toast");
    toast.setMaxWidth(HBox.USE_PREF_SIZE);
    var close =
        Icons.button("fth-x", words.get("toast.close"), () -> toasts.getChildren().remove(toast));
    toast.getChildren().add(close);
    var all = toasts.getChildren();
    while (all.size() > 2) {
      all.removeFirst();
    }
    all.add(toast);
    var wait = new PauseTransition(SHOWN);
    wait.setOnFinished(_ -> all.remove((Node) toast));
    wait.play();
  }
}
