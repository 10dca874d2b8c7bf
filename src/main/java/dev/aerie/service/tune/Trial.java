package dev.aerie.service.tune;

import dev.aerie.service.bench.BuildResult;
import dev.aerie.service.bench.IndexChoice;
import dev.aerie.service.bench.Measurement;
import java.util.OptionalLong;

/// One setting, measured.
///
/// @param rows of the collection it was measured on
/// @param dim of its vectors
/// @param finalist whether on all copied rows and not on the coarse sample
public record Trial(BuildResult build, Measurement run, long rows, int dim, boolean finalist) {
  /// Rows and index together; empty where the engine does not tell sizes.
  public OptionalLong bytes() {
    return Double.isNaN(build.bytesPerVector())
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(rows * (4.0 * dim + build.bytesPerVector())));
  }

  /// `HNSW M=16 efConstruction=100 · ef=96`.
  public String name() {
    var search = IndexChoice.text(run.params());
    var index = build.index().toString().replace(',', ' ');
    return search.isEmpty() ? index : index + " · " + search.replace(',', ' ');
  }
}
