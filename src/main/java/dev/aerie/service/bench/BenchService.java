package dev.aerie.service.bench;

import dev.aerie.engine.Capabilities;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Engine;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.Progress;
import dev.aerie.layout.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Benchmarks: data into a scratch collection, each index built there in turn, its search
/// parameters swept.
public final class BenchService {
  private final Engine engine;
  private final Workers workers;

  /// @param workers for truth, and for as many asking threads as a plan wants
  public BenchService(Engine engine, Workers workers) {
    this.engine = engine;
    this.workers = workers;
  }

  /// What to measure.
  ///
  /// @param indexes empty for every vector index type the engine has, with its own defaults
  /// @param k neighbours a query
  /// @param threads asking at the same time
  public record Plan(BenchData data, List<IndexChoice> indexes, int k, int threads) {
    public Plan {
      indexes = List.copyOf(indexes);
      if (k < 1 || k > data.truth().k()) {
        throw new IllegalArgumentException(
            "k must be in [1, %d], the neighbours the truth knows; got %d"
                .formatted(data.truth().k(), k));
      }
      if (threads < 1) {
        throw new IllegalArgumentException("threads must be at least 1; got " + threads);
      }
    }
  }

  /// Runs a plan. Whatever happens, the scratch collection is dropped at the end.
  ///
  /// @param listener hears each index when it has been measured
  public BenchReport run(Plan plan, Consumer<BenchReport.Entry> listener, Progress progress) {
    var data = plan.data();
    var entries = new ArrayList<BenchReport.Entry>();
    try (var scratch =
        new ScratchCollection(engine, "aerie_bench", data.metric(), data.base().dim())) {
      scratch.fill(data.base(), progress);
      for (var index : plan.indexes().isEmpty() ? all(engine.capabilities()) : plan.indexes()) {
        var built = scratch.build(index, progress);
        var run =
            new SearchRun(scratch.target(), SearchRun.embeddings(data), data.truth(), workers);
        progress.phase("Searching " + index);
        var grid = SearchGrid.of(index, data.base().count(), plan.k());
        var entry = new BenchReport.Entry(built, sweep(run, plan, grid, progress));
        entries.add(entry);
        listener.accept(entry);
      }
    }
    return new BenchReport(
        data.name(),
        data.metric().name(),
        data.base().count(),
        data.base().dim(),
        plan.k(),
        plan.threads(),
        entries);
  }

  /// Every vector index type with the engine's own defaults; the automatic one only where there is
  /// no other.
  private static List<IndexChoice> all(Capabilities capabilities) {
    var types = capabilities.indexTypes(DataType.FLOAT_VECTOR);
    var named = types.stream().filter(type -> !type.equals(IndexType.AUTOINDEX)).toList();
    return (named.isEmpty() ? types : named)
        .stream().map(type -> new IndexChoice(type, Map.of())).toList();
  }

  /// Stops where nothing can be gained: everything found already.
  private static List<Measurement> sweep(
      SearchRun run, Plan plan, List<Map<String, String>> grid, Progress progress) {
    var runs = new ArrayList<Measurement>();
    for (var params : grid) {
      var measured = run.measure(plan.k(), params, plan.threads(), Progress.NONE);
      runs.add(measured);
      progress.update(runs.size(), grid.size());
      if (measured.recall().mean() >= 0.9999) {
        break;
      }
    }
    return runs;
  }
}
