package dev.aerie.service.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.TextColumn;
import dev.aerie.layout.Points;
import dev.aerie.layout.Workers;
import dev.aerie.service.MemoryEngine;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExploreServiceTest {
  private static final int ROWS = 600;
  private static final int DIM = 6;
  private static final List<String> WORDS = List.of("ships", "birds", "music");
  private final MemoryEngine engine = new MemoryEngine();
  private final ExploreService service = new ExploreService(engine, Workers.CALLER);

  /// Three groups of rows; row 9 equals row 6, row 0 lies far out.
  @BeforeEach
  void fill() {
    engine.call(
        new CollectionRequest.Create(
            "default",
            CollectionSchema.of(
                "films",
                Field.scalar("id", DataType.INT64).asPrimaryKey(false),
                Field.varchar("about", 100),
                Field.vector("plot", DataType.FLOAT_VECTOR, DIM))));
    var random = new SplittableRandom(3);
    var ids = new long[ROWS];
    var texts = new String[ROWS];
    var values = new float[ROWS * DIM];
    for (int row = 0; row < ROWS; row++) {
      ids[row] = row;
      texts[row] = "about " + WORDS.get(row % 3);
      for (int i = 0; i < DIM; i++) {
        values[row * DIM + i] =
            (i == row % 3 ? 20 : 0) + (float) random.nextGaussian() + (row == 0 ? 60 : 0);
      }
    }
    System.arraycopy(values, 6 * DIM, values, 9 * DIM, DIM);
    engine.call(
        new RowRequest.Insert(
            "default",
            "films",
            ColumnBatch.of(
                new LongColumn("id", ids),
                new TextColumn("about", texts),
                new FloatVectorColumn("plot", DIM, values))));
  }

  private Sample sample(int most) {
    return service.sample(
        "default", "films", "plot", Metric.L2, Filter.ALL, most, 42, Progress.NONE);
  }

  @Test
  void drawsTheSameRowsForTheSameSeed() {
    var once = sample(100);
    assertEquals(100, once.size());
    assertEquals(100, new HashSet<>(once.keys()).size());
    assertEquals(ROWS, once.total());
    assertEquals(once.keys(), sample(100).keys());
  }

  @Test
  void saysWhereNothingCanBeDrawn() {
    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                service.sample(
                    "default",
                    "films",
                    "plot",
                    Metric.L2,
                    Filter.of("about == \"nothing\""),
                    10,
                    1,
                    Progress.NONE));
    assertTrue(failure.getMessage().contains("\"plot\""), failure.getMessage());
  }

  @Test
  void namesTheGroupsOfTheMap() {
    var sample = sample(ROWS);
    var texts = service.texts(sample, "about", Progress.NONE);
    var map = service.map(sample, Projection.UMAP, 42, texts, Progress.NONE);
    assertEquals(3, map.clusters().clusters().size());
    assertEquals(
        new HashSet<>(WORDS), new HashSet<>(map.labels().stream().map(List::getFirst).toList()));
    assertEquals("all 600 rows · UMAP · seed 42", map.state());
    assertTrue(map.quality().orElseThrow().trustworthiness() > 0.9);
  }

  @Test
  void drawsTheSameTsneTwice() {
    var sample = sample(150);
    var once = service.map(sample, Projection.T_SNE, 1, List.of(), Progress.NONE);
    var twice = service.map(sample, Projection.T_SNE, 1, List.of(), Progress.NONE);
    assertArrayEquals(once.places().values(), twice.places().values());
    assertTrue(once.quality().orElseThrow().trustworthiness() > 0.85, once.quality().toString());
    assertEquals("150 random of 600 · t-SNE · seed 1", once.state());
  }

  @Test
  void placesARowBesideItsLike() {
    var sample = sample(ROWS);
    var map = service.map(sample, Projection.PCA, 1, List.of(), Progress.NONE);
    var placed = service.place(map, new Points(sample.points().row(7), 1, DIM), Progress.NONE);
    var own = new float[] {map.places().get(7, 0), map.places().get(7, 1)};
    assertEquals(own[0], placed.get(0, 0), 3);
    assertEquals(own[1], placed.get(0, 1), 3);
  }

  @Test
  void findsDuplicatesAndOutliers() {
    var sample = sample(ROWS);
    var oddities = service.oddities(sample, service.neighbours(sample, Progress.NONE), 1e-6, 5);
    assertEquals(1, oddities.duplicates().size());
    assertEquals(
        java.util.Set.of(6L, 9L),
        java.util.Set.of(
            oddities.duplicates().getFirst().first(), oddities.duplicates().getFirst().second()));
    assertEquals(0L, oddities.outliers().getFirst().key());
    assertTrue(oddities.neverReturned().contains(0L));
  }
}
