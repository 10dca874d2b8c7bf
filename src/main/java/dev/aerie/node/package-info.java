/// Milvus' protocol served over any [dev.aerie.engine.Engine]: what a Milvus client needs to work
/// with the embedded engine.
///
/// [MilvusNode] is the server. [Calls] is the table of RPCs: what is in it is answered, always with
/// a status and never with an exception, since clients take a broken call for a reason to try
/// again for minutes; what the server does not offer is answered with code 10, which clients
/// understand; what newer clients probe for is left out, so that they fall back. Handlers are
/// grouped by topic in [SchemaCalls], [RowCalls], [SearchCalls], [AccountCalls] and
/// [OperationCalls].
///
/// Who calls is found out before anything is parsed ([SignIn]), and what they may do from one table
/// of RPC and privilege ([Privileges]) in which what is not there is refused. Passwords are checked
/// by the [Accounts] that the node is given.
///
/// Calls run on virtual threads and are cancelled when their client goes away. Not here: the
/// translation of messages (`wire`), the engine's limits.
@NullMarked
package dev.aerie.node;

import org.jspecify.annotations.NullMarked;
