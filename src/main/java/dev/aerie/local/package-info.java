/// The embedded engine: an [dev.aerie.engine.Engine] over a data folder, on Lucene.
///
/// A collection is one Lucene index and one write-ahead log. A write is checked in full before it
/// is
/// logged, so that no record can fail to apply; then logged, applied and, once its record is on
/// disk, acknowledged. A commit of the index is a matter of housekeeping: what it does not hold yet
/// is replayed from the log. Vector indexes live inside segments ([dev.aerie.local.codec]), so
/// that they cannot disagree with the rows beside them; ingest never builds one, merges do.
///
/// A row is kept once: scalars as one compact stored value from which output fields come back
/// exactly, vectors as the raw rows of the vector format. Beside that each field has what filters
/// need, points, terms and doc values.
///
/// A folder has one owner, who holds its lock. What it defines is [dev.aerie.local.catalog]; what
/// has been written and not committed is [dev.aerie.local.log].
///
/// Not here: threads (an executor is given), the protocol, privileges (accounts are kept, whoever
/// serves them decides).
@NullMarked
package dev.aerie.local;

import org.jspecify.annotations.NullMarked;
