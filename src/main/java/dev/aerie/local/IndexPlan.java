package dev.aerie.local;

import dev.aerie.engine.DataType;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.Metric;
import dev.aerie.local.codec.VectorIndex;
import java.util.List;
import java.util.Map;

/// Which index types a field may have, and what they are on disk.
///
/// AUTOINDEX is HNSW with M = 18 and efConstruction = 240 for float and INT8 vectors, as Milvus'
/// standalone chooses; BIN_FLAT for binary vectors; the inverted index for sparse ones. Scalars are
/// always indexed, so that a scalar index changes nothing but is accepted.
final class IndexPlan {
  private static final List<IndexType> DENSE =
      List.of(
          IndexType.AUTOINDEX,
          IndexType.HNSW,
          IndexType.HNSW_SQ,
          IndexType.IVF_FLAT,
          IndexType.IVF_SQ8,
          IndexType.IVF_PQ,
          IndexType.IVF_RABITQ,
          IndexType.FLAT);
  private static final List<IndexType> GRAPHS =
      List.of(IndexType.AUTOINDEX, IndexType.HNSW, IndexType.FLAT);
  private static final VectorIndex AUTO = new VectorIndex.Hnsw(18, 240);

  private IndexPlan() {}

  static List<IndexType> offered(DataType type) {
    return switch (type) {
      case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR -> DENSE;
      case INT8_VECTOR -> GRAPHS;
      case BINARY_VECTOR -> List.of(IndexType.AUTOINDEX, IndexType.BIN_FLAT);
      case SPARSE_FLOAT_VECTOR -> List.of(IndexType.AUTOINDEX, IndexType.SPARSE_INVERTED_INDEX);
      case VARCHAR ->
          List.of(
              IndexType.INVERTED,
              IndexType.AUTOINDEX,
              IndexType.TRIE,
              IndexType.BITMAP,
              IndexType.NGRAM);
      case BOOL, ARRAY -> List.of(IndexType.INVERTED, IndexType.AUTOINDEX, IndexType.BITMAP);
      case INT8, INT16, INT32, INT64, TIMESTAMPTZ ->
          List.of(IndexType.INVERTED, IndexType.AUTOINDEX, IndexType.STL_SORT, IndexType.BITMAP);
      case FLOAT, DOUBLE -> List.of(IndexType.INVERTED, IndexType.AUTOINDEX, IndexType.STL_SORT);
      case JSON -> List.of(IndexType.INVERTED, IndexType.AUTOINDEX);
      case GEOMETRY, TEXT, UNKNOWN -> List.of();
    };
  }

  /// Checks a wish against its field.
  ///
  /// @throws EngineException `INVALID_ARGUMENT` with what would be right
  static void require(CollectionFields fields, Field field, IndexSpec spec) {
    var offered = offered(field.type());
    if (!offered.contains(spec.type())) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "index type %s is not offered for field \"%s\" (%s); there are %s"
              .formatted(spec.type(), field.name(), field.typeName(), offered));
    }
    spec.metric()
        .ifPresent(
            metric -> {
              var metrics =
                  fields.bm25(field).isPresent()
                      ? List.of(Metric.BM25)
                      : Metric.of(field.type()).stream().filter(one -> one != Metric.BM25).toList();
              if (!metrics.contains(metric)) {
                throw new EngineException(
                    ErrorCode.INVALID_ARGUMENT,
                    "metric %s does not fit field \"%s\" (%s); there are %s"
                        .formatted(metric, field.name(), field.typeName(), metrics));
              }
            });
    if (field.type().isDenseVector()) {
      try {
        wanted(field, spec);
      } catch (IllegalArgumentException e) {
        throw new EngineException(
            ErrorCode.INVALID_ARGUMENT,
            "index on \"%s\": %s".formatted(field.name(), e.getMessage()),
            e);
      }
    }
  }

  /// What the segments of a vector field are to be.
  static VectorIndex wanted(Field field, IndexSpec spec) {
    var params = spec.params();
    return switch (spec.type().name()) {
      case "AUTOINDEX" -> field.type() == DataType.BINARY_VECTOR ? new VectorIndex.Flat() : AUTO;
      case "HNSW" -> new VectorIndex.Hnsw(m(params), number(params, "efConstruction", 360));
      case "HNSW_SQ" -> new VectorIndex.HnswSq(m(params), number(params, "efConstruction", 360));
      case "IVF_FLAT" -> new VectorIndex.IvfFlat(number(params, "nlist", 0));
      case "IVF_SQ8" -> new VectorIndex.IvfSq8(number(params, "nlist", 0));
      case "IVF_PQ" -> new VectorIndex.IvfPq(number(params, "nlist", 0), number(params, "m", 0));
      case "IVF_RABITQ" -> new VectorIndex.IvfRabitq(number(params, "nlist", 0));
      default -> new VectorIndex.Flat();
    };
  }

  private static int m(Map<String, String> params) {
    return number(params, "M", 30);
  }

  /// @throws EngineException `INVALID_ARGUMENT` if the text is no whole number
  static int number(Map<String, String> params, String name, int otherwise) {
    var text = params.get(name);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "%s must be a whole number; got \"%s\"".formatted(name, text),
          e);
    }
  }
}
