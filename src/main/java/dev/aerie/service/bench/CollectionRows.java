package dev.aerie.service.bench;

import dev.aerie.engine.ByteVectorColumn;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.Column;
import dev.aerie.engine.Consistency;
import dev.aerie.engine.DataType;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest.Cursor;
import dev.aerie.engine.QueryRequest.Scan;
import dev.aerie.engine.QueryRequest.Scope;
import dev.aerie.layout.Points;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The vectors of a collection, streamed once in the order of their keys.
public final class CollectionRows {
  private static final int PAGE_BYTES = 16 << 20;
  private static final int MOST_PAGE_ROWS = 8_192;

  private final SearchTarget target;

  public CollectionRows(SearchTarget target) {
    this.target = target;
  }

  /// Rows that came together.
  ///
  /// @param keys Longs or Strings, row for row
  public record Block(List<Object> keys, Points points) {
    public Block {
      keys = List.copyOf(keys);
    }
  }

  /// Hears the blocks in order.
  @FunctionalInterface
  public interface Sink {
    void accept(Block block);
  }

  /// Streams every row the target's filter lets through and that has a vector.
  ///
  /// @return rows delivered
  /// @throws IllegalArgumentException if the field holds no dense vectors of numbers
  public long stream(Sink sink, Progress progress) {
    var engine = target.engine();
    var info = engine.call(new CollectionRequest.Describe(target.database(), target.collection()));
    var field =
        info.schema()
            .field(target.field())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "collection \"%s\" has no field \"%s\""
                            .formatted(target.collection(), target.field())));
    int dim = field.dimension();
    if (dim == 0 || field.type() == DataType.BINARY_VECTOR) {
      throw new IllegalArgumentException(
          "field \"%s\" is %s; exact neighbours are computed here for dense vectors of numbers"
              .formatted(field.name(), field.typeName()));
    }
    var key = info.schema().primaryKey().name();
    long total = total();
    int pageRows = Math.clamp(PAGE_BYTES / (4 * dim), 1, MOST_PAGE_ROWS);
    var scope = Scope.of(target.filter(), target.field()).at(Consistency.STRONG);
    Optional<Cursor> after = Optional.empty();
    long done = 0;
    do {
      var page =
          engine.call(
              new Scan(target.database(), target.collection(), scope, pageRows, after), progress);
      if (page.rows().size() > 0) {
        var block =
            block(
                page.rows().column(key).orElseThrow(),
                page.rows().column(target.field()).orElseThrow(),
                dim);
        sink.accept(block);
        done += block.keys().size();
        progress.update(Math.min(done, Math.max(total, done)), Math.max(total, done));
      }
      after = page.next();
    } while (after.isPresent());
    return done;
  }

  private long total() {
    return target
        .engine()
        .call(
            new dev.aerie.engine.QueryRequest.Count(
                target.database(), target.collection(), Scope.of(target.filter())));
  }

  private static Block block(Column keys, Column vectors, int dim) {
    var ids = new ArrayList<Object>();
    var values = new float[keys.size() * dim];
    for (int row = 0; row < keys.size(); row++) {
      if (vectors.isNull(row)) {
        continue;
      }
      int at = ids.size() * dim;
      ids.add(keys.value(row).orElseThrow());
      copy(vectors, row, values, at, dim);
    }
    return new Block(ids, new Points(values, ids.size(), dim));
  }

  private static void copy(Column vectors, int row, float[] into, int at, int dim) {
    switch (vectors) {
      case FloatVectorColumn floats -> floats.copyRow(row, into, at);
      case ByteVectorColumn bytes -> unpack(bytes, row, into, at, dim);
      default ->
          throw new IllegalArgumentException(
              "column \"%s\" holds %s and no dense vectors"
                  .formatted(vectors.name(), vectors.type()));
    }
  }

  private static void unpack(ByteVectorColumn column, int row, float[] into, int at, int dim) {
    var bytes = column.row(row);
    for (int i = 0; i < dim; i++) {
      into[at + i] =
          switch (column.type()) {
            case INT8_VECTOR -> bytes[i];
            case FLOAT16_VECTOR -> Float.float16ToFloat(twoBytes(bytes, i));
            case BFLOAT16_VECTOR -> Float.intBitsToFloat(twoBytes(bytes, i) << 16);
            case BOOL,
                INT8,
                INT16,
                INT32,
                INT64,
                FLOAT,
                DOUBLE,
                VARCHAR,
                ARRAY,
                JSON,
                GEOMETRY,
                TEXT,
                TIMESTAMPTZ,
                BINARY_VECTOR,
                FLOAT_VECTOR,
                SPARSE_FLOAT_VECTOR,
                UNKNOWN ->
                throw new IllegalArgumentException(
                    "column \"%s\" holds %s".formatted(column.name(), column.type()));
          };
    }
  }

  private static short twoBytes(byte[] bytes, int i) {
    return (short) ((bytes[2 * i] & 0xFF) | bytes[2 * i + 1] << 8);
  }
}
