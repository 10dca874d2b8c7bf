package dev.aerie.ui.explore;

import dev.aerie.service.explore.MapSheet;
import dev.aerie.ui.explore.ExploreViewModel.Marking;
import dev.aerie.ui.fx.ChartCanvas;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Jobs;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Palette;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/// A map that is moved, zoomed and marked. Points come from [MapRaster] on a worker; what changes
/// with the pointer is drawn above them. Belongs to the FX thread.
final class MapView extends Region {
  private static final Font NAME = Font.font("System", FontWeight.BOLD, 13);
  private static final double REACH = 9;
  private static final int MOST_LABELS = 12;

  private final Jobs jobs;
  private final Palette palette;
  private final Messages messages;
  private final ImageView image = new ImageView();
  private final ChartCanvas above;
  private Optional<MapSheet> sheet = Optional.empty();
  private PointGrid grid = new PointGrid(new float[0], new float[0]);
  private Groups groups = Groups.none(0, "");
  private BitSet hidden = new BitSet();
  private BitSet marked = new BitSet();
  private int pinned = -1;
  private int hovered = -1;
  private boolean lassoing;
  private boolean labelled = true;
  private @Nullable Sight sight;
  private double fitScale = 1;
  private boolean drawing;
  private boolean again;
  private double lastX;
  private double lastY;
  private boolean moved;
  private final List<double[]> lasso = new ArrayList<>();
  private final List<Bounds> taken = new ArrayList<>();
  private BiConsumer<BitSet, Marking> onMark = (rows, how) -> {};
  private IntConsumer onPin = row -> {};
  private IntConsumer onHover = row -> {};
  private Runnable onClear = () -> {};

