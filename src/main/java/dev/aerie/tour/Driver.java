package dev.aerie.tour;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;

/// Hands and eyes of a tour: clicks, types, waits and reads on the real window, from a thread that
/// is
/// not the toolkit's. Every method waits until what it needs is there.
final class Driver {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long PULSE_MILLIS = 40;

  private final Stage stage;
  private final Robot robot;

  Driver(Stage stage) {
    this.stage = stage;
    this.robot = onToolkit(Robot::new);
  }

  /// Clicks the first visible node whose id, text or accessible text is `what`.
  ///
  /// @param what `#id`, or the words on it
  void click(String what) {
    clickAt(what, MouseButton.PRIMARY, 1);
  }

  void doubleClick(String what) {
    clickAt(what, MouseButton.PRIMARY, 2);
  }

  /// Clicks a field, empties it and writes `text` into it.
  void fill(String what, String text) {
    click(what);
    press(KeyCode.SHORTCUT, KeyCode.A);
    type(text);
  }

  /// Writes into whatever has the focus, by way of the clipboard: a robot has no keys for every
  /// letter.
  void type(String text) {
    onToolkit(
        () -> {
          var content = new ClipboardContent();
          content.putString(text);
          return Clipboard.getSystemClipboard().setContent(content);
        });
    press(KeyCode.SHORTCUT, KeyCode.V);
  }

  /// Presses keys together.
  void press(KeyCode... keys) {
    onToolkit(
        () -> {
          for (var key : keys) {
            robot.keyPress(physical(key));
          }
          for (int i = keys.length - 1; i >= 0; i--) {
            robot.keyRelease(physical(keys[i]));
          }
          return true;
        });
    settle();
  }

  private static KeyCode physical(KeyCode key) {
    if (key != KeyCode.SHORTCUT) {
      return key;
    }
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac")
        ? KeyCode.COMMAND
        : KeyCode.CONTROL;
  }

  /// Waits until some visible text contains `words`, and answers that text.
  String awaitText(String words, Duration patience) {
    await(
        () -> texts().stream().anyMatch(text -> text.contains(words)),
        patience,
        "\"" + words + "\"");
    return texts().stream().filter(text -> text.contains(words)).findFirst().orElse(words);
  }

  String awaitText(String words) {
    return awaitText(words, PATIENCE);
  }

  /// Waits until no visible text contains `words`.
  void awaitGone(String words, Duration patience) {
    await(
        () -> texts().stream().noneMatch(text -> text.contains(words)),
        patience,
        "\"" + words + "\" to go away");
  }

  /// Waits until `condition`, asked on the toolkit's thread, holds.
  ///
  /// @throws AssertionError naming `what` and what stands in the window instead
  void await(BooleanSupplier condition, Duration patience, String what) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      if (onToolkit(condition::getAsBoolean)) {
        settle();
        return;
      }
      pause(PULSE_MILLIS);
    }
    throw new AssertionError(
        "waited %d s for %s; the window shows %s".formatted(patience.toSeconds(), what, texts()));
  }

  /// Every text that is visible in the windows, in scene order.
  List<String> texts() {
    return onToolkit(
        () -> {
          var found = new ArrayList<String>();
          windows().forEach(window -> collect(window.getScene().getRoot(), found));
          return found;
        });
  }

  /// Whether a visible node answers to `what`.
  boolean shows(String what) {
    return onToolkit(() -> find(what).isPresent());
  }

  /// Keeps a picture of the window, popups and dialogs laid over it.
  void picture(Path file) throws IOException {
    settle();
    var image = onToolkit(() -> Picture.of(stage, windows().toList()));
    image.write(file);
  }

  private void clickAt(String what, MouseButton button, int times) {
    await(() -> find(what).isPresent(), PATIENCE, "a control \"" + what + "\"");
    onToolkit(
        () -> {
          var bounds = onScreen(find(what).orElseThrow());
          robot.mouseMove(bounds.getCenterX(), bounds.getCenterY());
          return true;
        });
    pause(PULSE_MILLIS);
    for (int i = 0; i < times; i++) {
      onToolkit(
          () -> {
            robot.mousePress(button);
            robot.mouseRelease(button);
            return true;
          });
    }
    settle();
  }

  private static Bounds onScreen(Node node) {
    return node.localToScreen(node.getBoundsInLocal());
  }

  private Optional<Node> find(String what) {
    // The newest window first: a popup or dialog lies over the others.
    return windows().toList().reversed().stream()
        .flatMap(window -> nodes(window.getScene().getRoot()))
        .filter(answersTo(what))
        .filter(Driver::isShown)
        .findFirst();
  }

  private static Predicate<Node> answersTo(String what) {
    if (what.startsWith("#")) {
      return node -> what.substring(1).equals(node.getId());
    }
    return node ->
        what.equals(node.getAccessibleText())
            || node instanceof Labeled labeled && what.equals(labeled.getText())
            || node instanceof Text text && what.equals(text.getText());
  }

  private static Stream<Window> windows() {
    return Window.getWindows().stream()
        .filter(window -> window.isShowing() && window.getScene() != null);
  }

  private static Stream<Node> nodes(Node root) {
    if (!root.isVisible()) {
      return Stream.empty();
    }
    return root instanceof Parent parent
        ? Stream.concat(
            Stream.of(root), parent.getChildrenUnmodifiable().stream().flatMap(Driver::nodes))
        : Stream.of(root);
  }

  private static boolean isShown(Node node) {
    if (node.getScene() == null) {
      return false;
    }
    var bounds = node.localToScene(node.getBoundsInLocal());
    return bounds.getWidth() > 0
        && bounds.getHeight() > 0
        && bounds.getCenterX() >= 0
        && bounds.getCenterY() >= 0
        && bounds.getCenterX() <= node.getScene().getWidth()
        && bounds.getCenterY() <= node.getScene().getHeight();
  }

  private static void collect(Node node, List<String> found) {
    if (!node.isVisible()) {
      return;
    }
    if (node instanceof Labeled labeled
        && labeled.getText() != null
        && !labeled.getText().isEmpty()) {
      found.add(labeled.getText());
      // A label's own text node says the same again; its graphic may say more.
      if (labeled.getGraphic() != null) {
        collect(labeled.getGraphic(), found);
      }
      return;
    }
    if (node instanceof TextInputControl input) {
      if (input.getText() != null && !input.getText().isEmpty()) {
        found.add(input.getText());
      }
      return;
    }
    if (node instanceof Text text && !text.getText().isEmpty()) {
      found.add(text.getText());
      return;
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
    }
  }

  /// Lets the toolkit draw what has been asked for: two pulses after all that is queued now.
  void settle() {
    for (int i = 0; i < 2; i++) {
      var drawn = new CountDownLatch(1);
      Platform.runLater(
          () -> {
            stage.getScene().getRoot().requestLayout();
            Platform.runLater(drawn::countDown);
          });
      try {
        if (!drawn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError(
              "the window did not answer within " + PATIENCE.toSeconds() + " s");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for the window", e);
      }
      pause(PULSE_MILLIS);
    }
  }

  static <T> T onToolkit(Callable<T> action) {
    if (Platform.isFxApplicationThread()) {
      try {
        return action.call();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
    var task = new FutureTask<>(action);
    Platform.runLater(task);
    try {
      return task.get(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (TimeoutException e) {
      throw new AssertionError("the window did not answer", e);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
