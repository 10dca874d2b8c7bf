package dev.aerie.engine;

import dev.aerie.engine.QueryRequest.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Finding rows near a vector.
public sealed interface SearchRequest<R> extends Request<R> {
  int MAX_QUERIES = 16_384;

  String database();

  String collection();

  @Override
  default boolean writes() {
    return false;
  }

  /// What is searched for: vectors, or rows whose own vectors are taken.
  sealed interface Target {
    record Vectors(List<Embedding> vectors) implements Target {
      public Vectors {
        vectors = List.copyOf(vectors);
        SearchRequest.requireQueries(vectors.size());
      }
    }

    /// @param ids Longs or Strings
    record Rows(List<Object> ids) implements Target {
      public Rows {
        ids = List.copyOf(ids);
        SearchRequest.requireQueries(ids.size());
      }
    }

    static Target of(Embedding vector) {
      return new Vectors(List.of(vector));
    }
  }

  /// One search over one vector field.
  ///
  /// @param field the vector field
  /// @param params of the index: `ef`, `nprobe`, `refine_k`, `drop_ratio_search`
  /// @param exact compare with every matching row, whatever the index
  record Plan(
      String field,
      Target target,
      Scope scope,
      int offset,
      int limit,
      Map<String, String> params,
      Optional<Range> range,
      Optional<Grouping> grouping,
      boolean exact) {
    public Plan {
      params = Map.copyOf(params);
      QueryRequest.requireWindow(offset, limit);
    }

    /// The nearest `limit` rows, nothing special.
    public static Plan of(String field, Embedding vector, int limit, Scope scope) {
      return new Plan(
          field,
          Target.of(vector),
          scope,
          0,
          limit,
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          false);
    }

    public Plan with(Map<String, String> newParams) {
      return new Plan(field, target, scope, offset, limit, newParams, range, grouping, exact);
    }

    public Plan asExact() {
      return new Plan(field, target, scope, offset, limit, params, range, grouping, true);
    }
  }

  /// Rows between two metric values. For distances `filter ≤ d < radius`, for scores
  /// `radius < s ≤ filter`.
  record Range(OptionalDouble radius, OptionalDouble filter) {}

  /// At most `size` rows for each value of a field.
  ///
  /// @param size 1…10
  /// @param strict whether groups must be full
  record Grouping(String field, int size, boolean strict) {
    public Grouping {
      if (size < 1 || size > 10) {
        throw new IllegalArgumentException("group size must be in [1, 10]; got " + size);
      }
    }
  }

  /// The nearest rows of each target.
  ///
  /// @param explain whether to tell what ran and how long it took
  /// @param trace whether to tell the way through the index, for anatomy
  record Search(String database, String collection, Plan plan, boolean explain, boolean trace)
      implements SearchRequest<SearchResult> {
    public Search(String database, String collection, Plan plan) {
      this(database, collection, plan, false, false);
    }

    @Override
    public Capability needs() {
      return plan.exact() ? Capability.SEARCH_EXACT : Capability.SEARCH;
    }
  }

  /// Several searches, fused.
  ///
  /// @param plans one target vector each; their own limits say how deep each looks
  /// @param outputFields of the fused rows
  record Hybrid(
      String database,
      String collection,
      List<Plan> plans,
      Ranker ranker,
      List<String> outputFields,
      int offset,
      int limit,
      Optional<Grouping> grouping,
      boolean explain)
      implements SearchRequest<SearchResult> {
    public Hybrid {
      plans = List.copyOf(plans);
      outputFields = List.copyOf(outputFields);
      QueryRequest.requireWindow(offset, limit);
      if (plans.isEmpty() || plans.size() > 1024) {
        throw new IllegalArgumentException(
            "a hybrid search takes 1 to 1,024 searches; got " + plans.size());
      }
      if (ranker instanceof Ranker.Weighted weighted && weighted.weights().size() != plans.size()) {
        throw new IllegalArgumentException(
            "%d weights for %d searches; there must be one for each"
                .formatted(weighted.weights().size(), plans.size()));
      }
    }

    @Override
    public Capability needs() {
      return Capability.HYBRID_SEARCH;
    }
  }

  /// The next page of a search that goes on for as long as rows are left, nearest first, without
  /// repeating one.
  ///
  /// @param plan one target; its limit is the page
  record Iterate(String database, String collection, Plan plan, Optional<IteratorCursor> after)
      implements SearchRequest<IteratorPage> {
    @Override
    public Capability needs() {
      return Capability.SEARCH_ITERATOR;
    }
  }

  /// Where an iterating search stands.
  ///
  /// @param token the server's name for it
  /// @param lastBound metric value of the last hit
  /// @param seenAtBound keys of the hits at exactly that value, as text
  record IteratorCursor(String token, float lastBound, List<String> seenAtBound, long timestamp) {
    public IteratorCursor {
      seenAtBound = List.copyOf(seenAtBound);
    }
  }

  /// @param next empty when no row is left
  record IteratorPage(Hits hits, Optional<IteratorCursor> next) {}

  /// How several answers become one.
  sealed interface Ranker {
    /// Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): sum of 1 / (k + rank).
    record Rrf(double k) implements Ranker {
      public Rrf {
        if (!(k > 0 && k < 16_384)) {
          throw new IllegalArgumentException("k of RRF must be in (0, 16384); got " + k);
        }
      }
    }

    /// Sum of weighted metric values.
    ///
    /// @param normalise bring all metrics to [0, 1] first, as Milvus does
    record Weighted(List<Double> weights, boolean normalise) implements Ranker {
      public Weighted {
        weights = List.copyOf(weights);
        for (double weight : weights) {
          if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("weights must be in [0, 1]; got " + weight);
          }
        }
      }
    }
  }

  /// @param hits one a target, in order
  /// @param metric of the values in the hits
  /// @param timestamp the read has seen everything up to here
  record SearchResult(List<Hits> hits, Metric metric, Optional<Explain> explain, long timestamp) {
    public SearchResult {
      hits = List.copyOf(hits);
    }
  }

  /// @param ids nearest first
  /// @param values the metric's own: squared distance, inner product, similarity
  /// @param rows the output fields, row for row with the ids
  record Hits(Column ids, FloatColumn values, ColumnBatch rows) {
    public Hits {
      if (ids.size() != values.size()) {
        throw new IllegalArgumentException(
            "%d keys and %d values".formatted(ids.size(), values.size()));
      }
    }

    public int size() {
      return ids.size();
    }
  }

  private static void requireQueries(int queries) {
    if (queries < 1 || queries > MAX_QUERIES) {
      throw new IllegalArgumentException(
          "a search takes 1 to %d queries; got %d".formatted(MAX_QUERIES, queries));
    }
  }
}
