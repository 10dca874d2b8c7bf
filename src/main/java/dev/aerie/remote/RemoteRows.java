package dev.aerie.remote;

import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Filter;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.QueryRequest.Cursor;
import dev.aerie.engine.QueryRequest.Page;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.RowRequest.Deleted;
import dev.aerie.engine.RowRequest.Written;
import dev.aerie.engine.TextColumn;
import dev.aerie.wire.Columns;
import dev.aerie.wire.Consistencies;
import dev.aerie.wire.Failures;
import dev.aerie.wire.Params;
import dev.aerie.wire.proto.DeleteRequest;
import dev.aerie.wire.proto.FieldData;
import dev.aerie.wire.proto.InsertRequest;
import dev.aerie.wire.proto.KeyValuePair;
import dev.aerie.wire.proto.QueryResults;
import dev.aerie.wire.proto.UpsertRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Writing rows, and reading them by filter or key.
final class RemoteRows {
  /// Servers take messages of 64 MB; this leaves room for what is around the values.
  private static final long MOST_MESSAGE_BYTES = 48L << 20;

  private final Connection connection;
  private final RemoteFilters filters;
  private final Shapes shapes;

  RemoteRows(Connection connection, RemoteFilters filters, Shapes shapes) {
    this.connection = connection;
    this.filters = filters;
    this.shapes = shapes;
  }

  Object call(RowRequest<?> request, Progress progress) {
    return switch (request) {
      case RowRequest.Insert insert -> insert(insert, progress);
      case RowRequest.Upsert upsert -> upsert(upsert, progress);
      case RowRequest.Delete delete -> {
        var message =
            DeleteRequest.newBuilder()
                .setDbName(delete.database())
                .setCollectionName(delete.collection())
                .setPartitionName(delete.partition().orElse(""))
                .setExpr(filters.text(delete.filter()))
                .putAllExprTemplateValues(filters.values(delete.filter()))
                .build();
        var answer = connection.write(delete.database(), progress, stub -> stub.delete(message));
        Failures.check(answer.getStatus());
        yield new Deleted(answer.getDeleteCnt(), answer.getTimestamp());
      }
    };
  }

  private static void requireSize(ColumnBatch rows) {
    if (rows.bytes() > MOST_MESSAGE_BYTES) {
      throw new EngineException(
          ErrorCode.RESOURCE_EXHAUSTED,
          "%d rows of %d bytes are more than the %d bytes a server takes at once; send fewer rows"
              .formatted(rows.size(), rows.bytes(), MOST_MESSAGE_BYTES));
    }
  }

  private static List<FieldData> fields(ColumnBatch rows) {
    requireSize(rows);
    return rows.columns().stream()
        .map(column -> Columns.toProto(column, Columns.Form.COMPACT))
        .toList();
  }

  private static long timestamp(OptionalLong schemaVersion) {
    return schemaVersion.orElse(0);
  }

  private Written insert(RowRequest.Insert insert, Progress progress) {
    var message =
        InsertRequest.newBuilder()
            .setDbName(insert.database())
            .setCollectionName(insert.collection())
            .setPartitionName(insert.partition().orElse(""))
            .addAllFieldsData(fields(insert.rows()))
            .setNumRows(insert.rows().size())
            .setSchemaTimestamp(timestamp(insert.schemaVersion()))
            .build();
    var answer = connection.write(insert.database(), progress, stub -> stub.insert(message));
    Failures.check(answer.getStatus());
    return new Written(
        Columns.ids("id", answer.getIDs()), answer.getInsertCnt(), answer.getTimestamp());
  }

  private Written upsert(RowRequest.Upsert upsert, Progress progress) {
    var message =
        UpsertRequest.newBuilder()
            .setDbName(upsert.database())
            .setCollectionName(upsert.collection())
            .setPartitionName(upsert.partition().orElse(""))
            .addAllFieldsData(fields(upsert.rows()))
            .setNumRows(upsert.rows().size())
            .setPartialUpdate(upsert.partial())
            .setSchemaTimestamp(timestamp(upsert.schemaVersion()))
            .build();
    var answer = connection.write(upsert.database(), progress, stub -> stub.upsert(message));
    Failures.check(answer.getStatus());
    return new Written(
        Columns.ids("id", answer.getIDs()), answer.getUpsertCnt(), answer.getTimestamp());
  }

