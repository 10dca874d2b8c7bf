package dev.aerie.service.bench;

/// What building an index took.
///
/// @param seconds of the clock
/// @param cpuSeconds of the whole process; for an engine in another process that says nothing
/// @param bytesPerVector on disk beside the rows themselves; NaN where the engine does not say
public record BuildResult(
    IndexChoice index, double seconds, double cpuSeconds, double bytesPerVector) {}
