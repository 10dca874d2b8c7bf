/// Projections, clusters and neighbours on plain arrays: what turns vectors into a map.
///
/// Everything here is a pure function of its input and a seed: the same rows and the same seed give
/// the same map to the last bit, whatever the number of threads. That rules out the lock-free
/// updates most implementations of UMAP use; ours moves every point against the positions of the
/// epoch before, and each point draws from its own random stream.
///
/// Exact neighbours are found by inner products of blocks that stay in the cache; scores near the
/// bound are computed again in double precision, so that an exact answer is exact. Above some tens
/// of thousands of rows neighbours come from cells instead:
/// each row is compared with the rows of the cells nearest to it.
///
/// Threads come from outside as [Workers]; long work takes a
/// [Progress][dev.aerie.engine.Progress].
///
/// Not here: engines, collections, files, colours, pixels.
@NullMarked
package dev.aerie.layout;

import org.jspecify.annotations.NullMarked;
