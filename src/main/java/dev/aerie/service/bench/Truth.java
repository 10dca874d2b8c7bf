package dev.aerie.service.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The exact answers to a query set.
///
/// @param k neighbours known for each query
/// @param answers one a query, in order
public record Truth(int k, List<Answer> answers) {
  public Truth {
    answers = List.copyOf(answers);
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1; got " + k);
    }
  }

  /// The nearest rows of one query.
  ///
  /// @param keys Longs or Strings, nearest first; fewer than `k` where there are no more rows
  /// @param values the metric's own, key for key
  public record Answer(List<Object> keys, List<Double> values) {
    public Answer {
      keys = List.copyOf(keys);
      values = List.copyOf(values);
      if (keys.size() != values.size()) {
        throw new IllegalArgumentException(
            "%d keys and %d values".formatted(keys.size(), values.size()));
      }
    }
  }

  public int queries() {
    return answers.size();
  }

  /// The share of the exact `limit` nearest among the first `limit` keys of an answer; 1 where no
  /// row can be found at all.
  ///
  /// @throws IllegalArgumentException if `limit` is beyond what this truth knows
  public double recall(int query, List<?> found, int limit) {
    if (limit > k) {
      throw new IllegalArgumentException(
          "the truth knows %d neighbours a query; recall at %d needs more".formatted(k, limit));
    }
    var wanted = wanted(query, limit);
    if (wanted.isEmpty()) {
      return 1;
    }
    long right = found.stream().limit(limit).distinct().filter(wanted::contains).count();
    return (double) right / wanted.size();
  }

  /// The exact neighbours an answer lacks, nearest first.
  public List<Object> missed(int query, List<?> found, int limit) {
    var got = Set.copyOf(new HashSet<>(found));
    var keys = answers.get(query).keys();
    return keys.subList(0, Math.min(limit, keys.size())).stream()
        .filter(key -> !got.contains(key))
        .toList();
  }

  private Set<Object> wanted(int query, int limit) {
    var keys = answers.get(query).keys();
    return new HashSet<>(keys.subList(0, Math.min(limit, keys.size())));
  }
}
