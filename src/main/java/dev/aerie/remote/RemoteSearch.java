package dev.aerie.remote;

import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.FloatColumn;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.engine.SearchRequest;
import dev.aerie.engine.SearchRequest.Hits;
import dev.aerie.engine.SearchRequest.IteratorCursor;
import dev.aerie.engine.SearchRequest.IteratorPage;
import dev.aerie.engine.SearchRequest.Plan;
import dev.aerie.engine.SearchRequest.Ranker;
import dev.aerie.engine.SearchRequest.SearchResult;
import dev.aerie.engine.SearchRequest.Target;
import dev.aerie.engine.TextColumn;
import dev.aerie.wire.Columns;
import dev.aerie.wire.Consistencies;
import dev.aerie.wire.Failures;
import dev.aerie.wire.Params;
import dev.aerie.wire.Queries;
import dev.aerie.wire.proto.DescribeCollectionRequest;
import dev.aerie.wire.proto.DslType;
import dev.aerie.wire.proto.HybridSearchRequest;
import dev.aerie.wire.proto.IDs;
import dev.aerie.wire.proto.KeyValuePair;
import dev.aerie.wire.proto.LongArray;
import dev.aerie.wire.proto.SearchResults;
import dev.aerie.wire.proto.StringArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Finding rows near a vector.
final class RemoteSearch {
  private final Connection connection;
  private final RemoteFilters filters;
  private final Shapes shapes;

  RemoteSearch(Connection connection, RemoteFilters filters, Shapes shapes) {
    this.connection = connection;
    this.filters = filters;
    this.shapes = shapes;
  }

  Object call(SearchRequest<?> request, Progress progress) {
    return switch (request) {
      case SearchRequest.Search search -> {
        var metric =
            shapes
                .of(search.database(), search.collection(), progress)
                .metric(search.plan().field());
        var message = message(search.database(), search.collection(), search.plan(), List.of());
        var answer = connection.read(search.database(), progress, stub -> stub.search(message));
        yield result(answer, metric, search.collection(), search.database(), progress);
      }
      case SearchRequest.Hybrid hybrid -> hybrid(hybrid, progress);
      case SearchRequest.Iterate iterate -> iterate(iterate, progress);
    };
  }

  private dev.aerie.wire.proto.SearchRequest message(
      String database, String collection, Plan plan, List<KeyValuePair> more) {
    var scope = plan.scope();
    var message =
        dev.aerie.wire.proto.SearchRequest.newBuilder()
            .setDbName(database)
            .setCollectionName(collection)
            .addAllPartitionNames(scope.partitions())
            .setDsl(filters.text(scope.filter()))
            .putAllExprTemplateValues(filters.values(scope.filter()))
            .setDslType(DslType.BoolExprV1)
            .addAllOutputFields(scope.outputFields())
            .setConsistencyLevel(Consistencies.toProto(scope.consistency()))
            .setGuaranteeTimestamp(Consistencies.guarantee(scope.consistency(), scope.guarantee()))
            .addAllSearchParams(params(plan))
            .addAllSearchParams(more);
    switch (plan.target()) {
      case Target.Vectors(var vectors) ->
          message.setPlaceholderGroup(Queries.toProto(vectors)).setNq(vectors.size());
      case Target.Rows(var ids) -> message.setIds(ids(ids)).setNq(ids.size());
    }
    return message.build();
  }

  private static IDs ids(List<Object> ids) {
    if (ids.getFirst() instanceof String) {
      var texts = StringArray.newBuilder();
      ids.forEach(id -> texts.addData((String) id));
      return IDs.newBuilder().setStrId(texts).build();
    }
    var numbers = LongArray.newBuilder();
    ids.forEach(id -> numbers.addData(((Number) id).longValue()));
    return IDs.newBuilder().setIntId(numbers).build();
  }

  private static List<KeyValuePair> params(Plan plan) {
    var inner = new HashMap<>(plan.params());
    plan.range()
        .ifPresent(
            range -> {
              range.radius().ifPresent(radius -> inner.put("radius", Double.toString(radius)));
              range.filter().ifPresent(edge -> inner.put("range_filter", Double.toString(edge)));
            });
    var pairs = new ArrayList<KeyValuePair>();
    pairs.add(Params.pair("anns_field", plan.field()));
    pairs.add(Params.pair("topk", Integer.toString(plan.limit())));
    pairs.add(Params.pair("offset", Integer.toString(plan.offset())));
    pairs.add(Params.pair("round_decimal", "-1"));
    pairs.add(Params.pair("params", Params.toJson(inner)));
    plan.grouping()
        .ifPresent(
            grouping -> {
              pairs.add(Params.pair("group_by_field", grouping.field()));
              pairs.add(Params.pair("group_size", Integer.toString(grouping.size())));
              pairs.add(Params.pair("strict_group_size", Boolean.toString(grouping.strict())));
            });
    return pairs;
  }

