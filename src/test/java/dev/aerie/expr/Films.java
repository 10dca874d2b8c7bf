package dev.aerie.expr;

import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;

/// The schema of the filter table: one field of each kind.
final class Films {
  static final CollectionSchema FIXED =
      CollectionSchema.of(
          "films",
          Field.scalar("id", DataType.INT64).asPrimaryKey(false),
          Field.scalar("age", DataType.INT32),
          Field.scalar("price", DataType.FLOAT).withNullable(),
          Field.scalar("flag", DataType.BOOL),
          Field.varchar("name", 200).withParam("enable_match", "true"),
          Field.textArray("tags", 16, 64),
          Field.array("nums", DataType.INT64, 16),
          Field.scalar("meta", DataType.JSON),
          Field.scalar("ts", DataType.TIMESTAMPTZ),
          Field.scalar("loc", DataType.GEOMETRY),
          Field.vector("vector", DataType.FLOAT_VECTOR, 4));

  static final CollectionSchema DYNAMIC = FIXED.withDynamic();

  private Films() {}
}
