package dev.aerie.ui.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// The rows of a map by the value of one field: the ten commonest values, and all others together.
///
/// @param of the group of each row
/// @param groups the commonest first, the others last
record Groups(byte[] of, List<Group> groups) {
  /// Values with a colour of their own.
  static final int MOST = 10;

  /// @param other whether it holds many values together
  record Group(String name, int rows, boolean other) {}

  Groups {
    groups = List.copyOf(groups);
  }

  /// All rows in one group.
  static Groups none(int rows, String name) {
    return new Groups(new byte[rows], List.of(new Group(name, rows, false)));
  }

  /// @param values row for row
  /// @param missing the name of rows without a value
  /// @param others makes the name of the last group from the number of its values
  static Groups of(
      List<Optional<Object>> values,
      String missing,
      IntFunction<String> others) {
    var counts = new HashMap<String, Integer>();
    var names = new ArrayList<String>(values.size());
    for (var value : values) {
      var name = value.map(String::valueOf).orElse(missing);
      names.add(name);
      counts.merge(name, 1, Integer::sum);
    }
    var byCount =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
            .toList();
    var numbers = new HashMap<String, Byte>();
    var groups = new ArrayList<Group>();
    int rest = 0;
    for (var entry : byCount) {
      if (groups.size() < MOST) {
        numbers.put(entry.getKey(), (byte) groups.size());
        groups.add(new Group(entry.getKey(), entry.getValue(), false));
      } else {
        rest += entry.getValue();
      }
    }
    if (rest > 0) {
      groups.add(new Group(others.apply(byCount.size() - MOST), rest, true));
    }
    var of = new byte[values.size()];
    for (int row = 0; row < of.length; row++) {
      of[row] = numbers.getOrDefault(names.get(row), (byte) MOST);
    }
    return new Groups(of, groups);
  }
}
