package dev.aerie.service.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.Metric;
import dev.aerie.engine.ObserveRequest.SegmentAnatomy;
import dev.aerie.engine.Progress;
import dev.aerie.layout.Points;
import dev.aerie.layout.RowNeighbours;
import dev.aerie.layout.Workers;
import dev.aerie.service.anatomy.IndexFigures;
import dev.aerie.service.bench.BuildResult;
import dev.aerie.service.bench.IndexChoice;
import dev.aerie.service.bench.Latency;
import dev.aerie.service.bench.Measurement;
import dev.aerie.service.bench.Recall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecallDoctorTest {
  @Test
  void findsNothingInSoundRows() {
    var rows = new float[40 * 2];
    for (int i = 0; i < 40; i++) {
      rows[2 * i] = (float) Math.cos(i);
      rows[2 * i + 1] = (float) Math.sin(i);
    }
    assertEquals(List.of(), checks(Points.of(rows, 2), Metric.IP));
  }

  @Test
  void findsZerosLengthsAndDuplicates() {
    var rows = new float[40 * 2];
    for (int i = 2; i < 40; i++) {
      rows[2 * i] = i / 2 * 3;
      rows[2 * i + 1] = 1;
    }
    assertEquals(
        List.of("zero-vectors", "unnormalised", "duplicates"),
        checks(Points.of(rows, 2), Metric.IP));
  }

  @Test
  void mindsLengthsOnlyUnderInnerProduct() {
    var rows = new float[40 * 2];
    for (int i = 0; i < 40; i++) {
      rows[2 * i] = i + 1;
      rows[2 * i + 1] = i * i;
    }
    assertEquals(List.of(), checks(Points.of(rows, 2), Metric.L2));
  }

  @Test
  void namesAMetricThatDoesNotFit() {
    assertEquals(
        "metric-mismatch", RecallDoctor.metric(Metric.L2, Metric.COSINE).getFirst().check());
    assertEquals(List.of(), RecallDoctor.metric(Metric.L2, Metric.L2));
  }

  @Test
  void findsUnbalancedListsAndIslands() {
    var lists = lists(List.of(1000, 1, 1, 1, 1, 1, 1, 1));
    var graph = graph(50);
    assertEquals(
        List.of("unbalanced-lists", "unreachable-nodes"),
        RecallDoctor.index(List.of(IndexFigures.of(lists), IndexFigures.of(graph))).stream()
            .map(RecallDoctor.Diagnosis::check)
            .toList());
    assertEquals(
        List.of(),
        RecallDoctor.index(
            List.of(IndexFigures.of(lists(List.of(10, 11, 9))), IndexFigures.of(graph(0)))));
  }

  @Test
  void findsParametersThatChangeNothing() {
    assertEquals(
        "parameter-without-effect",
        RecallDoctor.parameters(List.of(trial(0.8, 100), trial(0.8, 101), trial(0.8, 99)))
            .getFirst()
            .check());
    assertEquals(
        List.of(),
        RecallDoctor.parameters(List.of(trial(0.8, 100), trial(0.9, 70), trial(0.95, 40))));
  }

  private static List<String> checks(Points rows, Metric metric) {
    var neighbours =
        new RowNeighbours(Metric.L2, 3, 1000, 1).find(rows, Workers.CALLER, Progress.NONE);
    return RecallDoctor.rows(rows, metric, neighbours).stream()
        .map(RecallDoctor.Diagnosis::check)
        .toList();
  }

  private static SegmentAnatomy lists(List<Integer> sizes) {
    return new SegmentAnatomy.Lists(
        "s1",
        sizes.stream().mapToInt(size -> size).sum(),
        "SQ8",
        sizes,
        new FloatVectorColumn("c", 1, new float[sizes.size()]),
        List.of());
  }

  private static SegmentAnatomy graph(int unreachable) {
    return new SegmentAnatomy.Graph(
        "s2",
        1000,
        16,
        100,
        List.of(1000, 60),
        List.of(0, 500, 500),
        unreachable,
        Optional.of("1"),
        List.of());
  }

  private static Trial trial(double recall, double qps) {
    return new Trial(
        new BuildResult(IndexChoice.parse("HNSW"), 1, 1, 10),
        new Measurement(
            Map.of(),
            10,
            1,
            1,
            new Recall(recall, 0, recall, List.of(recall)),
            new Latency(1, 1, 1, 1, 1),
            qps,
            qps),
        1000,
        8,
        true);
  }
}