  MapView(Jobs jobs, Palette palette, Messages messages) {
    this.jobs = jobs;
    this.palette = palette;
    this.messages = messages;
    this.above = new ChartCanvas(palette, this::paint);
    getStyleClass().add("map-view");
    setFocusTraversable(true);
    setAccessibleText(messages.get("map.accessible"));
    image.setManaged(false);
    above.setManaged(false);
    above.setMouseTransparent(true);
    getChildren().setAll(image, above);
    palette.darkProperty().subscribe(unused -> redraw());
    setOnScroll(
        event -> {
          if (sight != null && event.getDeltaY() != 0) {
            look(sight.zoom(Math.pow(1.0025, event.getDeltaY()), event.getX(), event.getY()));
            event.consume();
          }
        });
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
    addEventHandler(MouseEvent.MOUSE_MOVED, event -> hover(event.getX(), event.getY()));
    addEventHandler(MouseEvent.MOUSE_EXITED, event -> hover(-1_000, -1_000));
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  void onMark(BiConsumer<BitSet, Marking> listener) {
    onMark = listener;
  }

  void onPin(IntConsumer listener) {
    onPin = listener;
  }

  /// Hears the row under the pointer, -1 for none.
  void onHover(IntConsumer listener) {
    onHover = listener;
  }

  void onClear(Runnable listener) {
    onClear = listener;
  }

  /// Shows whatever map there is from now on.
  void follow(ObservableValue<Optional<MapSheet>> maps) {
    maps.subscribe(drawn -> drawn.ifPresent(this::show));
  }

  /// Shows another map, all of it.
  private void show(MapSheet drawn) {
    sheet = Optional.of(drawn);
    grid = new PointGrid(drawn.x(), drawn.y());
    if (groups.of().length != drawn.size()) {
      groups = Groups.none(drawn.size(), "");
      hidden = new BitSet();
    }
    hovered = -1;
    fit();
  }

  void colour(Groups by, BitSet without) {
    if (sheet.isPresent() && by.of().length == sheet.get().size()) {
      groups = by;
      hidden = without;
      redraw();
    }
  }

  void mark(BitSet rows, int pin) {
    marked = rows;
    pinned = pin;
    redraw();
  }

  /// Whether a drag marks instead of moving.
  void setLassoing(boolean wanted) {
    lassoing = wanted;
    lasso.clear();
    above.repaint();
  }

  void setLabelled(boolean wanted) {
    labelled = wanted;
    above.repaint();
  }

  /// Places labels must keep clear of, in this view's pixels.
  void keepClear(List<Bounds> panels) {
    taken.clear();
    taken.addAll(panels);
    above.repaint();
  }

  void zoom(double factor) {
    if (sight != null) {
      look(sight.zoom(factor, getWidth() / 2, getHeight() / 2));
    }
  }

  /// Shows everything.
  void fit() {
    if (sheet.isPresent() && getWidth() > 1 && getHeight() > 1) {
      var all = Sight.of(sheet.get().x(), sheet.get().y(), getWidth(), getHeight());
      fitScale = all.scale();
      look(all);
    }
  }

  /// Where a row is in this view; empty without a map.
  Optional<double[]> placeOf(int row) {
    if (sheet.isEmpty() || sight == null || row < 0 || row >= sheet.get().size()) {
      return Optional.empty();
    }
    return Optional.of(
        new double[] {
          sight.screenX(sheet.get().x()[row]), sight.screenY(sheet.get().y()[row])
        });
  }

  @Override
  protected void layoutChildren() {
    above.resizeRelocate(0, 0, getWidth(), getHeight());
    if (sight == null) {
      fit();
    } else if (sight.width() != getWidth() || sight.height() != getHeight()) {
      look(sight.resize(getWidth(), getHeight()));
    }
  }

  private void look(Sight now) {
    sight = now;
    redraw();
  }

  /// Draws at the next chance: wishes that come while a picture is drawn become one.
  private void redraw() {
    above.repaint();
    if (sheet.isEmpty() || sight == null || sight.width() < 1 || sight.height() < 1) {
      return;
    }
    if (drawing) {
      again = true;
      return;
    }
    drawing = true;
    again = false;
    var scene = scene(sheet.get(), sight);
    jobs.start(progress -> MapRaster.draw(scene))
        .whenDone(pixels -> put(pixels, scene))
        .whenFailed(cause -> drawing = false);
  }

  private MapRaster.Scene scene(MapSheet drawn, Sight now) {
    var colours = new int[groups.groups().size()];
    var shown = new boolean[colours.length];
    for (int group = 0; group < colours.length; group++) {
      colours[group] = rgb(colour(group));
      shown[group] = !hidden.get(group);
    }
    var haze = new int[7];
    for (int stop = 0; stop < haze.length; stop++) {
      haze[stop] = rgb(palette.scale(stop / 6.0));
    }
    double density =
        getScene() == null || getScene().getWindow() == null
            ? 1
            : Math.max(1, getScene().getWindow().getOutputScaleX());
    return new MapRaster.Scene(
        drawn.x(),
        drawn.y(),
        groups.of(),
        colours,
        shown,
        (BitSet) marked.clone(),
        rgb(palette.background()),
        haze,
        now,
        fitScale,
        density);
  }

  /// The colour of a group on the map and in the legend.
  Color colour(int group) {
    return group < groups.groups().size() && groups.groups().get(group).other()
        ? palette.other()
        : palette.category(group);
  }

  private void put(int[] pixels, MapRaster.Scene scene) {
    int width = MapRaster.width(scene);
    int height = MapRaster.height(scene);
    var buffer =
        new PixelBuffer<>(
            width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
    image.setImage(new WritableImage(buffer));
    image.setFitWidth(width / scene.density());
    image.setFitHeight(height / scene.density());
    drawing = false;
    if (again) {
      redraw();
    }
  }

  private static int rgb(Color colour) {
    return (int) Math.round(255 * colour.getRed()) << 16
        | (int) Math.round(255 * colour.getGreen()) << 8
        | (int) Math.round(255 * colour.getBlue());
  }

  private void press(MouseEvent event) {
    requestFocus();
    lastX = event.getX();
    lastY = event.getY();
    moved = false;
    lasso.clear();
  }

  private void drag(MouseEvent event) {
    if (sight == null) {
      return;
    }
    moved |= Math.hypot(event.getX() - lastX, event.getY() - lastY) > 3;
    if (lassoing && event.getButton() == MouseButton.PRIMARY) {
      lasso.add(new double[] {event.getX(), event.getY()});
      above.repaint();
    } else if (moved) {
      look(sight.move(event.getX() - lastX, event.getY() - lastY));
      lastX = event.getX();
      lastY = event.getY();
    }
  }

  private void release(MouseEvent event) {
    if (!moved) {
      onPin.accept(at(event.getX(), event.getY()));
    } else if (lassoing && lasso.size() > 2 && sight != null) {
      var across = new double[lasso.size()];
      var up = new double[lasso.size()];
      for (int i = 0; i < across.length; i++) {
        across[i] = sight.mapX(lasso.get(i)[0]);
        up[i] = sight.mapY(lasso.get(i)[1]);
      }
      var how =
          event.isShiftDown()
              ? Marking.ADD
              : event.isAltDown() ? Marking.REMOVE : Marking.REPLACE;
      onMark.accept(grid.inside(across, up, this::isShown), how);
    }
    lasso.clear();
    above.repaint();
  }

  private void key(KeyEvent event) {
    if (sight == null) {
      return;
    }
    boolean used = true;
    switch (event.getCode()) {
      case PLUS, ADD, EQUALS -> zoom(1.5);
      case MINUS, SUBTRACT -> zoom(1 / 1.5);
      case DIGIT0, NUMPAD0 -> fit();
      case LEFT -> look(sight.move(60, 0));
      case RIGHT -> look(sight.move(-60, 0));
      case UP -> look(sight.move(0, 60));
      case DOWN -> look(sight.move(0, -60));
      case ESCAPE -> onClear.run();
      default -> used = false;
    }
    if (used || event.getCode() == KeyCode.ESCAPE) {
      event.consume();
    }
  }

  private void hover(double x, double y) {
    int now = at(x, y);
    if (now != hovered) {
      hovered = now;
      onHover.accept(now);
      above.repaint();
    }
  }

  private int at(double x, double y) {
    return sight == null || sheet.isEmpty()
        ? -1
        : grid.nearest(sight.mapX(x), sight.mapY(y), REACH / sight.scale(), this::isShown);
  }

  private boolean isShown(int row) {
    return !hidden.get(groups.of()[row]);
  }

  private void paint(GraphicsContext pen, double width, double height, Palette colours) {
    if (sight == null || sheet.isEmpty()) {
      return;
    }
    var blocked = new ArrayList<Rectangle2D>();
    taken.forEach(
        bounds ->
            blocked.add(
                new Rectangle2D(
                    bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight())));
    lasso(pen, colours);
    count(pen, colours, blocked);
    if (labelled) {
      labels(pen, width, height, colours, blocked);
    }
    for (int row : new int[] {hovered, pinned}) {
      placeOf(row)
          .ifPresent(
              place -> {
                pen.setFill(colours.text());
                pen.fillOval(place[0] - 6, place[1] - 6, 12, 12);
                pen.setFill(colour(groups.of()[row]));
                pen.fillOval(place[0] - 4, place[1] - 4, 8, 8);
              });
    }
  }

  private void lasso(GraphicsContext pen, Palette colours) {
    if (lasso.size() < 2) {
      return;
    }
    var xs = lasso.stream().mapToDouble(point -> point[0]).toArray();
    var ys = lasso.stream().mapToDouble(point -> point[1]).toArray();
    pen.setFill(colours.accent().deriveColor(0, 1, 1, 0.1));
    pen.fillPolygon(xs, ys, xs.length);
    pen.setStroke(colours.accent());
    pen.setLineWidth(1.5);
    pen.setLineDashes(5, 4);
    pen.strokePolygon(xs, ys, xs.length);
    pen.setLineDashes();
  }

  /// How many are marked, above the topmost of them.
  private void count(GraphicsContext pen, Palette colours, List<Rectangle2D> blocked) {
    if (marked.isEmpty() || sheet.isEmpty() || sight == null) {
      return;
    }
    double top = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (int row = marked.nextSetBit(0); row >= 0; row = marked.nextSetBit(row + 1)) {
      top = Math.min(top, sight.screenY(sheet.get().y()[row]));
      sum += sight.screenX(sheet.get().x()[row]);
    }
    var text = messages.get("marked", Figures.count(marked.cardinality()));
    double x = sum / marked.cardinality();
    pen.setFont(NAME);
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.BOTTOM);
    ChartCanvas.haloText(pen, text, x, top - 8, colours.category(0), colours);
    double wide = ChartCanvas.width(text, NAME);
    blocked.add(new Rectangle2D(x - wide / 2 - 4, Math.max(-100, top - 28), wide + 8, 24));
  }

  private void labels(
      GraphicsContext pen,
      double width,
      double height,
      Palette colours,
      List<Rectangle2D> blocked) {
    if (sheet.isEmpty() || sight == null) {
      return;
    }
    pen.setFont(NAME);
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.CENTER);
    int drawn = 0;
    for (var label : sheet.get().labels()) {
      double x = sight.screenX(label.x());
      double y = sight.screenY(label.y());
      double wide = ChartCanvas.width(label.text(), NAME) + 12;
      var box = new Rectangle2D(Math.max(-1e6, x - wide / 2), y - 12, wide, 24);
      boolean inside =
          box.getMinX() >= 0 && box.getMaxX() <= width && y >= 14 && y <= height - 14;
      if (inside && blocked.stream().noneMatch(box::intersects)) {
        ChartCanvas.haloText(pen, label.text(), x, y, colours.text(), colours);
        blocked.add(box);
        if (++drawn == MOST_LABELS) {
          return;
        }
      }
    }
  }
}
