/// Between Milvus' messages and the engine's records, in both directions and once: `remote` writes
/// requests and reads answers with it, `node` reads requests and writes answers.
///
/// The classes of the messages, in `wire.proto`, are generated at build time from the `.proto`
/// files inside Milvus' published Java client, so nothing of them is copied here. One class for
/// each kind of thing: [Schemas], [Columns], [Queries] (vectors to search for), [Templates],
/// [Indexes], [Params], [Failures], [Timestamps].
///
/// What a newer server says and these records cannot hold is kept as text where there is a place
/// for it (a field's type, an index's parameters) and otherwise dropped, never refused.
///
/// Not here: connections, retries, who may do what, which RPC an action is.
@NullMarked
package dev.aerie.wire;

import org.jspecify.annotations.NullMarked;
