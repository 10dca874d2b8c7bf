package dev.aerie.node;

import dev.aerie.engine.Column;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.RowRequest.Written;
import dev.aerie.wire.Columns;
import dev.aerie.wire.Failures;
import dev.aerie.wire.Templates;
import dev.aerie.wire.proto.FieldData;
import dev.aerie.wire.proto.MilvusServiceGrpc;
import dev.aerie.wire.proto.MutationResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Writing rows.
final class RowCalls {
  private RowCalls() {}

  static void register(Calls calls) {
    calls
        .on(
            MilvusServiceGrpc.getInsertMethod(),
            (request, call) -> {
              var written =
                  call.call(
                      new RowRequest.Insert(
                          call.database(request.getDbName()),
                          request.getCollectionName(),
                          partition(request.getPartitionName()),
                          rows(request.getFieldsDataList(), request.getNumRows()),
                          version(request.getSchemaTimestamp())));
              return result(written).setInsertCnt(written.ids().size()).build();
            })
        .on(
            MilvusServiceGrpc.getUpsertMethod(),
            (request, call) -> {
              if (request.getFieldOpsCount() > 0) {
                throw new IllegalArgumentException(
                    "operations on single fields of an upsert are not known here");
              }
              var written =
                  call.call(
                      new RowRequest.Upsert(
                          call.database(request.getDbName()),
                          request.getCollectionName(),
                          partition(request.getPartitionName()),
                          rows(request.getFieldsDataList(), request.getNumRows()),
                          request.getPartialUpdate(),
                          version(request.getSchemaTimestamp())));
              return result(written)
                  .setInsertCnt(written.ids().size())
                  .setDeleteCnt(written.ids().size())
                  .setUpsertCnt(written.ids().size())
                  .build();
            })
        .on(
            MilvusServiceGrpc.getDeleteMethod(),
            (request, call) -> {
              var deleted =
                  call.call(
                      new RowRequest.Delete(
                          call.database(request.getDbName()),
                          request.getCollectionName(),
                          partition(request.getPartitionName()),
                          Templates.fromProto(
                              request.getExpr(), request.getExprTemplateValuesMap())));
              return MutationResult.newBuilder()
                  .setStatus(Failures.success())
                  .setAcknowledged(true)
                  .setDeleteCnt(deleted.count())
                  .setTimestamp(deleted.timestamp())
                  .build();
            });
  }

  private static Optional<String> partition(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  private static OptionalLong version(long schemaTimestamp) {
    return schemaTimestamp == 0 ? OptionalLong.empty() : OptionalLong.of(schemaTimestamp);
  }

  private static ColumnBatch rows(List<FieldData> fields, int count) {
    var columns = fields.stream().<Column>map(Columns::fromProto).toList();
    for (var column : columns) {
      if (column.size() != count) {
        throw new IllegalArgumentException(
            "field \"%s\" has %d rows; the request says %d"
                .formatted(column.name(), column.size(), count));
      }
    }
    return new ColumnBatch(columns, count);
  }

  private static MutationResult.Builder result(Written written) {
    var answer =
        MutationResult.newBuilder()
            .setStatus(Failures.success())
            .setAcknowledged(true)
            .setIDs(Columns.ids(written.ids()))
            .setTimestamp(written.timestamp());
    for (int row = 0; row < written.ids().size(); row++) {
      answer.addSuccIndex(row);
    }
    return answer;
  }
}
