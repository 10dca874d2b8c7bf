package dev.aerie.ui.health;

import dev.aerie.engine.CollectionRequest.CollectionStatistics;
import dev.aerie.engine.IndexRequest.IndexInfo;
import dev.aerie.engine.MaintenanceRequest.SegmentInfo;
import java.util.List;
import java.util.stream.Collectors;

/// One collection at the time of a reading.
///
/// @param vectorFields names of all fields that hold vectors
/// @param indexes of the vector fields
/// @param segments empty where the engine does not tell them
record CollectionState(
    String database,
    String name,
    CollectionStatistics figures,
    List<String> vectorFields,
    List<IndexInfo> indexes,
    List<SegmentInfo> segments) {
  CollectionState {
    vectorFields = List.copyOf(vectorFields);
    indexes = List.copyOf(indexes);
    segments = List.copyOf(segments);
  }

  long rows() {
    return figures.rows();
  }

  /// Rows of the vector field that has the fewest in an index.
  long indexedRows() {
    long least = rows();
    for (var field : vectorFields) {
      long covered =
          indexes.stream()
              .filter(index -> index.spec().field().equals(field))
              .mapToLong(IndexInfo::indexedRows)
              .max()
              .orElse(0);
      least = Math.min(least, covered);
    }
    return least;
  }

  long rowsWithoutIndex() {
    return rows() - indexedRows();
  }

  /// Vector fields nobody has made an index on.
  List<String> fieldsWithoutIndex() {
    return vectorFields.stream()
        .filter(field -> indexes.stream().noneMatch(index -> index.spec().field().equals(field)))
        .toList();
  }

  /// The index types, for a person; empty without one.
  String indexTypes() {
    return indexes.stream()
        .map(index -> index.spec().type().toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
