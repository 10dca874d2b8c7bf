package dev.aerie.service.copy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.dataset.DataFileException;
import dev.aerie.engine.QueryRequest.Cursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Where a copy stands, in one JSON object that is replaced as a whole.
final class CopyJournal {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Path> file;
  private final String what;

  CopyJournal(CopyPlan plan) {
    this.file = plan.journal();
    this.what =
        String.join(
            " ",
            plan.database(),
            plan.collection(),
            plan.targetDatabase(),
            plan.targetCollection());
  }

  /// @param partition index of the partition being copied
  /// @param cursor where in it; empty for its start
  record Position(int partition, Optional<Cursor> cursor, long rows) {}

  /// @throws IllegalArgumentException if it is the journal of another copy
  Optional<Position> read() {
    if (file.isEmpty() || !Files.isRegularFile(file.get())) {
      return Optional.empty();
    }
    JsonNode node;
    try {
      node = JSON.readTree(file.get().toFile());
    } catch (IOException e) {
      throw new DataFileException(file.get(), "cannot be read: " + e.getMessage(), e);
    }
    if (!node.path("copy").asText().equals(what)) {
      throw new IllegalArgumentException(
          "journal \"%s\" belongs to another copy".formatted(file.get().getFileName()));
    }
    Optional<Cursor> cursor =
        node.has("lastKey")
            ? Optional.of(
                new Cursor(node.path("lastKey").asText(), node.path("timestamp").asLong()))
            : Optional.empty();
    return Optional.of(
        new Position(node.path("partition").asInt(), cursor, node.path("rows").asLong()));
  }

  void write(Position position) {
    if (file.isEmpty()) {
      return;
    }
    var node =
        JSON.createObjectNode()
            .put("copy", what)
            .put("partition", position.partition())
            .put("rows", position.rows());
    position
        .cursor()
        .ifPresent(
            cursor -> node.put("lastKey", cursor.lastKey()).put("timestamp", cursor.timestamp()));
    var path = file.get();
    try {
      var part = path.resolveSibling(path.getFileName() + ".part");
      Files.writeString(part, node.toString());
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new DataFileException(path, "cannot be written: " + e.getMessage(), e);
    }
  }

  void remove() {
    if (file.isPresent()) {
      try {
        Files.deleteIfExists(file.get());
      } catch (IOException e) {
        throw new DataFileException(file.get(), "cannot be removed: " + e.getMessage(), e);
      }
    }
  }
}
