package dev.aerie.ui;

import dev.aerie.service.settings.Settings;
import dev.aerie.ui.fx.Palette;
import dev.aerie.ui.fx.Screen;
import dev.aerie.ui.fx.Theme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// Shows one screen on a stage of its own, in the colours of the window, and takes its picture.
public final class ScreenStage {
  private final FxRobot robot = new FxRobot();
  private final Stage stage;
  private final Theme theme;

  private ScreenStage(Stage stage, Theme theme) {
    this.stage = stage;
    this.theme = theme;
  }

  /// @param screen makes the screen on the FX thread
  public static ScreenStage show(
      Palette palette, java.util.function.Supplier<Screen> screen, int width, int height)
      throws TimeoutException {
    var stage = FxToolkit.registerPrimaryStage();
    var made = new Theme[1];
    FxToolkit.setupFixture(
        () -> {
          made[0] = new Theme(palette);
          var scene = new Scene(new StackPane(screen.get().node()), width, height);
          made[0].dress(scene);
          made[0].set(Settings.Theme.LIGHT, 100);
          stage.setScene(scene);
          stage.show();
        });
    WaitForAsyncUtils.waitForFxEvents();
    return new ScreenStage(stage, made[0]);
  }

  public FxRobot robot() {
    return robot;
  }

  /// Runs on the FX thread and waits for what follows from it.
  public void act(Runnable action) {
    robot.interact(action);
    WaitForAsyncUtils.waitForFxEvents();
  }

  public void wear(Settings.Theme wanted, int fontPercent) {
    act(() -> theme.set(wanted, fontPercent));
  }

  /// Writes `target/looks/NAME.png`.
  public void picture(String name) {
    WaitForAsyncUtils.waitForFxEvents();
    act(() -> write(Path.of("target", "looks", name + ".png")));
  }

  private void write(Path file) {
    var image = stage.getScene().snapshot(null);
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    var pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, width, height, pixels, 0, width);
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(picture, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
