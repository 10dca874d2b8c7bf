package dev.aerie.service.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.embed.MiniLmEmbedder;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.Filter;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.SearchRequest;
import dev.aerie.engine.SearchRequest.Plan;
import dev.aerie.local.LocalEngine;
import dev.aerie.local.LocalOptions;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleServiceTest {
  private static final String DB = "default";

  @TempDir Path folder;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final MiniLmEmbedder embedder = new MiniLmEmbedder(threads, 2);
  private final SampleService service = new SampleService(embedder);
  private LocalEngine engine;

  @BeforeEach
  void open() {
    engine = LocalEngine.open(folder, LocalOptions.DEFAULT, threads, threads);
  }

  @AfterEach
  void close() {
    engine.close();
    embedder.close();
    threads.shutdown();
  }

  @Test
  void theSampleIsFoundAgainAfterARestartAndItsFilterHolds() {
    assertEquals(2_000, service.load(engine, DB, 2_000, Progress.NONE).rows());
    engine.close();
    open();
    engine.call(new CollectionRequest.Load(DB, SampleService.COLLECTION));
    var scope = Scope.of(Filter.of("category == \"noun.animal\""), "lemmas", "category");
    var plan = Plan.of(SampleService.VECTOR, service.query("a large wild cat"), 10, scope);
    var hits =
        engine.call(new SearchRequest.Search(DB, SampleService.COLLECTION, plan)).hits().get(0);
    assertEquals(10, hits.size());
    var categories = hits.rows().column("category").orElseThrow();
    var lemmas = hits.rows().column("lemmas").orElseThrow();
    var found = new StringBuilder();
    for (int row = 0; row < hits.size(); row++) {
      found.append(lemmas.value(row).orElseThrow());
      assertEquals("noun.animal", categories.value(row).orElseThrow());
    }
    assertTrue(found.toString().contains("[lion,"), found.toString());
  }

  @Test
  void aSecondSampleIsRefused() {
    service.load(engine, DB, 10, Progress.NONE);
    assertThrows(EngineException.class, () -> service.load(engine, DB, 10, Progress.NONE));
  }

  @Test
  void cancelledItLeavesNoCollection() {
    var progress =
        new Progress() {
          @Override
          public void update(long done, long total) {
            if (total == 1_500 && done > 1_100) {
              throw new CancellationException();
            }
          }

          @Override
          public void phase(String name) {}

          @Override
          public void check() {}
        };
    assertThrows(CancellationException.class, () -> service.load(engine, DB, 1_500, progress));
    assertFalse(service.exists(engine, DB));
  }
}
