package dev.aerie.service.tune;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the lab advises.
///
/// @param met whether the goal is met; if not, `best` is what comes closest
/// @param best the cheapest setting that meets the goal
/// @param cheaper the next smaller or faster one, which misses the goal
/// @param better the cheapest one with clearly more recall
/// @param reason in a sentence or two
public record Recommendation(
    boolean met, Trial best, Optional<Trial> cheaper, Optional<Trial> better, String reason) {
  private static final double CLEARLY = 0.005;

  /// Chooses among trials on the same rows; empty without trials.
  public static Optional<Recommendation> of(Goal goal, List<Trial> trials) {
    var fastest = Comparator.comparingDouble((Trial trial) -> trial.run().cpuQps());
    var meeting = trials.stream().filter(goal::isMetBy).max(fastest);
    if (meeting.isEmpty()) {
      return closest(goal, trials);
    }
    var best = meeting.get();
    double recall = best.run().recall().mean();
    var cheaper =
        trials.stream()
            .filter(trial -> !goal.isMetBy(trial) && goal.fitsMemory(trial))
            .filter(trial -> trial.run().cpuQps() > best.run().cpuQps())
            .max(Comparator.comparingDouble(trial -> trial.run().recall().mean()));
    var better =
        trials.stream()
            .filter(goal::isMetBy)
            .filter(trial -> trial.run().recall().mean() >= recall + CLEARLY)
            .max(fastest);
    return Optional.of(new Recommendation(true, best, cheaper, better, reason(goal, best, trials)));
  }

  private static Optional<Recommendation> closest(Goal goal, List<Trial> trials) {
    return trials.stream()
        .min(Comparator.comparingDouble(trial -> miss(goal, trial)))
        .map(
            trial ->
                new Recommendation(
                    false,
                    trial,
                    Optional.empty(),
                    Optional.empty(),
                    "No setting that was tried meets %s on this machine; the closest is %s with %s."
                        .formatted(goal, trial.name(), figures(trial))));
  }

  /// How far a trial is from the goal, each part as a share of what was wanted.
  private static double miss(Goal goal, Trial trial) {
    double miss = Math.max(0, goal.recall() - trial.run().recall().mean()) / goal.recall();
    if (goal.p95Millis().isPresent()) {
      double p95 = goal.p95Millis().getAsDouble();
      miss += Math.max(0, trial.run().latency().p95() - p95) / p95;
    }
    if (goal.memoryBytes().isPresent() && trial.bytes().isPresent()) {
      double limit = goal.memoryBytes().getAsLong();
      miss += Math.max(0, trial.bytes().getAsLong() - limit) / limit;
    }
    return miss;
  }

  private static String reason(Goal goal, Trial best, List<Trial> trials) {
    var other =
        trials.stream()
            .filter(goal::isMetBy)
            .filter(trial -> !trial.build().index().type().equals(best.build().index().type()))
            .max(Comparator.comparingDouble(trial -> trial.run().cpuQps()));
    var text =
        "%s meets %s: %s, built in %s."
            .formatted(best.name(), goal, figures(best), seconds(best.build().seconds()));
    return other
        .map(
            trial ->
                text
                    + String.format(
                        Locale.ROOT,
                        " It answers %.1f times the queries of the best %s.",
                        best.run().cpuQps() / trial.run().cpuQps(),
                        trial.build().index().type()))
        .orElse(text);
  }

  private static String figures(Trial trial) {
    var run = trial.run();
    var text =
        String.format(
            Locale.ROOT,
            "recall %.3f ± %.3f, p95 %.2f ms",
            run.recall().mean(),
            run.recall().margin(),
            run.latency().p95());
    return trial.bytes().isEmpty()
        ? text
        : text + String.format(Locale.ROOT, ", %,.0f MB", trial.bytes().getAsLong() / 1e6);
  }

  private static String seconds(double seconds) {
    return seconds < 120
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%.1f min", seconds / 60);
  }

  /// Throughput a CPU second of the best setting of an index at the goal's recall.
  static OptionalDouble qpsAt(double recall, List<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.run().recall().mean() >= recall)
        .mapToDouble(trial -> trial.run().cpuQps())
        .max();
  }
}
