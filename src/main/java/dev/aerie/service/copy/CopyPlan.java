package dev.aerie.service.copy;

import java.nio.file.Path;
import java.util.Optional;

/// What is copied where.
///
/// @param targetCollection must not be there, unless the journal says this copy has begun it
/// @param indexes whether to make the source's indexes on the copy
/// @param journal kept while the copy runs, to go on after a crash
public record CopyPlan(
    String database,
    String collection,
    String targetDatabase,
    String targetCollection,
    boolean indexes,
    Optional<Path> journal) {}
