package dev.aerie.service.load;

import dev.aerie.engine.Metric;

/// What vectors are worth, and how they should be compared.
///
/// @param vectors that were looked at and have the right length
/// @param wrongLength with another number of components
/// @param notFinite with NaN or infinity
/// @param zero with length 0, which COSINE cannot compare
/// @param duplicates that came before, among the first 200,000
/// @param minNorm of the finite ones, as the mean and the largest; 0 where there is none
/// @param unitShare part in [0, 1] with length 1 ± 0.001
public record VectorQuality(
    long vectors,
    long wrongLength,
    long notFinite,
    long zero,
    long duplicates,
    double minNorm,
    double meanNorm,
    double maxNorm,
    double unitShare,
    Metric suggestedMetric,
    String reason) {}
