package dev.aerie.ui.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class HitReaderTest {
  @Test
  void laysAMissedRowWhereItWouldHaveStood() {
    var found = List.of(hit(1, "a", 0.9f), hit(2, "c", 0.7f));
    var exact = List.of(hit(1, "a", 0.9f), hit(2, "b", 0.8f));

    var merged = HitReader.merge(found, exact, Metric.COSINE);

    assertEquals(List.of("a", "b", "c"), merged.stream().map(Hit::id).toList());
    assertTrue(merged.get(1).missed());
    assertEquals(OptionalInt.of(2), merged.get(1).exactRank());
    assertEquals(OptionalInt.empty(), merged.get(2).exactRank());
  }

  @Test
  void drawsTheBarOfADistanceShorterTheFartherTheRow() {
    var hits = HitReader.withBars(List.of(hit(1, "a", 1f), hit(2, "b", 4f)), Metric.L2);

    assertEquals(1, hits.get(0).share());
    assertEquals(0.25, hits.get(1).share());
  }

  private static Hit hit(int rank, String id, float value) {
    return new Hit(
        OptionalInt.of(rank),
        id,
        value,
        0,
        id,
        "",
        OptionalInt.empty(),
        Optional.empty(),
        Map.of());
  }
}
