import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Draws `icons/aerie-SIZE.png` with the shape of `icons/aerie.svg`. Run by hand after the shape
/// has
/// changed: `java src/build/DrawIcons.java icons`.
public final class DrawIcons {
  private static final double[][] WINGS = {
    {12, 2, 23, 21, 19.2, 21, 12, 8.6, 4.8, 21, 1, 21},
    {12, 12, 17.2, 21, 13.8, 21, 12, 17.9, 10.2, 21, 6.8, 21}
  };
  private static final double BOX = 24;

  private DrawIcons() {}

  public static void main(String[] args) throws IOException {
    for (int size : new int[] {16, 32, 48, 64, 128, 256, 512}) {
      var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
      var pen = image.createGraphics();
      pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      pen.transform(AffineTransform.getScaleInstance(size / BOX, size / BOX));
      pen.setColor(new Color(0x09, 0x69, 0xDA));
      for (var wing : WINGS) {
        var path = new Path2D.Double();
        path.moveTo(wing[0], wing[1]);
        for (int i = 2; i < wing.length; i += 2) {
          path.lineTo(wing[i], wing[i + 1]);
        }
        path.closePath();
        pen.fill(path);
      }
      pen.dispose();
      ImageIO.write(image, "png", Path.of(args[0], "aerie-" + size + ".png").toFile());
    }
  }
}
