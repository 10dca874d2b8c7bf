package dev.aerie.service.explore;

import dev.aerie.layout.Points;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// A map as plain figures, for who draws it.
public final class MapSheet {
  private final RowMap map;
  private final float[] x;
  private final float[] y;

  /// Words at a place of the map.
  ///
  /// @param rows of the cluster they name
  public record Label(String text, double x, double y, int rows) {}

  MapSheet(RowMap map) {
    this.map = map;
    Points places = map.places();
    this.x = new float[places.count()];
    this.y = new float[places.count()];
    for (int row = 0; row < x.length; row++) {
      x[row] = places.get(row, 0);
      y[row] = places.get(row, 1);
    }
  }

  RowMap map() {
    return map;
  }

  public int size() {
    return x.length;
  }

  /// Across, row for row; read only.
  public float[] x() {
    return x;
  }

  /// Upwards, row for row; read only.
  public float[] y() {
    return y;
  }

  /// Longs or Strings, row for row.
  public List<Object> keys() {
    return map.sample().keys();
  }

  /// Of each row, 0 the largest, -1 in thin places.
  public List<Integer> clusters() {
    return map.clusters().cluster();
  }

  /// The named clusters, the largest first.
  public List<Label> labels() {
    var labels = new ArrayList<Label>();
    for (var cluster : map.clusters().clusters()) {
      if (cluster.number() < map.labels().size() && !map.labels().get(cluster.number()).isEmpty()) {
        labels.add(
            new Label(
                String.join(", ", map.labels().get(cluster.number())),
                cluster.x(),
                cluster.y(),
                cluster.rows()));
      }
    }
    return labels;
  }

  public Projection projection() {
    return map.projection();
  }

  /// "50,000 random of 1,240,000 · UMAP · seed 42"
  public String state() {
    return map.state();
  }

  /// Share of the true neighbours kept on the map; empty where there are too few rows to judge.
  public OptionalDouble trustworthiness() {
    return map.quality().isPresent()
        ? OptionalDouble.of(map.quality().get().trustworthiness())
        : OptionalDouble.empty();
  }
}