  private SearchResult hybrid(SearchRequest.Hybrid hybrid, Progress progress) {
    var rank =
        switch (hybrid.ranker()) {
          case Ranker.Rrf(double k) ->
              List.of(Params.pair("strategy", "rrf"), Params.pair("params", "{\"k\":" + k + "}"));
          case Ranker.Weighted(var weights, boolean normalise) ->
              List.of(
                  Params.pair("strategy", "weighted"),
                  Params.pair(
                      "params",
                      "{\"weights\":%s,\"norm_score\":%s}".formatted(weights, normalise)));
        };
    var scope = hybrid.plans().getFirst().scope();
    var message =
        HybridSearchRequest.newBuilder()
            .setDbName(hybrid.database())
            .setCollectionName(hybrid.collection())
            .addAllPartitionNames(scope.partitions())
            .addAllOutputFields(hybrid.outputFields())
            .setConsistencyLevel(Consistencies.toProto(scope.consistency()))
            .setGuaranteeTimestamp(Consistencies.guarantee(scope.consistency(), scope.guarantee()))
            .addAllRankParams(rank)
            .addRankParams(Params.pair("limit", Integer.toString(hybrid.limit())))
            .addRankParams(Params.pair("offset", Integer.toString(hybrid.offset())))
            .addRankParams(Params.pair("round_decimal", "-1"));
    hybrid
        .grouping()
        .ifPresent(
            grouping ->
                message
                    .addRankParams(Params.pair("group_by_field", grouping.field()))
                    .addRankParams(Params.pair("group_size", Integer.toString(grouping.size())))
                    .addRankParams(
                        Params.pair("strict_group_size", Boolean.toString(grouping.strict()))));
    for (var plan : hybrid.plans()) {
      message.addRequests(message(hybrid.database(), hybrid.collection(), plan, List.of()));
    }
    var answer =
        connection.read(hybrid.database(), progress, stub -> stub.hybridSearch(message.build()));
    // Fused scores are nobody's metric; larger is nearer, as with IP.
    return result(answer, Metric.IP, hybrid.collection(), hybrid.database(), progress);
  }

  private IteratorPage iterate(SearchRequest.Iterate iterate, Progress progress) {
    var plan = iterate.plan();
    var more = new ArrayList<KeyValuePair>();
    more.add(Params.pair("iterator", "True"));
    more.add(Params.pair("search_iter_v2", "True"));
    more.add(Params.pair("search_iter_batch_size", Integer.toString(plan.limit())));
    more.add(
        Params.pair(
            "collection_id",
            Long.toString(collectionId(iterate.database(), iterate.collection(), progress))));
    iterate
        .after()
        .ifPresent(
            cursor -> {
              more.add(Params.pair("search_iter_id", cursor.token()));
              more.add(Params.pair("search_iter_last_bound", Float.toString(cursor.lastBound())));
            });
    var metric = shapes.of(iterate.database(), iterate.collection(), progress).metric(plan.field());
    var message = message(iterate.database(), iterate.collection(), plan, more);
    if (iterate.after().isPresent()) {
      message =
          message.toBuilder().setGuaranteeTimestamp(iterate.after().get().timestamp()).build();
    }
    var sent = message;
    var answer = connection.read(iterate.database(), progress, stub -> stub.search(sent));
    var hits =
        result(answer, metric, iterate.collection(), iterate.database(), progress)
            .hits()
            .getFirst();
    if (!answer.getResults().hasSearchIteratorV2Results()) {
      throw new EngineException(
          ErrorCode.UNSUPPORTED, "this server does not offer searches that go on");
    }
    if (hits.size() == 0) {
      return new IteratorPage(hits, Optional.empty());
    }
    var state = answer.getResults().getSearchIteratorV2Results();
    long timestamp = iterate.after().map(IteratorCursor::timestamp).orElse(answer.getSessionTs());
    return new IteratorPage(
        hits,
        Optional.of(
            new IteratorCursor(state.getToken(), state.getLastBound(), List.of(), timestamp)));
  }

  private long collectionId(String database, String collection, Progress progress) {
    var answer =
        connection.read(
            database,
            progress,
            stub ->
                stub.describeCollection(
                    DescribeCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()));
    Failures.check(answer.getStatus());
    return answer.getCollectionID();
  }

  private SearchResult result(
      SearchResults answer, Metric metric, String collection, String database, Progress progress) {
    Failures.check(answer.getStatus());
    var data = answer.getResults();
    var key = shapes.of(database, collection, progress).primaryKey();
    Column ids =
        data.getScoresCount() == 0
            ? Shapes.isText(key) ? new TextColumn(key.name()) : new LongColumn(key.name())
            : Columns.ids(key.name(), data.getIds());
    var values = new float[data.getScoresCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.getScores(i);
    }
    var scores = new FloatColumn("score", values);
    var rows =
        values.length == 0 ? ColumnBatch.of(List.of()) : RemoteRows.batch(data.getFieldsDataList());
    var hits = new ArrayList<Hits>();
    int from = 0;
    for (long count : data.getTopksList()) {
      int to = from + (int) count;
      hits.add(
          new Hits(
              ids.slice(from, to),
              scores.slice(from, to),
              rows.columns().isEmpty()
                  ? new ColumnBatch(List.of(), to - from)
                  : rows.slice(from, to)));
      from = to;
    }
    while (hits.size() < data.getNumQueries()) {
      hits.add(
          new Hits(ids.slice(from, from), scores.slice(from, from), ColumnBatch.of(List.of())));
    }
    if (hits.isEmpty()) {
      hits.add(new Hits(ids.slice(0, 0), scores.slice(0, 0), ColumnBatch.of(List.of())));
    }
    return new SearchResult(hits, metric, Optional.empty(), answer.getSessionTs());
  }
}
