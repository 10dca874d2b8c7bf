package dev.aerie.ui.health;

import static dev.aerie.ui.fx.ChartCanvas.STRONG;

import dev.aerie.ui.fx.ChartCanvas;
import dev.aerie.ui.fx.Figures;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Palette;
import dev.aerie.ui.health.Rectangles.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.paint.ImagePattern;
import javafx.scene.text.TextAlignment;

/// Draws collections and their segments as a treemap: area is rows, colour and hatch are the state.
/// Rectangles are kept between paints of the same size, for the pointer.
final class SegmentMap implements ChartCanvas.Painter {
  private static final double HEAD = 22;
  private static final double GAP = 4;

  private final Messages messages;
  private List<CollectionState> states = List.of();
  private List<Placed> placed = List.of();

  /// How the rows of a part stand.
  enum State {
    INDEXED,
    BARE,
    GROWING
  }

  private record Piece(long rows, State state, String name) {}

  private record Placed(Box box, CollectionState collection, Piece piece) {}

  SegmentMap(Messages messages) {
    this.messages = messages;
  }

  /// What to draw from now on.
  void show(List<CollectionState> now) {
    states = now.stream().filter(state -> state.rows() > 0).toList();
  }

  /// What lies under a point, in words.
  Optional<String> at(double x, double y) {
    return placed.stream()
        .filter(part -> part.box.contains(x, y))
        .findFirst()
        .map(
            part ->
                messages.get(
                    "segment.tip",
                    part.collection.name(),
                    part.piece.name,
                    Figures.count(part.piece.rows),
                    messages.get("state." + part.piece.state)));
  }

  /// The collection under a point.
  Optional<CollectionState> collectionAt(double x, double y) {
    return placed.stream()
        .filter(part -> part.box.contains(x, y))
        .findFirst()
        .map(Placed::collection);
  }

  @Override
  public void paint(GraphicsContext pen, double width, double height, Palette palette) {
    var all = new ArrayList<Placed>();
    var weights = states.stream().map(state -> (double) state.rows()).toList();
    var boxes = Rectangles.divide(weights, new Box(0, 0, width, height));
    for (int i = 0; i < states.size(); i++) {
      paint(pen, states.get(i), gap(boxes.get(i), GAP), all, palette);
    }
    placed = all;
  }

  private void paint(
      GraphicsContext pen, CollectionState state, Box box, List<Placed> all, Palette palette) {
    if (box.width() < 3 || box.height() < 3) {
      return;
    }
    pen.setFill(palette.line());
    pen.fillRoundRect(box.x(), box.y(), box.width(), box.height(), 6, 6);
    pen.setFill(palette.background().interpolate(palette.line(), 0.5));
    pen.fillRoundRect(box.x() + 1, box.y() + 1, box.width() - 2, box.height() - 2, 5, 5);
    boolean headed = box.width() >= 60 && box.height() >= HEAD + 20;
    if (headed) {
      head(pen, state, box, palette);
    }
    var inner = box.inset(headed ? HEAD : 3, 3);
    var pieces = pieces(state);
    var parts =
        Rectangles.divide(pieces.stream().map(piece -> (double) piece.rows).toList(), inner);
    for (int i = 0; i < parts.size(); i++) {
      var part = gap(parts.get(i), 2);
      var piece = pieces.get(i);
      if (part.width() >= 1 && part.height() >= 1) {
        pen.setFill(colour(piece.state, palette));
        pen.fillRect(part.x(), part.y(), part.width(), part.height());
        if (piece.state == State.BARE) {
          pen.setFill(hatch(palette));
          pen.fillRect(part.x(), part.y(), part.width(), part.height());
        }
      }
      all.add(new Placed(parts.get(i), state, piece));
    }
  }

  private void head(GraphicsContext pen, CollectionState state, Box box, Palette palette) {
    var rows = messages.get("segment.rows", Figures.compact(state.rows()));
    double rowsWidth = ChartCanvas.width(rows, ChartCanvas.LABEL);
    double nameWidth = ChartCanvas.width(state.name(), STRONG);
    double y = box.y() + HEAD / 2;
    pen.setTextBaseline(VPos.CENTER);
    if (nameWidth <= box.width() - 16) {
      pen.setTextAlign(TextAlignment.LEFT);
      pen.setFont(STRONG);
      pen.setFill(palette.text());
      pen.fillText(state.name(), box.x() + 8, y);
    }
    if (nameWidth + rowsWidth <= box.width() - 32) {
      pen.setTextAlign(TextAlignment.RIGHT);
      pen.setFont(ChartCanvas.LABEL);
      pen.setFill(palette.muted());
      pen.fillText(rows, box.x() + box.width() - 8, y);
    }
  }

  /// The segments; where the engine tells none, the rows by what is known of them.
  private List<Piece> pieces(CollectionState state) {
    var pieces = new ArrayList<Piece>();
    for (var segment : state.segments()) {
      if (segment.rows() > 0) {
        boolean growing = segment.state().equalsIgnoreCase("growing");
        pieces.add(
            new Piece(
                segment.rows(),
                growing ? State.GROWING : Findings.isBare(segment) ? State.BARE : State.INDEXED,
                messages.get("segment.name", segment.id())));
      }
    }
    if (pieces.isEmpty()) {
      long growing = Math.min(state.figures().growingRows(), state.rowsWithoutIndex());
      add(pieces, state.indexedRows(), State.INDEXED);
      add(pieces, state.rowsWithoutIndex() - growing, State.BARE);
      add(pieces, growing, State.GROWING);
    }
    pieces.sort(Comparator.comparingLong(Piece::rows).reversed());
    return pieces;
  }

  private void add(List<Piece> pieces, long rows, State state) {
    if (rows > 0) {
      pieces.add(new Piece(rows, state, messages.get("segment.all")));
    }
  }

  /// The colour of a state; the legend uses it too.
  static Color colour(State state, Palette palette) {
    return switch (state) {
      case INDEXED -> palette.accent().interpolate(palette.background(), 0.3);
      case BARE -> palette.warning();
      case GROWING -> palette.category(4);
    };
  }

  private static Box gap(Box box, double gap) {
    double x = Math.round(box.x());
    double y = Math.round(box.y());
    double right = Math.round(box.x() + box.width());
    double bottom = Math.round(box.y() + box.height());
    return new Box(x, y, Math.max(0, right - x - gap / 2), Math.max(0, bottom - y - gap / 2));
  }

  private static ImagePattern hatch(Palette palette) {
    var image = new WritableImage(8, 8);
    var dark = palette.isDark() ? Color.web("#0D1117", 0.45) : Color.web("#FFFFFF", 0.55);
    for (int x = 0; x < 8; x++) {
      for (int y = 0; y < 8; y++) {
        if ((x + y) % 8 < 2) {
          image.getPixelWriter().setColor(x, y, dark);
        }
      }
    }
    return new ImagePattern(image, 0, 0, 8, 8, false);
  }
}
