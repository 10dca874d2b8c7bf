package dev.aerie.service.bench;

import dev.aerie.engine.Consistency;
import dev.aerie.engine.Embedding;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Filter;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.SearchRequest.Hits;
import dev.aerie.engine.SearchRequest.Plan;
import dev.aerie.engine.SearchRequest.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Where queries are asked: a vector field of a collection of an engine, seen through a filter.
public record SearchTarget(
    Engine engine, String database, String collection, String field, Filter filter) {
  public SearchTarget(Engine engine, String database, String collection, String field) {
    this(engine, database, collection, field, Filter.ALL);
  }

  public SearchTarget through(Filter other) {
    return new SearchTarget(engine, database, collection, field, other);
  }

  /// The answer to one query.
  public Hits ask(Embedding query, int k, Map<String, String> params, boolean exact) {
    var scope = Scope.of(filter).at(Consistency.EVENTUALLY);
    var plan = Plan.of(field, query, k, scope).with(params);
    var search = new Search(database, collection, exact ? plan.asExact() : plan);
    return engine.call(search).hits().getFirst();
  }

  /// The keys of an answer, nearest first.
  public static List<Object> keys(Hits hits) {
    var keys = new ArrayList<Object>(hits.size());
    for (int i = 0; i < hits.size(); i++) {
      keys.add(hits.ids().value(i).orElseThrow());
    }
    return keys;
  }
}
