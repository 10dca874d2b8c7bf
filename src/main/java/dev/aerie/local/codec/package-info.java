/// Vectors on disk: the formats a vector field of a segment is written in, and the search of one
/// segment.
///
/// Every format is registered with Lucene by name, so that a segment opens without knowing how it
/// was configured, and
/// writes what it was built as into the attributes of its field
/// ([dev.aerie.local.codec.VectorIndex#of]). Flushes write
/// raw rows only and merges build: ingest never waits for an index. A segment with few rows is
/// searched exactly faster
/// than through any structure, so it gets none.
///
/// [dev.aerie.local.codec.LeafSearch] is the way in for the engine: it chooses between an exact
/// scan and the index of
/// the segment, and answers values of the metric computed from the rows as they were given,
/// whatever the index
/// approximates.
///
/// Not here: collections, segments as a set, filters as expressions, refresh and merge policy,
/// which are `local`'s.
@NullMarked
package dev.aerie.local.codec;

import org.jspecify.annotations.NullMarked;
