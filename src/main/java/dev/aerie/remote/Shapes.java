package dev.aerie.remote;

import dev.aerie.engine.DataType;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Field;
import dev.aerie.engine.Metric;
import dev.aerie.engine.Progress;
import dev.aerie.wire.Failures;
import dev.aerie.wire.Indexes;
import dev.aerie.wire.Schemas;
import dev.aerie.wire.proto.DescribeCollectionRequest;
import dev.aerie.wire.proto.DescribeIndexRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What reads need to know of a collection besides what they are given: its key, and the metric of
/// each vector field. Asked again after a few seconds, since others may change both.
final class Shapes {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int MOST = 1_000;

  /// @param dynamic whether rows carry keys beyond the schema
  record Shape(Field primaryKey, boolean dynamic, Map<String, Metric> metrics, long readAt) {
    Metric metric(String field) {
      return metrics.getOrDefault(field, Metric.COSINE);
    }
  }

  private record Key(String database, String collection) {}

  private final Connection connection;
  private final Map<Key, Shape> known = new ConcurrentHashMap<>();

  Shapes(Connection connection) {
    this.connection = connection;
  }

  Shape of(String database, String collection, Progress progress) {
    var key = new Key(database, collection);
    var shape = known.get(key);
    if (shape != null && System.nanoTime() - shape.readAt() < FRESH.toNanos()) {
      return shape;
    }
    if (known.size() > MOST) {
      known.clear();
    }
    var fresh = read(database, collection, progress);
    known.put(key, fresh);
    return fresh;
  }

  private Shape read(String database, String collection, Progress progress) {
    var described =
        connection.read(
            database,
            progress,
            stub ->
                stub.describeCollection(
                    DescribeCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()));
    Failures.check(described.getStatus());
    var schema = Schemas.fromProto(described.getSchema().getName(), described.getSchema());
    var metrics = new HashMap<String, Metric>();
    for (var field : schema.vectors()) {
      metrics.put(field.name(), Metric.of(field.type()).getFirst());
    }
    var indexes =
        connection.read(
            database,
            progress,
            stub ->
                stub.describeIndex(
                    DescribeIndexRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .build()));
    try {
      Failures.check(indexes.getStatus());
    } catch (EngineException failure) {
      if (failure.code() != ErrorCode.INDEX_NOT_FOUND) {
        throw failure;
      }
    }
    for (var index : indexes.getIndexDescriptionsList()) {
      var spec = Indexes.fromProto(index).spec();
      spec.metric().ifPresent(metric -> metrics.put(spec.field(), metric));
    }
    return new Shape(schema.primaryKey(), schema.dynamic(), metrics, System.nanoTime());
  }

  static boolean isText(Field key) {
    return key.type() == DataType.VARCHAR;
  }
}
