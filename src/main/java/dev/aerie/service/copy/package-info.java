/// A collection from one engine to another: schema, partitions, data, indexes; either may be a
/// folder or a server.
///
/// Rows are read in the order of their keys and written as upserts, so that a page that is written
/// again after a crash changes nothing. A journal keeps the last key, to go on from. At the end
/// both
/// sides are counted and some rows compared value by value.
///
/// Keys are kept, which an engine that makes its own does not allow; the copy of such a collection
/// takes its keys from the rows.
///
/// Not here: files (`service.load`, `service.export`).
@NullMarked
package dev.aerie.service.copy;

import org.jspecify.annotations.NullMarked;
