/// The API: one interface to a vector database, and the records that cross it.
///
/// An operation is one validated request record and an engine is one method over a sealed
/// [Request]. Journal, read-only mode, copy-as-code, metrics, capabilities and privileges are
/// therefore each one decorator or one table over [Engine#call], and no connection state hides in a
/// session: every request names its database. Rows travel as typed column batches with validity
/// bits, as on the wire, so that millions of them cost a few arrays. Filters travel as text with
/// typed template values; their tree belongs to `expr`.
///
/// The data model is Milvus'. What an engine cannot do it does not claim in
/// [Capabilities]; called all the same it answers [ErrorCode#UNSUPPORTED].
///
/// Not here: any implementation, any thread, any file, any format on the wire.
@NullMarked
package dev.aerie.engine;

import org.jspecify.annotations.NullMarked;
