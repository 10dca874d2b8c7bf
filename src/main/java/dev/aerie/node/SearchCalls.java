package dev.aerie.node;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.ObserveRequest;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.SearchRequest;
import dev.aerie.engine.SearchRequest.Grouping;
import dev.aerie.engine.SearchRequest.Hits;
import dev.aerie.engine.SearchRequest.IteratorCursor;
import dev.aerie.engine.SearchRequest.Plan;
import dev.aerie.engine.SearchRequest.Ranker;
import dev.aerie.engine.SearchRequest.Target;
import dev.aerie.wire.Columns;
import dev.aerie.wire.Consistencies;
import dev.aerie.wire.Failures;
import dev.aerie.wire.Indexes;
import dev.aerie.wire.Params;
import dev.aerie.wire.Queries;
import dev.aerie.wire.Templates;
import dev.aerie.wire.proto.FieldData;
import dev.aerie.wire.proto.HybridSearchRequest;
import dev.aerie.wire.proto.IDs;
import dev.aerie.wire.proto.MilvusServiceGrpc;
import dev.aerie.wire.proto.QueryResults;
import dev.aerie.wire.proto.SearchIteratorV2Results;
import dev.aerie.wire.proto.SearchResultData;
import dev.aerie.wire.proto.SearchResults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Query, search, hybrid search, and searches that go on.
final class SearchCalls {
  private static final int MOST_ITERATORS = 10_000;
  private static final String COUNT = "count(*)";
  private static final double DEFAULT_RRF = 60;

