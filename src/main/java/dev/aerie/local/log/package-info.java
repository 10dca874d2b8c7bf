/// The write-ahead log of a collection: what has been acknowledged and is not yet in a commit.
///
/// A log is a folder of files `wal-<first sequence number>.log`, each a header and records of
/// rising
/// sequence numbers without gaps. Writers append under their own lock and share one `force` for as
/// many records as have come in meanwhile ([dev.aerie.local.log.WriteAheadLog#sync]). A failed
/// write or `force` ends the log for good: what the disk then holds is unknown, and asking again
/// would be told that all is well.
///
/// Reading tells a torn tail, which a crash leaves and which nobody was promised, from corruption,
/// which eats acknowledged records: a bad record with a good later one behind it is never cut off.
///
/// Not here: what the records mean, when to commit, Lucene.
@NullMarked
package dev.aerie.local.log;

import org.jspecify.annotations.NullMarked;
