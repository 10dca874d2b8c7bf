package dev.aerie.service.tune;

import dev.aerie.engine.Metric;
import dev.aerie.layout.Neighbours;
import dev.aerie.layout.Points;
import dev.aerie.service.anatomy.IndexFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Why recall is bad, from the rows, from the inside of the index, and from what a sweep measured.
/// Each check is a function of its own; a check that finds nothing answers nothing.
public final class RecallDoctor {
  static final double DUPLICATE_SHARE = 0.01;
  static final double ZERO_LENGTH = 1e-12;
  static final double UNIT_TOLERANCE = 0.01;
  static final double IMBALANCE = 3;
  static final double UNREACHABLE_SHARE = 0.001;
  static final double WITHOUT_EFFECT = 0.002;

  private RecallDoctor() {}

  /// @param check stable name, such as `duplicates`
  /// @param finding what is the matter
  /// @param evidence the figures behind it
  /// @param fix what helps
  public record Diagnosis(String check, String finding, String evidence, String fix) {}

  /// Everything that rows alone show: zeros, lengths, duplicates, an unfit metric.
  public static List<Diagnosis> rows(Points rows, Metric metric, Neighbours neighbours) {
    var found = new ArrayList<Diagnosis>();
    var lengths = lengths(rows);
    long zeros = Arrays.stream(lengths).filter(length -> length < ZERO_LENGTH).count();
    if (zeros > 0) {
      found.add(
          new Diagnosis(
              "zero-vectors",
              "Some vectors are all zeros",
              "%,d of %,d rows".formatted(zeros, rows.count()),
              "A zero vector has no direction: delete these rows or leave the field empty"));
    }
    long uneven =
        Arrays.stream(lengths)
            .filter(length -> length >= ZERO_LENGTH && Math.abs(length - 1) > UNIT_TOLERANCE)
            .count();
    if (metric == Metric.IP && uneven > 0) {
      Arrays.sort(lengths);
      found.add(
          new Diagnosis(
              "unnormalised",
              "Vectors differ in length under IP, so long ones are near to everything",
              String.format(
                  Locale.ROOT,
                  "%,d of %,d rows are not of length 1; lengths from %.3g to %.3g",
                  uneven,
                  rows.count(),
                  lengths[0],
                  lengths[lengths.length - 1]),
              "Use COSINE, or bring vectors to length 1 before they are stored, unless lengths are"
                  + " meant to count"));
    }
    duplicates(rows, neighbours).forEach(found::add);
    return found;
  }

  /// Whether the metric is the one the vectors were made for, told by how lengths spread.
  ///
  /// @param expected of the model that made them
  public static List<Diagnosis> metric(Metric index, Metric expected) {
    return index == expected
        ? List.of()
        : List.of(
            new Diagnosis(
                "metric-mismatch",
                "The index compares by another metric than the model was trained for",
                "index %s, model %s".formatted(index, expected),
                "Build the index with %s".formatted(expected)));
  }

  /// What the inside of the index shows.
  public static List<Diagnosis> index(List<IndexFigures> segments) {
    var found = new ArrayList<Diagnosis>();
    for (var segment : segments) {
      switch (segment) {
        case IndexFigures.Lists lists when lists.imbalance() > IMBALANCE ->
            found.add(
                new Diagnosis(
                    "unbalanced-lists",
                    "The lists of segment %s are of very different size".formatted(lists.segment()),
                    String.format(
                        Locale.ROOT,
                        "the largest has %,d rows, the mean %.0f; a scan reads %.1f times what"
                            + " equal lists would cost",
                        lists.largest(),
                        lists.meanSize(),
                        lists.imbalance()),
                    "More lists (nlist) part the large ones; duplicates are a frequent cause"));
        case IndexFigures.Graph graph when graph.unreachable() > UNREACHABLE_SHARE * graph.rows() ->
            found.add(
                new Diagnosis(
                    "unreachable-nodes",
                    "Part of the graph of segment %s cannot be reached".formatted(graph.segment()),
                    "%,d of %,d nodes".formatted(graph.unreachable(), graph.rows()),
                    "These rows are never found: build with larger M and efConstruction, and"
                        + " remove duplicates"));
        case IndexFigures.Lists balanced -> {}
        case IndexFigures.Graph connected -> {}
        case IndexFigures.Flat exact -> {}
      }
    }
    return found;
  }

  /// Search parameters that change nothing, from the trials of one built index.
  public static List<Diagnosis> parameters(List<Trial> trials) {
    if (trials.size() < 3) {
      return List.of();
    }
    var recalls =
        trials.stream().mapToDouble(trial -> trial.run().recall().mean()).summaryStatistics();
    var speeds = trials.stream().mapToDouble(trial -> trial.run().cpuQps()).summaryStatistics();
    boolean flat =
        recalls.getMax() - recalls.getMin() < WITHOUT_EFFECT
            && recalls.getMax() < 1
            && speeds.getMax() < 1.3 * speeds.getMin();
    if (!flat) {
      return List.of();
    }
    return List.of(
        new Diagnosis(
            "parameter-without-effect",
            "The search parameters change neither recall nor speed",
            String.format(
                Locale.ROOT,
                "%d settings, recall %.4f to %.4f",
                trials.size(),
                recalls.getMin(),
                recalls.getMax()),
            "The server may not use this index: look whether it is built and loaded, and whether"
                + " the parameter's name fits the index type"));
  }

  private static List<Diagnosis> duplicates(Points rows, Neighbours neighbours) {
    long twins = 0;
    for (int row = 0; row < neighbours.count(); row++) {
      if (neighbours.row(row, 0) >= 0 && isEqual(rows, row, (int) neighbours.row(row, 0))) {
        twins++;
      }
    }
    if (twins <= DUPLICATE_SHARE * rows.count()) {
      return List.of();
    }
    return List.of(
        new Diagnosis(
            "duplicates",
            "Many rows have the same vector as another",
            "%,d of %,d rows; the largest group has %,d"
                .formatted(twins, rows.count(), largestGroup(rows)),
            "Equal rows fill each other's neighbour lists and cut a graph into islands: keep one"
                + " of each, or raise M above the largest group"));
  }

  private static int largestGroup(Points rows) {
    var groups = new HashMap<Integer, Integer>();
    int largest = 1;
    for (int row = 0; row < rows.count(); row++) {
      largest = Math.max(largest, groups.merge(Arrays.hashCode(rows.row(row)), 1, Integer::sum));
    }
    return largest;
  }

  private static boolean isEqual(Points rows, int a, int b) {
    for (int i = 0; i < rows.dim(); i++) {
      if (rows.get(a, i) != rows.get(b, i)) {
        return false;
      }
    }
    return true;
  }

  private static double[] lengths(Points rows) {
    var lengths = new double[rows.count()];
    for (int row = 0; row < lengths.length; row++) {
      double square = 0;
      for (int i = 0; i < rows.dim(); i++) {
        square += (double) rows.get(row, i) * rows.get(row, i);
      }
      lengths[row] = Math.sqrt(square);
    }
    return lengths;
  }

  /// Groups trials by index for [#parameters].
  public static Map<String, List<Trial>> byIndex(List<Trial> trials) {
    var groups = new java.util.TreeMap<String, List<Trial>>();
    for (var trial : trials) {
      groups
          .computeIfAbsent(
              trial.build().index() + (trial.finalist() ? "" : " (sample)"), _ -> new ArrayList<>())
          .add(trial);
    }
    return groups;
  }
}