  /// Where searches that go on stand, by token and bound, so that a page can be asked for again.
  private final Map<String, IteratorCursor> cursors =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, IteratorCursor> eldest) {
          return size() > MOST_ITERATORS;
        }
      };

  static void register(Calls calls) {
    var searches = new SearchCalls();
    calls
        .on(MilvusServiceGrpc.getQueryMethod(), searches::query)
        .on(MilvusServiceGrpc.getSearchMethod(), searches::search)
        .on(MilvusServiceGrpc.getHybridSearchMethod(), searches::hybrid);
  }

  private QueryResults query(dev.aerie.wire.proto.QueryRequest request, CallContext call) {
    var database = call.database(request.getDbName());
    var collection = request.getCollectionName();
    var filter = Templates.fromProto(request.getExpr(), request.getExprTemplateValuesMap());
    var consistency = Consistencies.fromProto(request.getConsistencyLevel());
    var params = new SearchParams(request.getQueryParamsList());
    var schema = call.call(new CollectionRequest.Describe(database, collection)).schema();
    var answer =
        QueryResults.newBuilder()
            .setStatus(Failures.success())
            .setCollectionName(collection)
            .setPrimaryFieldName(schema.primaryKey().name())
            .setSessionTs(call.call(new ObserveRequest.Timestamp()));
    if (request.getOutputFieldsList().equals(List.of(COUNT))) {
      var scope =
          new Scope(
              request.getPartitionNamesList(),
              filter,
              List.of(),
              consistency,
              request.getGuaranteeTimestamp());
      long count = call.call(new QueryRequest.Count(database, collection, scope));
      return answer
          .addOutputFields(COUNT)
          .addFieldsData(Columns.toProto(new LongColumn(COUNT, count), Columns.Form.FULL))
          .build();
    }
    var outputs = Outputs.of(request.getOutputFieldsList(), schema);
    int offset = params.number("offset").orElse(0);
    int limit = params.number("limit").orElse(-1);
    if (limit < 0) {
      if (filter.isAll()) {
        throw new IllegalArgumentException("empty expression should be used with limit");
      }
      limit = QueryRequest.MAX_WINDOW - offset;
    }
    var scope =
        new Scope(
            request.getPartitionNamesList(),
            filter,
            outputs.fields(),
            consistency,
            request.getGuaranteeTimestamp());
    var rows = call.call(new QueryRequest.Query(database, collection, scope, offset, limit));
    var key = schema.primaryKey().name();
    answer.addAllFieldsData(outputs.toProto(rows, key)).addAllOutputFields(outputs.names());
    if (!outputs.names().contains(key)) {
      answer.addOutputFields(key);
    }
    return answer.build();
  }

  private SearchResults search(dev.aerie.wire.proto.SearchRequest request, CallContext call) {
    var database = call.database(request.getDbName());
    var collection = request.getCollectionName();
    var schema = call.call(new CollectionRequest.Describe(database, collection)).schema();
    var params = new SearchParams(request.getSearchParamsList());
    int decimals = params.number("round_decimal").orElse(-1);
    boolean goesOn = params.flag("search_iter_v2");
    var token = params.peek("search_iter_id");
    var bound = params.peek("search_iter_last_bound");
    var batch = params.number("search_iter_batch_size");
    var outputs = Outputs.of(request.getOutputFieldsList(), schema);
    var plan = plan(request, schema, outputs, params, call, database, collection);
    if (goesOn) {
      var sized =
          new Plan(
              plan.field(),
              plan.target(),
              plan.scope(),
              0,
              batch.orElse(plan.limit()),
              plan.params(),
              plan.range(),
              Optional.empty(),
              plan.exact());
      return iterate(
          new SearchRequest.Iterate(database, collection, sized, cursor(token, bound)),
          token.orElseGet(() -> UUID.randomUUID().toString()),
          outputs,
          schema,
          call);
    }
    var result = call.call(new SearchRequest.Search(database, collection, plan));
    return SearchResults.newBuilder()
        .setStatus(Failures.success())
        .setCollectionName(collection)
        .setSessionTs(sessionTimestamp(result.timestamp(), call))
        .setResults(data(result.hits(), plan.limit(), outputs, schema, plan.grouping(), decimals))
        .build();
  }

  private static long sessionTimestamp(long told, CallContext call) {
    return told > 0 ? told : call.call(new ObserveRequest.Timestamp());
  }

  private static Plan plan(
      dev.aerie.wire.proto.SearchRequest request,
      CollectionSchema schema,
      Outputs outputs,
      SearchParams params,
      CallContext call,
      String database,
      String collection) {
    var field = field(params, schema);
    checkMetric(params, field, call, database, collection);
    int limit =
        params
            .number("topk")
            .or(() -> params.number("limit"))
            .orElseThrow(() -> new IllegalArgumentException("topk is missing from the parameters"));
    int offset = params.number("offset").orElse(0);
    var range = params.range();
    var grouping = params.grouping();
    var fields = new ArrayList<>(outputs.fields());
    grouping.map(Grouping::field).filter(name -> !fields.contains(name)).ifPresent(fields::add);
    var scope =
        new Scope(
            request.getPartitionNamesList(),
            Templates.fromProto(request.getDsl(), request.getExprTemplateValuesMap()),
            fields,
            Consistencies.fromProto(request.getConsistencyLevel()),
            request.getGuaranteeTimestamp());
    return new Plan(
        field, target(request), scope, offset, limit, params.rest(), range, grouping, false);
  }

  private static Target target(dev.aerie.wire.proto.SearchRequest request) {
    return switch (request.getSearchInputCase()) {
      case PLACEHOLDER_GROUP ->
          new Target.Vectors(Queries.fromProto(request.getPlaceholderGroup()));
      case IDS -> new Target.Rows(ids(request.getIds()));
      case SEARCHINPUT_NOT_SET ->
          throw new IllegalArgumentException("a search needs vectors or keys to search for");
    };
  }

  private static List<Object> ids(IDs ids) {
    return switch (ids.getIdFieldCase()) {
      case INT_ID -> List.copyOf(ids.getIntId().getDataList());
      case STR_ID -> List.copyOf(ids.getStrId().getDataList());
      case IDFIELD_NOT_SET -> List.of();
    };
  }

  private static String field(SearchParams params, CollectionSchema schema) {
    var named = params.text("anns_field");
    if (named.isPresent()) {
      var field =
          schema
              .field(named.get())
              .orElseThrow(
                  () ->
                      new EngineException(
                          ErrorCode.FIELD_NOT_FOUND,
                          "failed to get field schema by name: fieldName(%s) not found"
                              .formatted(named.get())));
      if (!field.type().isVector()) {
        throw new IllegalArgumentException(
            "field \"%s\" is %s; a search needs a vector field"
                .formatted(field.name(), field.typeName()));
      }
      return field.name();
    }
    var vectors = schema.vectors();
    if (vectors.size() != 1) {
      throw new IllegalArgumentException(
          "multiple anns_fields exist, please specify a anns_field in search_params");
    }
    return vectors.getFirst().name();
  }

  private static void checkMetric(
      SearchParams params, String field, CallContext call, String database, String collection) {
    var wanted = params.text("metric_type");
    if (wanted.isEmpty()) {
      return;
    }
    var metric = Indexes.metric(wanted.get());
    for (var index :
        call.call(new IndexRequest.Describe(database, collection, Optional.of(field)))) {
      var built = index.spec().metric();
      if (built.isPresent() && built.get() != metric) {
        throw new IllegalArgumentException(
            "metric type not match: invalid [expected=%s][actual=%s]"
                .formatted(built.get(), metric));
      }
    }
  }

  private Optional<IteratorCursor> cursor(Optional<String> token, Optional<String> bound) {
    if (token.isEmpty() || bound.isEmpty()) {
      return Optional.empty();
    }
    float last = Float.parseFloat(bound.get());
    synchronized (cursors) {
      var known = cursors.get(key(token.get(), last));
      return Optional.of(
          known == null ? new IteratorCursor(token.get(), last, List.of(), 0) : known);
    }
  }

  private static String key(String token, float bound) {
    return token + ' ' + bound;
  }

  private SearchResults iterate(
      SearchRequest.Iterate request,
      String token,
      Outputs outputs,
      CollectionSchema schema,
      CallContext call) {
    var page = call.call(request);
    var data =
        data(List.of(page.hits()), request.plan().limit(), outputs, schema, Optional.empty(), -1)
            .toBuilder();
    int size = page.hits().size();
    float bound =
        size > 0
            ? page.hits().values().get(size - 1)
            : request.after().map(IteratorCursor::lastBound).orElse(0f);
    page.next()
        .ifPresent(
            next -> {
              synchronized (cursors) {
                cursors.put(key(token, bound), next);
              }
            });
    data.setSearchIteratorV2Results(
        SearchIteratorV2Results.newBuilder().setToken(token).setLastBound(bound));
    return SearchResults.newBuilder()
        .setStatus(Failures.success())
        .setCollectionName(request.collection())
        .setSessionTs(sessionTimestamp(page.next().map(IteratorCursor::timestamp).orElse(0L), call))
        .setResults(data)
        .build();
  }

  private SearchResults hybrid(HybridSearchRequest request, CallContext call) {
    var database = call.database(request.getDbName());
    var collection = request.getCollectionName();
    var schema = call.call(new CollectionRequest.Describe(database, collection)).schema();
    var outputs = Outputs.of(request.getOutputFieldsList(), schema);
    var none = Outputs.of(List.of(), schema);
    var plans = new ArrayList<Plan>();
    for (var one : request.getRequestsList()) {
      var params = new SearchParams(one.getSearchParamsList());
      params.number("round_decimal");
      var whole =
          one.toBuilder()
              .clearPartitionNames()
              .addAllPartitionNames(
                  one.getPartitionNamesCount() > 0
                      ? one.getPartitionNamesList()
                      : request.getPartitionNamesList())
              .setConsistencyLevel(request.getConsistencyLevel())
              .setGuaranteeTimestamp(request.getGuaranteeTimestamp())
              .build();
      plans.add(plan(whole, schema, none, params, call, database, collection));
    }
    var rank = Params.fromProto(request.getRankParamsList());
    var params = new SearchParams(request.getRankParamsList());
    int limit = params.number("limit").orElse(10);
    int offset = params.number("offset").orElse(0);
    int decimals = params.number("round_decimal").orElse(-1);
    var grouping = params.grouping();
    var fields = new ArrayList<>(outputs.fields());
    grouping.map(Grouping::field).filter(name -> !fields.contains(name)).ifPresent(fields::add);
    var result =
        call.call(
            new SearchRequest.Hybrid(
                database,
                collection,
                plans,
                ranker(request, rank, plans.size()),
                fields,
                offset,
                limit,
                grouping,
                false));
    return SearchResults.newBuilder()
        .setStatus(Failures.success())
        .setCollectionName(collection)
        .setSessionTs(sessionTimestamp(result.timestamp(), call))
        .setResults(data(result.hits(), limit, outputs, schema, grouping, decimals))
        .build();
  }

  private static Ranker ranker(HybridSearchRequest request, Map<String, String> rank, int plans) {
    var params = new LinkedHashMap<String, String>();
    String strategy;
    if (request.hasFunctionScore()) {
      if (request.getFunctionScore().getFunctionsCount() != 1) {
        throw new IllegalArgumentException("a hybrid search takes one reranking function");
      }
      params.putAll(Params.fromProto(request.getFunctionScore().getFunctions(0).getParamsList()));
      strategy = params.getOrDefault("reranker", "");
    } else {
      strategy = rank.getOrDefault("strategy", "rrf");
      params.putAll(Params.fromJson(rank.getOrDefault("params", "")));
    }
    return switch (strategy) {
      case "rrf" ->
          new Ranker.Rrf(
              Double.parseDouble(params.getOrDefault("k", Double.toString(DEFAULT_RRF))));
      case "weighted" -> {
        var weights = new ArrayList<Double>();
        for (var weight :
            params.getOrDefault("weights", "[]").replaceAll("[\\[\\]\\s]", "").split(",")) {
          if (!weight.isEmpty()) {
            weights.add(Double.parseDouble(weight));
          }
        }
        if (weights.size() != plans) {
          throw new IllegalArgumentException(
              "the length of weights param mismatch with ann search requests: %d weights for %d"
                  .formatted(weights.size(), plans));
        }
        yield new Ranker.Weighted(
            weights, Boolean.parseBoolean(params.getOrDefault("norm_score", "false")));
      }
      default ->
          throw new IllegalArgumentException(
              "reranker \"%s\" is not known; rrf and weighted are".formatted(strategy));
    };
  }

  private static SearchResultData data(
      List<Hits> queries,
      int limit,
      Outputs outputs,
      CollectionSchema schema,
      Optional<Grouping> grouping,
      int decimals) {
    var data =
        SearchResultData.newBuilder()
            .setNumQueries(queries.size())
            .setTopK(limit)
            .setPrimaryFieldName(schema.primaryKey().name())
            .addAllOutputFields(outputs.names());
    var ids = IDs.newBuilder();
    var fields = new ArrayList<FieldData>();
    var groups = new ArrayList<FieldData>();
    for (var hits : queries) {
      data.addTopks(hits.size());
      if (hits.size() == 0) {
        continue;
      }
      ids.mergeFrom(Columns.ids(hits.ids()));
      for (int i = 0; i < hits.size(); i++) {
        data.addScores(rounded(hits.values().get(i), decimals));
      }
      append(fields, outputs.toProto(withKey(hits, schema, outputs), ""));
      grouping
          .flatMap(one -> hits.rows().column(one.field()))
          .ifPresent(column -> append(groups, List.of(Columns.toProto(column, Columns.Form.FULL))));
    }
    data.setIds(ids).addAllFieldsData(fields).setAllSearchCount(data.getScoresCount());
    if (!groups.isEmpty()) {
      data.setGroupByFieldValue(groups.getFirst());
    }
    return data.build();
  }

  /// The rows with their keys as a column, where that was asked for and the engine left it out.
  private static ColumnBatch withKey(Hits hits, CollectionSchema schema, Outputs outputs) {
    var key = schema.primaryKey().name();
    if (!outputs.names().contains(key) || hits.rows().column(key).isPresent()) {
      return hits.rows();
    }
    Column ids = hits.ids().renamed(key);
    return hits.rows().columns().isEmpty() ? ColumnBatch.of(ids) : hits.rows().with(ids);
  }

  /// Columns of one query's hits behind those of the query before.
  private static void append(List<FieldData> all, List<FieldData> more) {
    if (all.isEmpty()) {
      all.addAll(more);
      return;
    }
    for (int i = 0; i < all.size(); i++) {
      var before = all.get(i);
      var after = more.get(i);
      var merged = before.toBuilder();
      if (before.getValidDataCount() > 0 || after.getValidDataCount() > 0) {
        fillValid(merged, before);
        var tail = after.toBuilder();
        fillValid(tail, after);
        after = tail.build();
      }
      // A merge puts lists of one message behind those of the other, except flat bytes.
      all.set(i, mergedVectors(merged, before, after));
    }
  }

  private static void fillValid(FieldData.Builder field, FieldData told) {
    if (told.getValidDataCount() == 0) {
      int rows = Columns.fromProto(told).size();
      for (int row = 0; row < rows; row++) {
        field.addValidData(true);
      }
    }
  }

  private static FieldData mergedVectors(
      FieldData.Builder merged, FieldData before, FieldData after) {
    var a = before.getVectors();
    var b = after.getVectors();
    merged.mergeFrom(after);
    switch (a.getDataCase()) {
      case BINARY_VECTOR ->
          merged
              .getVectorsBuilder()
              .setBinaryVector(a.getBinaryVector().concat(b.getBinaryVector()));
      case FLOAT16_VECTOR ->
          merged
              .getVectorsBuilder()
              .setFloat16Vector(a.getFloat16Vector().concat(b.getFloat16Vector()));
      case BFLOAT16_VECTOR ->
          merged
              .getVectorsBuilder()
              .setBfloat16Vector(a.getBfloat16Vector().concat(b.getBfloat16Vector()));
      case INT8_VECTOR ->
          merged.getVectorsBuilder().setInt8Vector(a.getInt8Vector().concat(b.getInt8Vector()));
      case FLOAT_VECTOR, SPARSE_FLOAT_VECTOR, VECTOR_ARRAY, DATA_NOT_SET -> {}
    }
    return merged.build();
  }

  private static float rounded(float value, int decimals) {
    if (decimals < 0) {
      return value;
    }
    double scale = Math.pow(10, decimals);
    return (float) (Math.floor(value * scale + 0.5) / scale);
  }
}
