package dev.aerie.local;

import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.CollectionSchema;
import dev.aerie.engine.ColumnBatch;
import dev.aerie.engine.DataType;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Field;
import dev.aerie.engine.Filter;
import dev.aerie.engine.FloatVectorColumn;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.RowRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executors;

/// A process that writes until it is killed, and says what has been acknowledged: `W key version`
/// for a row written, `D key` for one deleted, a line before (`+`) and one after (`=`) each
/// request.
public final class KilledWriter {
  private static final int KEYS = 400;
  private static final int BATCH = 20;

  private KilledWriter() {}

  /// @param args folder, seed, first version
  public static void main(String[] args) {
    var random = new Random(Long.parseLong(args[1]));
    long version = Long.parseLong(args[2]);
    var options = LocalOptions.DEFAULT.withLogBytes(20_000, 60_000);
    var engine =
        LocalEngine.open(
            Path.of(args[0]),
            options,
            Executors.newCachedThreadPool(),
            Executors.newFixedThreadPool(1));
    create(engine);
    while (true) {
      if (random.nextInt(3) == 0) {
        long key = random.nextInt(KEYS);
        System.out.println("+ D " + key);
        engine.call(
            new RowRequest.Delete(DatabaseRequest.DEFAULT, "rows", Filter.of("id == " + key)));
        System.out.println("=");
        continue;
      }
      var keys = random.ints(0, KEYS).distinct().limit(BATCH).mapToLong(key -> key).toArray();
      var versions = new long[keys.length];
      var line = new StringBuilder("+ W");
      for (int i = 0; i < keys.length; i++) {
        versions[i] = version++;
        line.append(' ').append(keys[i]).append(' ').append(versions[i]);
      }
      var vectors = new float[4 * keys.length];
      Arrays.fill(vectors, 1);
      System.out.println(line);
      engine.call(
          new RowRequest.Upsert(
              DatabaseRequest.DEFAULT,
              "rows",
              ColumnBatch.of(
                  new LongColumn("id", keys),
                  new LongColumn("version", versions),
                  new FloatVectorColumn("v", 4, vectors))));
      System.out.println("=");
    }
  }

  private static void create(Engine engine) {
    if (engine.call(new CollectionRequest.Exists(DatabaseRequest.DEFAULT, "rows"))) {
      return;
    }
    engine.call(
        new CollectionRequest.Create(
            DatabaseRequest.DEFAULT,
            CollectionSchema.of(
                "rows",
                Field.scalar("id", DataType.INT64).asPrimaryKey(false),
                Field.scalar("version", DataType.INT64),
                Field.vector("v", DataType.FLOAT_VECTOR, 4))));
    engine.call(new CollectionRequest.Load(DatabaseRequest.DEFAULT, "rows"));
  }
}
