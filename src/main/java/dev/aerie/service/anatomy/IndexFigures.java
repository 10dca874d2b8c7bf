package dev.aerie.service.anatomy;

import dev.aerie.engine.ObserveRequest.SegmentAnatomy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// What one segment's index looks like.
public sealed interface IndexFigures {
  String segment();

  long rows();

  /// Figures of what an engine told.
  static IndexFigures of(SegmentAnatomy anatomy) {
    return switch (anatomy) {
      case SegmentAnatomy.Flat(var segment, var rows, var reason) ->
          new Flat(segment, rows, reason);
      case SegmentAnatomy.Graph graph -> graph(graph);
      case SegmentAnatomy.Lists lists -> lists(lists);
    };
  }

  /// Compared one by one.
  record Flat(String segment, long rows, String reason) implements IndexFigures {}

  /// @param levels nodes by level, the base first
  /// @param meanDegree at the base level
  /// @param isolated nodes without neighbours
  /// @param fullShare nodes that have as many neighbours as the graph allows, as a share
  /// @param unreachable nodes no walk from the entry arrives at
  record Graph(
      String segment,
      long rows,
      int m,
      int efConstruction,
      List<Integer> levels,
      List<Integer> degrees,
      double meanDegree,
      int isolated,
      double fullShare,
      int unreachable)
      implements IndexFigures {
    public Graph {
      levels = List.copyOf(levels);
      degrees = List.copyOf(degrees);
    }
  }

  /// @param imbalance mean squared size over squared mean size: 1 where all lists are equal; a
  ///     scan reads so many times the rows it would with equal lists
  /// @param histogram lists by size: ten bins from 0 to the largest
  /// @param meanError squared quantisation error of a row; empty where rows are stored whole
  /// @param worstList by error
  record Lists(
      String segment,
      long rows,
      String codes,
      int nlist,
      int empty,
      int largest,
      double meanSize,
      double imbalance,
      List<Integer> histogram,
      OptionalDouble meanError,
      int worstList)
      implements IndexFigures {
    public Lists {
      histogram = List.copyOf(histogram);
    }
  }

  private static Graph graph(SegmentAnatomy.Graph graph) {
    long nodes = 0;
    long edges = 0;
    var degrees = graph.degrees();
    for (int degree = 0; degree < degrees.size(); degree++) {
      nodes += degrees.get(degree);
      edges += (long) degree * degrees.get(degree);
    }
    int most = 2 * graph.m();
    long full = 0;
    for (int degree = Math.max(0, most); degree < degrees.size(); degree++) {
      full += degrees.get(degree);
    }
    return new Graph(
        graph.segment(),
        graph.rows(),
        graph.m(),
        graph.efConstruction(),
        graph.levelSizes(),
        degrees,
        nodes == 0 ? 0 : (double) edges / nodes,
        degrees.isEmpty() ? 0 : degrees.getFirst(),
        nodes == 0 ? 0 : (double) full / nodes,
        graph.unreachable());
  }

  private static Lists lists(SegmentAnatomy.Lists lists) {
    var sizes = lists.sizes();
    double sum = 0;
    double squares = 0;
    int largest = 0;
    int empty = 0;
    for (int size : sizes) {
      sum += size;
      squares += (double) size * size;
      largest = Math.max(largest, size);
      empty += size == 0 ? 1 : 0;
    }
    double mean = sizes.isEmpty() ? 0 : sum / sizes.size();
    double error = 0;
    int worst = -1;
    for (int i = 0; i < lists.errors().size(); i++) {
      error += lists.errors().get(i) * sizes.get(i);
      if (worst < 0 || lists.errors().get(i) > lists.errors().get(worst)) {
        worst = i;
      }
    }
    return new Lists(
        lists.segment(),
        lists.rows(),
        lists.codes(),
        sizes.size(),
        empty,
        largest,
        mean,
        mean == 0 ? 1 : squares / sizes.size() / (mean * mean),
        histogram(sizes, largest),
        lists.errors().isEmpty() || sum == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(error / sum),
        worst);
  }

  private static List<Integer> histogram(List<Integer> sizes, int largest) {
    var bins = new Integer[10];
    Arrays.fill(bins, 0);
    for (int size : sizes) {
      bins[Math.min(9, (int) (10L * size / Math.max(1, largest + 1)))]++;
    }
    return new ArrayList<>(List.of(bins));
  }
}
