package dev.aerie.wire;

import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.IndexRequest.IndexSpec;
import dev.aerie.engine.IndexType;
import dev.aerie.engine.Metric;
import dev.aerie.wire.proto.IndexDescription;
import dev.aerie.wire.proto.IndexState;
import dev.aerie.wire.proto.KeyValuePair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Indexes and metrics.
public final class Indexes {
  private static final String TYPE = "index_type";
  private static final String METRIC = "metric_type";

  private Indexes() {}

  /// Flat parameters, and the same once more as JSON, which is what older servers read.
  public static List<KeyValuePair> toProto(IndexSpec spec) {
    var pairs = new ArrayList<KeyValuePair>();
    pairs.add(Params.pair(TYPE, spec.type().name()));
    spec.metric().ifPresent(metric -> pairs.add(Params.pair(METRIC, metric.name())));
    if (!spec.params().isEmpty()) {
      pairs.add(Params.pair("params", Params.toJson(spec.params())));
    }
    return pairs;
  }

  /// @throws IllegalArgumentException if the metric is not known
  public static IndexSpec fromProto(String name, String field, List<KeyValuePair> pairs) {
    var params = Params.flattened(pairs);
    var type = params.remove(TYPE);
    var metric = params.remove(METRIC);
    return new IndexSpec(
        name,
        field,
        type == null || type.isBlank() ? IndexType.AUTOINDEX : new IndexType(type),
        metric == null || metric.isBlank() ? Optional.empty() : Optional.of(metric(metric)),
        params);
  }

  /// @throws IllegalArgumentException if the metric is not known
  public static Metric metric(String name) {
    var upper = name.strip().toUpperCase(Locale.ROOT);
    if (upper.startsWith("MAX_SIM")) {
      return Metric.MAX_SIM;
    }
    try {
      return Metric.valueOf(upper);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "metric type \"%s\" is not known; L2, IP, COSINE, HAMMING, JACCARD and BM25 are"
              .formatted(name),
          e);
    }
  }

  /// @param number the server's own for the index
  public static IndexDescription toProto(IndexInfo info, long number) {
    var spec = info.spec();
    var proto =
        IndexDescription.newBuilder()
            .setIndexName(spec.name())
            .setFieldName(spec.field())
            .setIndexID(number)
            .addParams(Params.pair(TYPE, spec.type().name()))
            .setTotalRows(info.totalRows())
            .setIndexedRows(info.indexedRows())
            .setPendingIndexRows(Math.max(0, info.totalRows() - info.indexedRows()))
            .setState(
                switch (info.state()) {
                  case WAITING -> IndexState.Unissued;
                  case BUILDING -> IndexState.InProgress;
                  case FINISHED -> IndexState.Finished;
                  case CANCELLED, FAILED -> IndexState.Failed;
                });
    if (info.state() == IndexInfo.State.FINISHED) {
      proto.setIndexedRows(info.totalRows()).setPendingIndexRows(0);
    }
    spec.metric().ifPresent(metric -> proto.addParams(Params.pair(METRIC, metric.name())));
    proto.addAllParams(Params.toProto(spec.params()));
    info.failure().ifPresent(proto::setIndexStateFailReason);
    return proto.build();
  }

  public static IndexInfo fromProto(IndexDescription proto) {
    var params = Params.flattened(proto.getParamsList());
    var type = params.remove(TYPE);
    var metric = params.remove(METRIC);
    Optional<Metric> known = Optional.empty();
    if (metric != null && !metric.isBlank()) {
      try {
        known = Optional.of(metric(metric));
      } catch (IllegalArgumentException e) {
        // A metric of a newer server stays visible as what it is: a parameter.
        params.put(METRIC, metric);
      }
    }
    return new IndexInfo(
        new IndexSpec(
            proto.getIndexName().isEmpty() ? proto.getFieldName() : proto.getIndexName(),
            proto.getFieldName(),
            type == null || type.isBlank() ? IndexType.AUTOINDEX : new IndexType(type),
            known,
            params),
        switch (proto.getState()) {
          case Finished -> IndexInfo.State.FINISHED;
          case InProgress, Retry -> IndexInfo.State.BUILDING;
          case Failed -> IndexInfo.State.FAILED;
          case IndexStateNone, Unissued, UNRECOGNIZED -> IndexInfo.State.WAITING;
        },
        proto.getTotalRows(),
        proto.getIndexedRows(),
        proto.getIndexStateFailReason().isEmpty()
            ? Optional.empty()
            : Optional.of(proto.getIndexStateFailReason()));
  }
}
