package dev.aerie.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.ColumnBuilder;
import dev.aerie.engine.DataType;
import dev.aerie.engine.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WritersTest {
  private static final List<Field> FIELDS =
      List.of(
          Field.scalar("id", DataType.INT64),
          Field.varchar("text", 100).withNullable(),
          Field.scalar("meta", DataType.JSON),
          Field.textArray("tags", 8, 20),
          Field.vector("v", DataType.FLOAT_VECTOR, 3),
          Field.vector("packed", DataType.INT8_VECTOR, 4),
          Field.scalar("price", DataType.FLOAT));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.csv", "a.jsonl", "a.parquet"})
  void whatIsWrittenReadsBackTheSame(String name) {
    var file = folder.resolve(name);
    var rows = rows();
    try (var writer = writer(file)) {
      writer.write(rows);
      writer.finish();
    }
    var bindings = FIELDS.stream().map(field -> new Binding(field, field.name())).toList();
    try (var reader = new BatchReader(RowSource.of(file).open(0), bindings, 100, 1 << 20)) {
      var batch = reader.next().orElseThrow();
      assertEquals(List.of(), batch.errors());
      for (var field : FIELDS) {
        var before = rows.column(field.name()).orElseThrow();
        var after = batch.rows().column(field.name()).orElseThrow();
        for (int row = 0; row < 2; row++) {
          assertEquals(before.isNull(row), after.isNull(row), field.name());
          var expected = before.value(row).orElse("");
          var actual = after.value(row).orElse("");
          if (expected instanceof float[] floats) {
            assertArrayEquals(floats, (float[]) actual);
          } else if (expected instanceof byte[] bytes) {
            assertArrayEquals(bytes, (byte[]) actual);
          } else {
            assertEquals(expected, actual, field.name());
          }
        }
      }
    }
  }

  @Test
  void guardsFormulasWhereAsked() throws IOException {
    var file = folder.resolve("a.csv");
    var field = Field.varchar("text", 100);
    try (var writer = RowWriter.csv(file, List.of(field), true)) {
      writer.write(ColumnBatch.of(new ColumnBuilder(field).append("=1+1").build()));
      writer.finish();
    }
    assertEquals("text\n'=1+1\n", Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv", "a.jsonl", "a.parquet"})
  void leavesNothingWhenItIsGivenUp(String name) throws IOException {
    try (var writer = writer(folder.resolve(name))) {
      writer.write(rows());
    }
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void rejectedRowsGoOnWhereTheyWere() throws IOException {
    var file = folder.resolve("bad.csv");
    for (boolean append : new boolean[] {false, true}) {
      try (var rejects = new RejectFile(file, append)) {
        rejects.write(new RowError(7, Optional.of("v"), "why, exactly", "1,\"x\""));
      }
    }
    assertEquals(3, Files.readAllLines(file).size());
    assertTrue(Files.readString(file).contains("7,v,\"why, exactly\",\"1,\"\"x\"\"\""));
    assertFalse(Files.readString(file).isBlank());
  }

  private static RowWriter writer(Path file) {
    var name = file.toString();
    if (name.endsWith(".csv")) {
      return RowWriter.csv(file, FIELDS, false);
    }
    return name.endsWith(".jsonl")
        ? RowWriter.jsonLines(file, FIELDS)
        : RowWriter.parquet(file, FIELDS);
  }

  private static ColumnBatch rows() {
    var values =
        List.of(
            new Object[] {
              Long.MAX_VALUE,
              "one, \"two\"\nthree",
              "{\"k\":[1,2]}",
              List.of("a", "b,c"),
              new float[] {0.1f, -2, 1e-7f},
              new byte[] {1, -2, 3, 127},
              0.001f
            },
            new Object[] {
              -1L, "", "7", List.of(), new float[] {1, 2, 3}, new byte[] {0, 0, 0, -128}, 1e10f
            });
    var builders = FIELDS.stream().map(ColumnBuilder::new).toList();
    for (int row = 0; row < values.size(); row++) {
      for (int i = 0; i < FIELDS.size(); i++) {
        if (row == 1 && i == 1) {
          builders.get(i).appendNull();
        } else {
          builders.get(i).append(values.get(row)[i]);
        }
      }
    }
    return ColumnBatch.of(builders.stream().map(ColumnBuilder::build).toList());
  }
}
