package dev.aerie.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.index.request.DescribeIndexReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;
import io.milvus.v2.service.utility.request.FlushReq;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.GetReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.UpsertReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Milvus' own Java client works with the node.
final class JavaClientTest {
  @TempDir private Path folder;

  private ServedFolder served;
  private MilvusClientV2 client;

  @BeforeEach
  void connect() {
    served = new ServedFolder(folder);
    client = new MilvusClientV2(ConnectConfig.builder().uri("http://" + served.address()).build());
  }

  @AfterEach
  void disconnect() {
    client.close();
    served.close();
  }

  private void films() {
    var schema = CreateCollectionReq.CollectionSchema.builder().enableDynamicField(true).build();
    schema.addField(
        AddFieldReq.builder().fieldName("id").dataType(DataType.Int64).isPrimaryKey(true).build());
    schema.addField(
        AddFieldReq.builder().fieldName("title").dataType(DataType.VarChar).maxLength(100).build());
    schema.addField(
        AddFieldReq.builder()
            .fieldName("rating")
            .dataType(DataType.Float)
            .isNullable(true)
            .build());
    schema.addField(
        AddFieldReq.builder()
            .fieldName("tags")
            .dataType(DataType.Array)
            .elementType(DataType.VarChar)
            .maxCapacity(8)
            .maxLength(50)
            .build());
    schema.addField(AddFieldReq.builder().fieldName("info").dataType(DataType.JSON).build());
    schema.addField(
        AddFieldReq.builder().fieldName("v").dataType(DataType.FloatVector).dimension(4).build());
    client.createCollection(
        CreateCollectionReq.builder()
            .collectionName("films")
            .collectionSchema(schema)
            .indexParams(
                List.of(
                    IndexParam.builder()
                        .fieldName("v")
                        .indexType(IndexParam.IndexType.HNSW)
                        .metricType(IndexParam.MetricType.L2)
                        .extraParams(Map.of("M", 16, "efConstruction", 100))
                        .build()))
            .consistencyLevel(ConsistencyLevel.STRONG)
            .build());
  }

  private static JsonObject row(int n) {
    var row = new JsonObject();
    row.addProperty("id", n);
    row.addProperty("title", "film " + n);
    if (n % 2 == 0) {
      row.addProperty("rating", n / 2f);
    } else {
      row.add("rating", com.google.gson.JsonNull.INSTANCE);
    }
    row.add("tags", new Gson().toJsonTree(List.of("all", "t" + n % 3)));
    row.add("info", new Gson().toJsonTree(Map.of("rank", n)));
    row.addProperty("color", n % 2 == 0 ? "red" : "blue");
    row.add("v", new Gson().toJsonTree(List.of((float) n, 0f, 0f, 1f)));
    return row;
  }

  private void insert(int from, int to) {
    var rows = new ArrayList<JsonObject>();
    for (int n = from; n < to; n++) {
      rows.add(row(n));
    }
    assertEquals(
        to - from,
        client
            .insert(InsertReq.builder().collectionName("films").data(rows).build())
            .getInsertCnt());
  }

  private long count(String filter) {
    var answer =
        client.query(
            QueryReq.builder()
                .collectionName("films")
                .filter(filter)
                .outputFields(List.of("count(*)"))
                .consistencyLevel(ConsistencyLevel.STRONG)
                .build());
    return (Long) answer.getQueryResults().getFirst().getEntity().get("count(*)");
  }

  @Test
  void createsInsertsSearchesAndCounts() {
    films();
    insert(0, 100);

    assertEquals(100, count(""));
    assertEquals(50, count("color == \"red\""));
    assertEquals(10, count("info[\"rank\"] < 10"));
    var hits =
        client
            .search(
                SearchReq.builder()
                    .collectionName("films")
                    .annsField("v")
                    .data(List.of(new FloatVec(List.of(7.2f, 0f, 0f, 1f))))
                    .limit(3)
                    .filter("color == \"blue\"")
                    .outputFields(List.of("title", "color", "rating", "tags"))
                    .consistencyLevel(ConsistencyLevel.STRONG)
                    .build())
            .getSearchResults()
            .getFirst();
    assertEquals(List.of(7L, 9L, 5L), hits.stream().map(hit -> hit.getId()).toList());
    var first = hits.getFirst();
    assertEquals("film 7", first.getEntity().get("title"));
    assertEquals("blue", first.getEntity().get("color"));
    assertFalse(first.getEntity().containsKey("$meta"));
    assertEquals(List.of("all", "t1"), first.getEntity().get("tags"));
    assertEquals(0.04f, first.getScore(), 1e-3f);
  }

  @Test
  void answersSeveralQueriesAtOnce() {
    films();
    insert(0, 20);

    var results =
        client
            .search(
                SearchReq.builder()
                    .collectionName("films")
                    .annsField("v")
                    .data(
                        List.of(
                            new FloatVec(List.of(3f, 0f, 0f, 1f)),
                            new FloatVec(List.of(11f, 0f, 0f, 1f))))
                    .limit(2)
                    .outputFields(List.of("*"))
                    .consistencyLevel(ConsistencyLevel.STRONG)
                    .build())
            .getSearchResults();

    assertEquals(3L, results.get(0).getFirst().getId());
    assertEquals("film 11", results.get(1).getFirst().getEntity().get("title"));
  }

  @Test
  void upsertsDeletesAndGets() {
    films();
    insert(0, 10);

    var changed = row(3);
    changed.addProperty("title", "changed");
    client.upsert(UpsertReq.builder().collectionName("films").data(List.of(changed)).build());
    client.delete(DeleteReq.builder().collectionName("films").ids(List.of(4, 5)).build());

    assertEquals(8, count(""));
    var got =
        client
            .get(
                GetReq.builder()
                    .collectionName("films")
                    .ids(List.of(3, 4))
                    .outputFields(List.of("title"))
                    .build())
            .getGetResults();
    assertEquals(1, got.size());
    assertEquals("changed", got.getFirst().getEntity().get("title"));
  }

  @Test
  void describesWhatItMade() {
    films();
    client.createAlias(CreateAliasReq.builder().collectionName("films").alias("movies").build());

    var told =
        client.describeCollection(DescribeCollectionReq.builder().collectionName("films").build());
    assertEquals(6, told.getFieldNames().size());
    assertTrue(told.getEnableDynamicField());
    assertTrue(client.hasCollection(HasCollectionReq.builder().collectionName("films").build()));
    assertTrue(client.getLoadState(GetLoadStateReq.builder().collectionName("films").build()));
    var index =
        client.describeIndex(
            DescribeIndexReq.builder().collectionName("films").fieldName("v").build());
    assertEquals("L2", index.getIndexDescriptions().getFirst().getMetricType().name());
    client.flush(FlushReq.builder().collectionNames(List.of("films")).build());
  }

  @Test
  void aMissingCollectionAndABadFilterAreToldInWords() {
    films();
    client.dropCollection(DropCollectionReq.builder().collectionName("nothing").build());

    var missing =
        assertThrows(
            MilvusClientException.class,
            () ->
                client.describeCollection(
                    DescribeCollectionReq.builder().collectionName("nothing").build()));
    assertTrue(missing.getMessage().contains("collection not found"), missing.getMessage());
    var bad = assertThrows(MilvusClientException.class, () -> count("color = 3"));
    assertTrue(bad.getMessage().contains("cannot parse expression"), bad.getMessage());
  }
}
