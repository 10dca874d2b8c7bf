package dev.aerie.service.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.AccountRequest;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Embedding;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.Metric;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.Request;
import dev.aerie.engine.SearchRequest;
import dev.aerie.engine.Secret;
import dev.aerie.service.MemoryEngine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JournalTest {
  private final Journal journal = new Journal(new MemoryEngine(), 3, Clock.systemUTC());
  private final CodeCopy copy = new CodeCopy("http://localhost:19530");

  @Test
  void keepsTheLastRequestsAndHowTheyEnded() {
    for (var name : List.of("a", "b", "c")) {
      journal.call(new CollectionRequest.Exists("default", name));
    }
    assertThrows(
        EngineException.class,
        () -> journal.call(new CollectionRequest.Describe("default", "nowhere")));
    assertEquals(
        List.of(2L, 3L, 4L), journal.entries().stream().map(JournalEntry::number).toList());
    assertEquals(Optional.empty(), journal.entries().getFirst().failure());
    assertEquals(
        Optional.of("collection \"nowhere\" is not there"), journal.entries().getLast().failure());
  }

  @Test
  void tellsListenersUntilTheyLeave() {
    var heard = new ArrayList<String>();
    var leave = journal.listen(entry -> heard.add(entry.kind()));
    journal.call(new CollectionRequest.Exists("default", "a"));
    leave.run();
    journal.call(new CollectionRequest.Exists("default", "b"));
    assertEquals(List.of("Exists collection"), heard);
  }

  @Test
  void copiesASearchInEveryLanguage() {
    var search =
        new SearchRequest.Search(
            "default",
            "films",
            SearchRequest.Plan.of(
                    "plot",
                    Embedding.of(0.5f, -1),
                    5,
                    Scope.of(Filter.of("title == \"It's \\\"7\\\"\""), "title"))
                .with(Map.of("ef", "96")));
    assertEquals(
        """
        from pymilvus import MilvusClient

        client = MilvusClient(uri="http://localhost:19530")

        print(client.search(collection_name="films", anns_field="plot", data=[[0.5, -1.0]], \
        filter="title == \\"It's \\\\\\"7\\\\\\"\\"", output_fields=["title"], limit=5, \
        consistency_level="Bounded", search_params={"params": {"ef": 96}}))
        """,
        copy.program(search, Language.PYTHON).orElseThrow());
    assertTrue(
        copy.program(search, Language.NODE)
            .orElseThrow()
            .contains("client.search({ collection_name: \"films\", anns_field: \"plot\""));
    assertTrue(
        copy.program(search, Language.JAVA).orElseThrow().contains("/v2/vectordb/entities/search"));
  }

  @Test
  void copiesACollectionFieldByField() {
    var create =
        new CollectionRequest.Create(
            "shop",
            CollectionSchema.of(
                "films",
                Field.scalar("id", DataType.INT64).asPrimaryKey(false),
                Field.vector("plot", DataType.FLOAT_VECTOR, 4)));
    var python = copy.program(create, Language.PYTHON).orElseThrow();
    assertTrue(python.contains("client.use_database(\"shop\")"), python);
    assertTrue(
        python.contains(
            "schema.add_field(field_name=\"plot\", datatype=DataType.FLOAT_VECTOR, dim=4)"),
        python);
  }

  @Test
  void writesScriptsInOrderAndLeavesOutWhatNoClientHas() {
    Request<?> index =
        new IndexRequest.Create(
            "default",
            "films",
            IndexRequest.IndexSpec.of("plot", IndexType.HNSW, Metric.L2, Map.of("M", "16")));
    Request<?> wait = new IndexRequest.Await("default", "films", "plot");
    var script = copy.script(List.of(index, wait), Language.PYTHON).orElseThrow();
    assertTrue(script.contains("index_type=\"HNSW\""), script);
    assertEquals(Optional.empty(), copy.script(List.of(wait), Language.PYTHON));
  }

  @Test
  void neverShowsASecret() {
    var request = new AccountRequest.CreateUser("ada", new Secret("hunter22"));
    assertEquals(Optional.empty(), copy.program(request, Language.PYTHON));
    assertFalse(request.toString().contains("hunter22"));
  }
}
