package dev.aerie.service.load;

import java.time.Duration;
import java.util.Optional;

/// Where a running load stands, told after every batch and every retry.
///
/// @param rowsRead good and bad, from the start of the file
/// @param written acknowledged by the engine
/// @param fileBytes of the file in all
/// @param rowsPerSecond read by this run
/// @param remaining estimated from the bytes; empty at the start
/// @param notice a retry, for a person
public record LoadStatus(
    long rowsRead,
    long written,
    long rejected,
    long bytesRead,
    long fileBytes,
    double rowsPerSecond,
    Optional<Duration> remaining,
    Optional<String> notice) {}
