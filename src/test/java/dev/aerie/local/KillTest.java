package dev.aerie.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.engine.Consistency;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Filter;
import dev.aerie.engine.LongColumn;
import dev.aerie.engine.QueryRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a writing process again and again, and holds what is there afterwards to what it had been
/// promised.
final class KillTest {
  private static final int KILLS = Integer.getInteger("aerie.kills", 20);
  private static final long SEED = Long.getLong("aerie.seed", 20261124);
  private static final int MOST_LINES = 150;

  @TempDir private Path folder;

  /// Version by key; absent where deleted.
  private final Map<Long, Long> acknowledged = new HashMap<>();

  @Test
  void losesAndResurrectsNothingThatWasAcknowledged() throws Exception {
    var random = new Random(SEED);
    long version = 1;
    for (int kill = 0; kill < KILLS; kill++) {
      var pending = runAndKill(random.nextLong(), version, 1 + random.nextInt(MOST_LINES));
      version += 1_000_000;
      var found = read();
      settle(pending, found);
      assertEquals(
          acknowledged, found, "seed %d, kill %d, pending %s".formatted(SEED, kill, pending));
    }
    assertTrue(!acknowledged.isEmpty());
  }

  /// @return the request that was under way when the process died; empty if there was none
  private String runAndKill(long seed, long version, int lines) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                folder.toString(),
                Long.toString(seed),
                Long.toString(version))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var pending = "";
    try (var output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int seen = 0;
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("+ ")) {
          pending = line.substring(2);
        } else if (line.equals("=")) {
          apply(pending, acknowledged);
          pending = "";
        }
        if (++seen == lines) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    return pending;
  }

  private static void apply(String request, Map<Long, Long> state) {
    var words = request.split(" ");
    if (words[0].equals("D")) {
      state.remove(Long.parseLong(words[1]));
      return;
    }
    for (int i = 1; i + 1 < words.length; i += 2) {
      state.put(Long.parseLong(words[i]), Long.parseLong(words[i + 1]));
    }
  }

  /// A request that was under way may have happened, as a whole.
  private void settle(String pending, Map<Long, Long> found) {
    if (!pending.isEmpty()) {
      var happened = new HashMap<>(acknowledged);
      apply(pending, happened);
      if (found.equals(happened)) {
        acknowledged.clear();
        acknowledged.putAll(happened);
      }
    }
  }

  private Map<Long, Long> read() {
    try (var jobs = Executors.newCachedThreadPool();
        var engine = LocalEngine.open(folder, LocalOptions.DEFAULT, jobs, jobs)) {
      var scope = QueryRequest.Scope.of(Filter.ALL, "version").at(Consistency.STRONG);
      var rows =
          engine.call(new QueryRequest.Query(DatabaseRequest.DEFAULT, "rows", scope, 0, 16_384));
      var ids = (LongColumn) rows.column("id").orElseThrow();
      var versions = (LongColumn) rows.column("version").orElseThrow();
      Map<Long, Long> found = new HashMap<>();
      List<Long> twice = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        if (found.put(ids.get(row), versions.get(row)) != null) {
          twice.add(ids.get(row));
        }
      }
      assertEquals(List.of(), twice);
      return found;
    }
  }
}
