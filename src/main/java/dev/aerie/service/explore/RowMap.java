package dev.aerie.service.explore;

import dev.aerie.layout.DensityClusters;
import dev.aerie.layout.MapQuality;
import dev.aerie.layout.Points;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A map of a sample.
///
/// @param places `rows × 2`, row for row with the sample's keys
/// @param clusters of the places
/// @param labels a cluster's words, cluster by cluster; empty lists where no text was given
/// @param quality empty where there are too few rows to judge
public record RowMap(
    Sample sample,
    Projection projection,
    long seed,
    Points places,
    DensityClusters clusters,
    List<List<String>> labels,
    Optional<MapQuality> quality) {
  public RowMap {
    labels = List.copyOf(labels);
  }

  /// What is to be seen, always stated: "50,000 random of 1,240,000 · UMAP · seed 42".
  public String state() {
    var rows =
        sample.size() == sample.total()
            ? String.format(Locale.ROOT, "all %,d rows", sample.size())
            : String.format(Locale.ROOT, "%,d random of %,d", sample.size(), sample.total());
    return "%s · %s · seed %d".formatted(rows, projection, seed);
  }
}
