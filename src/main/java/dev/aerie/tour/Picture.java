package dev.aerie.tour;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;

/// What a window shows, with the popups and dialogs over it.
final class Picture {
  private final int width;
  private final int height;

  /// `height × width`, row-major, ARGB not premultiplied.
  private final int[] pixels;

  private Picture(int width, int height) {
    this.width = width;
    this.height = height;
    this.pixels = new int[width * height];
  }

  /// Takes the picture; on the toolkit's thread.
  static Picture of(Stage stage, List<Window> windows) {
    int width = (int) stage.getScene().getWidth();
    int height = (int) stage.getScene().getHeight();
    var picture = new Picture(width, height);
    picture.lay(stage.getScene().snapshot(null), 0, 0);
    double left = stage.getX() + stage.getScene().getX();
    double top = stage.getY() + stage.getScene().getY();
    for (var window : windows) {
      if (!window.equals(stage)) {
        var scene = window.getScene();
        int x = (int) Math.round(window.getX() + scene.getX() - left);
        int y = (int) Math.round(window.getY() + scene.getY() - top);
        picture.lay(scene.getRoot().snapshot(seeThrough(), null), x, y);
      }
    }
    return picture;
  }

  /// A popup's own shadow must not come with a white box around it.
  private static SnapshotParameters seeThrough() {
    var parameters = new SnapshotParameters();
    parameters.setFill(Color.TRANSPARENT);
    return parameters;
  }

  /// Lays an image over this picture, cut at its edges.
  private void lay(WritableImage image, int left, int top) {
    int columns = (int) image.getWidth();
    int rows = (int) image.getHeight();
    var argb = new int[columns * rows];
    image
        .getPixelReader()
        .getPixels(0, 0, columns, rows, PixelFormat.getIntArgbInstance(), argb, 0, columns);
    for (int row = Math.max(0, -top); row < rows && row + top < height; row++) {
      for (int column = Math.max(0, -left); column < columns && column + left < width; column++) {
        int at = (row + top) * width + column + left;
        pixels[at] = over(argb[row * columns + column], pixels[at]);
      }
    }
  }

  private static int over(int front, int back) {
    int alpha = front >>> 24;
    if (alpha == 255) {
      return front;
    }
    int mixed = 255;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int part = ((front >> shift & 255) * alpha + (back >> shift & 255) * (255 - alpha)) / 255;
      mixed = mixed << 8 | part;
    }
    return mixed;
  }

  void write(Path file) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, pixels, 0, width);
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (!ImageIO.write(image, "png", file.toFile())) {
      throw new IOException("no writer for PNG pictures");
    }
  }
}
