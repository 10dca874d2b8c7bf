package dev.aerie.service.tune;

import dev.aerie.engine.Capabilities;
import dev.aerie.engine.DataType;
import dev.aerie.engine.IndexType;
import dev.aerie.service.bench.IndexChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The builds worth trying, and presets for those who do not want to think.
public final class Candidates {
  private Candidates() {}

  /// @param choice the index, with its search parameters under [#search]
  /// @param why in a sentence
  public record Preset(String name, IndexChoice choice, Map<String, String> search, String why) {
    public Preset {
      search = Map.copyOf(search);
    }
  }

  /// At most a dozen builds for the types an engine has.
  public static List<IndexChoice> of(Capabilities capabilities, long rows) {
    var choices = new ArrayList<IndexChoice>();
    for (var type : capabilities.indexTypes(DataType.FLOAT_VECTOR)) {
      switch (type.name()) {
        case "HNSW" -> {
          choices.add(graph(type, 16, 100));
          choices.add(graph(type, 32, 200));
        }
        case "HNSW_SQ" -> choices.add(graph(type, 16, 100));
        case "IVF_FLAT", "IVF_SQ8", "IVF_PQ", "IVF_RABITQ" -> {
          int nlist = lists(rows);
          choices.add(lists(type, nlist));
          if (!type.name().equals("IVF_FLAT")) {
            choices.add(lists(type, Math.max(1, nlist / 2)));
          }
        }
        case "FLAT" -> {
          if (rows <= 20_000) {
            choices.add(new IndexChoice(type, Map.of()));
          }
        }
        default -> {
          // AUTOINDEX is one of the above under another name; unknown types have unknown knobs.
        }
      }
    }
    return choices;
  }

  /// Speed, balanced, accuracy: one click each, to be measured afterwards.
  public static List<Preset> presets(Capabilities capabilities, long rows, int dim, int k) {
    var types = capabilities.indexTypes(DataType.FLOAT_VECTOR);
    if (rows < 10_000 && types.contains(IndexType.FLAT)) {
      return List.of(
          new Preset(
              "Accuracy",
              new IndexChoice(IndexType.FLAT, Map.of()),
              Map.of(),
              "%,d rows are compared one by one faster than an index pays for itself"
                  .formatted(rows)));
    }
    var presets = new ArrayList<Preset>();
    int nlist = lists(rows);
    if (types.contains(IndexType.IVF_RABITQ)) {
      presets.add(
          new Preset(
              "Speed",
              lists(IndexType.IVF_RABITQ, nlist),
              Map.of("nprobe", Integer.toString(Math.max(1, nlist / 32))),
              "one bit a dimension scans %,d rows in few bytes; the best are compared again whole"
                  .formatted(rows)));
    }
    if (types.contains(IndexType.IVF_SQ8)) {
      presets.add(
          new Preset(
              "Balanced",
              lists(IndexType.IVF_SQ8, nlist),
              Map.of("nprobe", Integer.toString(Math.max(1, nlist / 16))),
              "a byte a dimension: about %,d MB to scan, small loss"
                  .formatted(rows * dim / 1_000_000)));
    }
    if (types.contains(IndexType.HNSW)) {
      presets.add(
          new Preset(
              "Accuracy",
              graph(IndexType.HNSW, 32, 200),
              Map.of("ef", Integer.toString(Math.max(200, 8 * k))),
              "a dense graph walked widely; it takes longest to build"));
    }
    return presets;
  }

  private static int lists(long rows) {
    return (int) Math.max(1, Math.min(rows / 170.0, 4 * Math.sqrt((double) rows)));
  }

  private static IndexChoice graph(IndexType type, int m, int efConstruction) {
    return new IndexChoice(
        type, Map.of("M", Integer.toString(m), "efConstruction", Integer.toString(efConstruction)));
  }

  private static IndexChoice lists(IndexType type, int nlist) {
    return new IndexChoice(type, Map.of("nlist", Integer.toString(nlist)));
  }
}
