package dev.aerie.service.tune;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a search has to reach.
///
/// @param k neighbours a search asks for
/// @param recall mean recall at `k`, in (0, 1]
/// @param p95Millis the 95th percentile of latency, one query at a time
/// @param memoryBytes rows and index together
public record Goal(int k, double recall, OptionalDouble p95Millis, OptionalLong memoryBytes) {
  public Goal {
    if (k < 1 || k > 1000) {
      throw new IllegalArgumentException("k must be in [1, 1000]; got " + k);
    }
    if (!(recall > 0 && recall <= 1)) {
      throw new IllegalArgumentException("the wanted recall must be in (0, 1]; got " + recall);
    }
    if (p95Millis.isPresent() && !(p95Millis.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "the wanted p95 must be above 0 ms; got " + p95Millis.getAsDouble());
    }
    if (memoryBytes.isPresent() && memoryBytes.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "the memory limit must be at least 1 byte; got " + memoryBytes.getAsLong());
    }
  }

  public static Goal recall(int k, double recall) {
    return new Goal(k, recall, OptionalDouble.empty(), OptionalLong.empty());
  }

  /// Whether a trial meets every part.
  public boolean isMetBy(Trial trial) {
    return trial.run().recall().mean() >= recall
        && (p95Millis.isEmpty() || trial.run().latency().p95() <= p95Millis.getAsDouble())
        && fitsMemory(trial);
  }

  boolean fitsMemory(Trial trial) {
    return memoryBytes.isEmpty()
        || trial.bytes().isEmpty()
        || trial.bytes().getAsLong() <= memoryBytes.getAsLong();
  }

  /// The goal as a person writes it: "recall@10 ≥ 0.95, p95 ≤ 15 ms".
  @Override
  public String toString() {
    var text = new StringBuilder("recall@%d ≥ %s".formatted(k, recall));
    p95Millis.ifPresent(p95 -> text.append(String.format(Locale.ROOT, ", p95 ≤ %s ms", p95)));
    memoryBytes.ifPresent(
        bytes -> text.append(String.format(Locale.ROOT, ", memory ≤ %.2f GB", bytes / 1e9)));
    return text.toString();
  }
}
