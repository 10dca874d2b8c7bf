package dev.aerie.service.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.dataset.DataFileException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a load keeps on disk of itself, as JSON Lines: first the plan and the count it began with,
/// then before each batch an `intent` (rows it will have read, rows it sends) and after it a
/// `done` (rows read, written and rejected so far). A last line cut off by a crash is passed over.
final class LoadJournal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Writer out;

  private LoadJournal(Path file, Writer out) {
    this.file = file;
    this.out = out;
  }

  /// How far a load came.
  ///
  /// @param row rows read that need no second look
  /// @param intended rows of a batch that was sent and whose answer is not known; 0 for none
  /// @param intendedRow rows read once that batch is in
  /// @param intendedRejected rows rejected once that batch is in
  record Position(
      long row,
      long written,
      long rejected,
      long countBefore,
      int intended,
      long intendedRow,
      long intendedRejected) {}

  /// The file as the load knew it.
  record Fingerprint(long bytes, long modified) {
    static Fingerprint of(Path file) {
      try {
        return new Fingerprint(Files.size(file), Files.getLastModifiedTime(file).toMillis());
      } catch (IOException e) {
        throw new DataFileException(file, "cannot be read: " + e.getMessage(), e);
      }
    }
  }

  /// A journal as it was found.
  record Found(LoadPlan plan, Fingerprint fingerprint, Position position) {}

  static LoadJournal create(Path file, LoadPlan plan, long countBefore) {
    var journal = open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    var print = Fingerprint.of(plan.file());
    var node =
        JSON.createObjectNode()
            .put("version", 1)
            .put("file", plan.file().toAbsolutePath().toString())
            .put("bytes", print.bytes())
            .put("modified", print.modified())
            .put("database", plan.target().database())
            .put("collection", plan.target().collection())
            .put("countBefore", countBefore);
    options(plan.options(), node.putObject("options"));
    var mapping = node.putArray("mapping");
    for (var entry : plan.mapping()) {
      var one = mapping.addObject().put("field", entry.field());
      switch (entry.origin()) {
        case Origin.Columns(var names) -> names.forEach(one.putArray("columns")::add);
        case Origin.VectorFile(var vectors) ->
            one.put("vectors", vectors.toAbsolutePath().toString());
        case Origin.EmbeddedText(var column) -> one.put("text", column);
      }
    }
    journal.append(node);
    return journal;
  }

  /// Goes on with a journal that is there.
  static LoadJournal resume(Path file) {
    var journal = open(file, StandardOpenOption.APPEND);
    // Ends a line that a crash may have cut off.
    journal.write("\n");
    return journal;
  }

  /// Reads a journal; empty if there is none or not even its first line is whole.
  static Optional<Found> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode plan = null;
      var position = new Position(0, 0, 0, 0, 0, 0, 0);
      for (var line : Files.readAllLines(file)) {
        var node = parse(line);
        if (node.has("mapping")) {
          plan = node;
          position = new Position(0, 0, 0, node.path("countBefore").asLong(), 0, 0, 0);
        } else if (node.has("intent")) {
          position =
              new Position(
                  position.row(),
                  position.written(),
                  position.rejected(),
                  position.countBefore(),
                  node.path("intent").asInt(),
                  node.path("row").asLong(),
                  node.path("rejected").asLong());
        } else if (node.has("done")) {
          position =
              new Position(
                  node.path("done").asLong(),
                  node.path("written").asLong(),
                  node.path("rejected").asLong(),
                  position.countBefore(),
                  0,
                  0,
                  0);
        }
      }
      if (plan == null) {
        return Optional.empty();
      }
      var print = new Fingerprint(plan.path("bytes").asLong(), plan.path("modified").asLong());
      return Optional.of(new Found(plan(plan, file), print, position));
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  void intent(int rows, long row, long rejected) {
    append(JSON.createObjectNode().put("intent", rows).put("row", row).put("rejected", rejected));
  }

  void done(long row, long written, long rejected) {
    append(
        JSON.createObjectNode().put("done", row).put("written", written).put("rejected", rejected));
  }

  /// Removes the journal of a load that has ended.
  void remove() {
    close();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static LoadJournal open(Path file, StandardOpenOption... how) {
    try {
      var folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      var options = new ArrayList<>(List.of(how));
      options.add(StandardOpenOption.WRITE);
      return new LoadJournal(
          file, Files.newBufferedWriter(file, options.toArray(StandardOpenOption[]::new)));
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be written: " + e.getMessage(), e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return line.isBlank() ? JSON.missingNode() : JSON.readTree(line);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  private static void options(LoadOptions options, ObjectNode node) {
    node.put("mode", options.mode().name())
        .put("onBadRow", options.onBadRow().name())
        .put("batchRows", options.batchRows())
        .put("batchBytes", options.batchBytes())
        .put("retries", options.retries());
    options.rejectFile().ifPresent(path -> node.put("rejectFile", absolute(path)));
    options.keysFile().ifPresent(path -> node.put("keysFile", absolute(path)));
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }

  private static LoadPlan plan(JsonNode node, Path journal) {
    var options = node.path("options");
    var mapping = new ArrayList<LoadPlan.Mapping>();
    for (var entry : node.path("mapping")) {
      mapping.add(new LoadPlan.Mapping(entry.path("field").asText(), origin(entry)));
    }
    return new LoadPlan(
        Path.of(node.path("file").asText()),
        new LoadPlan.Target.Existing(
            node.path("database").asText(), node.path("collection").asText()),
        mapping,
        new LoadOptions(
            LoadOptions.Mode.valueOf(options.path("mode").asText()),
            LoadOptions.OnBadRow.valueOf(options.path("onBadRow").asText()),
            options.path("batchRows").asInt(),
            options.path("batchBytes").asLong(),
            path(options.path("rejectFile")),
            Optional.of(journal),
            path(options.path("keysFile")),
            options.path("retries").asInt()));
  }

  private static Optional<Path> path(JsonNode node) {
    return node.isTextual() ? Optional.of(Path.of(node.asText())) : Optional.empty();
  }

  private static Origin origin(JsonNode entry) {
    if (entry.has("vectors")) {
      return new Origin.VectorFile(Path.of(entry.path("vectors").asText()));
    }
    if (entry.has("text")) {
      return new Origin.EmbeddedText(entry.path("text").asText());
    }
    var names = new ArrayList<String>();
    entry.path("columns").forEach(name -> names.add(name.asText()));
    return new Origin.Columns(names);
  }

  private void append(ObjectNode node) {
    write(node + "\n");
  }

  private void write(String text) {
    try {
      out.write(text);
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private DataFileException failed(IOException e) {
    return new DataFileException(file, "cannot be written: " + e.getMessage(), e);
  }
}
