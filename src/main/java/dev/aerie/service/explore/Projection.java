package dev.aerie.service.explore;

/// How vectors become two coordinates.
public enum Projection {
  /// At once; shows the broad shape only.
  PCA("PCA"),
  /// Keeps neighbours together.
  UMAP("UMAP"),
  /// Keeps neighbours together, up to 20,000 rows.
  T_SNE("t-SNE");

  private final String shown;

  Projection(String shown) {
    this.shown = shown;
  }

  @Override
  public String toString() {
    return shown;
  }
}