  Object call(QueryRequest<?> request, Progress progress) {
    return switch (request) {
      case QueryRequest.Query query ->
          batch(
              read(
                  query.database(),
                  query.collection(),
                  query.scope(),
                  List.of(
                      Params.pair("limit", Integer.toString(query.limit())),
                      Params.pair("offset", Integer.toString(query.offset()))),
                  progress));
      case QueryRequest.Get get -> {
        var key = shapes.of(get.database(), get.collection(), progress).primaryKey().name();
        yield get.ids().isEmpty()
            ? ColumnBatch.of(List.of())
            : batch(
                read(
                    get.database(),
                    get.collection(),
                    Scope.of(Filter.ids(key, get.ids()), get.outputFields().toArray(String[]::new))
                        .at(dev.aerie.engine.Consistency.STRONG),
                    List.of(),
                    progress));
      }
      case QueryRequest.Count count -> {
        var scope = count.scope();
        var answer =
            read(
                count.database(),
                count.collection(),
                new Scope(
                    scope.partitions(),
                    scope.filter(),
                    List.of("count(*)"),
                    scope.consistency(),
                    scope.guarantee()),
                List.of(),
                progress);
        if (answer.getFieldsDataCount() != 1
            || !(Columns.fromProto(answer.getFieldsData(0)) instanceof LongColumn counted)
            || counted.size() != 1) {
          throw new EngineException(
              ErrorCode.INTERNAL, "the server answered count(*) with something else");
        }
        yield counted.get(0);
      }
      case QueryRequest.Scan scan -> scan(scan, progress);
    };
  }

  private Page scan(QueryRequest.Scan scan, Progress progress) {
    var key = shapes.of(scan.database(), scan.collection(), progress).primaryKey();
    var scope = scan.scope();
    Filter filter;
    if (scan.after().isPresent()) {
      var last = scan.after().get().lastKey();
      var literal =
          Shapes.isText(key)
              ? com.fasterxml.jackson.databind.node.TextNode.valueOf(last).toString()
              : last;
      filter = RemoteFilters.and(key.name() + " > " + literal, scope.filter());
    } else if (scope.filter().isAll()) {
      filter =
          Filter.of(
              Shapes.isText(key) ? key.name() + " >= \"\"" : key.name() + " >= " + -Long.MAX_VALUE);
    } else {
      filter = scope.filter();
    }
    var answer =
        read(
            scan.database(),
            scan.collection(),
            new Scope(
                scope.partitions(),
                filter,
                scope.outputFields(),
                scope.consistency(),
                scope.guarantee()),
            List.of(
                Params.pair("limit", Integer.toString(scan.pageRows())),
                // What clients' own iterators say: no early end, pages in the order of keys.
                Params.pair("reduce_stop_for_best", "True"),
                Params.pair("iterator", "True")),
            progress);
    var rows = batch(answer);
    if (rows.size() < scan.pageRows()) {
      return new Page(rows, Optional.empty());
    }
    return new Page(rows, Optional.of(new Cursor(last(rows, key.name()), answer.getSessionTs())));
  }

  /// The greatest key of a page, whatever the order of its rows.
  private static String last(ColumnBatch rows, String key) {
    return switch (rows.column(key).orElseThrow()) {
      case LongColumn numbers -> {
        long most = Long.MIN_VALUE;
        for (int row = 0; row < numbers.size(); row++) {
          most = Math.max(most, numbers.get(row));
        }
        yield Long.toString(most);
      }
      case TextColumn texts -> {
        var most = "";
        for (int row = 0; row < texts.size(); row++) {
          if (compareUtf8(texts.get(row), most) > 0) {
            most = texts.get(row);
          }
        }
        yield most;
      }
      case Column other ->
          throw new EngineException(
              ErrorCode.INTERNAL, "the server's key column is of type " + other.type());
    };
  }

  private static int compareUtf8(String a, String b) {
    return java.util.Arrays.compareUnsigned(
        a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        b.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private QueryResults read(
      String database,
      String collection,
      Scope scope,
      List<KeyValuePair> params,
      Progress progress) {
    var message =
        dev.aerie.wire.proto.QueryRequest.newBuilder()
            .setDbName(database)
            .setCollectionName(collection)
            .setExpr(filters.text(scope.filter()))
            .putAllExprTemplateValues(filters.values(scope.filter()))
            .addAllOutputFields(scope.outputFields())
            .addAllPartitionNames(scope.partitions())
            .setConsistencyLevel(Consistencies.toProto(scope.consistency()))
            .setGuaranteeTimestamp(Consistencies.guarantee(scope.consistency(), scope.guarantee()))
            .addAllQueryParams(params)
            .build();
    var answer = connection.read(database, progress, stub -> stub.query(message));
    Failures.check(answer.getStatus());
    return answer;
  }

  private static ColumnBatch batch(QueryResults answer) {
    return batch(answer.getFieldsDataList());
  }

  /// Columns of an answer; one that comes twice counts once.
  static ColumnBatch batch(List<FieldData> fields) {
    var columns = new ArrayList<Column>(fields.size());
    for (var field : fields) {
      var column = Columns.fromProto(field);
      if (columns.stream().noneMatch(known -> known.name().equals(column.name()))) {
        columns.add(column);
      }
    }
    return ColumnBatch.of(columns);
  }
}
