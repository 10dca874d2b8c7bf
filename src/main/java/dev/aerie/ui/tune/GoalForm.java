package dev.aerie.ui.tune;

import dev.aerie.service.tune.Goal;
import dev.aerie.ui.fx.Messages;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A goal as it is typed: figures with their units, empty for no limit.
record GoalForm(String k, String recall, String p95, String memory) {
  /// @throws IllegalArgumentException with the field and what would be right
  Goal toGoal(Messages messages) {
    int neighbours = (int) figure(k, "", messages.get("goal.k"), messages);
    double wanted = figure(recall, "", messages.get("goal.recall"), messages);
    var slowest =
        p95.isBlank()
            ? OptionalDouble.empty()
            : OptionalDouble.of(figure(p95, "ms", messages.get("goal.p95"), messages));
    var most =
        memory.isBlank()
            ? OptionalLong.empty()
            : OptionalLong.of(bytes(memory, messages.get("goal.memory"), messages));
    return new Goal(neighbours, wanted, slowest, most);
  }

  private static double figure(String text, String unit, String name, Messages messages) {
    var bare = text.strip().toLowerCase(Locale.ROOT);
    if (!unit.isEmpty() && bare.endsWith(unit)) {
      bare = bare.substring(0, bare.length() - unit.length()).strip();
    }
    try {
      return Double.parseDouble(bare);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(messages.get("goal.mistake", name, text), e);
    }
  }

  private static long bytes(String text, String name, Messages messages) {
    var bare = text.strip().toLowerCase(Locale.ROOT);
    double unit = bare.endsWith("gb") ? 1e9 : 1e6;
    if (bare.endsWith("gb") || bare.endsWith("mb")) {
      bare = bare.substring(0, bare.length() - 2);
    }
    return Math.round(unit * figure(bare, "", name, messages));
  }
}
