package dev.aerie.service.anatomy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.ObserveRequest.SegmentAnatomy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class IndexFiguresTest {
  @Test
  void countsDegreesOfAGraph() {
    var figures =
        assertInstanceOf(
            IndexFigures.Graph.class,
            IndexFigures.of(
                new SegmentAnatomy.Graph(
                    "s",
                    10,
                    1,
                    20,
                    List.of(10, 2),
                    List.of(1, 4, 5),
                    3,
                    Optional.of("7"),
                    List.of())));
    assertEquals(1.4, figures.meanDegree());
    assertEquals(1, figures.isolated());
    assertEquals(0.5, figures.fullShare());
    assertEquals(3, figures.unreachable());
  }

  @Test
  void weighsTheErrorOfListsByTheirRows() {
    var figures = lists(List.of(30, 10), List.of(1.0, 5.0));
    assertEquals(2.0, figures.meanError().getAsDouble());
    assertEquals(1, figures.worstList());
    assertEquals(20, figures.meanSize());
    assertEquals(1.25, figures.imbalance());
  }

  @Test
  void callsEqualListsBalanced() {
    var figures = lists(List.of(5, 5, 5), List.of());
    assertEquals(1, figures.imbalance(), 1e-12);
    assertTrue(figures.meanError().isEmpty());
    assertEquals(3, figures.histogram().stream().mapToInt(n -> n).sum());
  }

  @Test
  void survivesAnIndexWithoutRows() {
    assertEquals(1, lists(List.of(0, 0), List.of()).imbalance());
  }

  private static IndexFigures.Lists lists(List<Integer> sizes, List<Double> errors) {
    return assertInstanceOf(
        IndexFigures.Lists.class,
        IndexFigures.of(
            new SegmentAnatomy.Lists(
                "s",
                sizes.stream().mapToInt(size -> size).sum(),
                "PQ",
                sizes,
                new FloatVectorColumn("c", 1, new float[sizes.size()]),
                errors)));
  }
}
