/// What a data folder holds besides rows: databases, collections with their schemas, partitions and
/// indexes, aliases, accounts.
///
/// All of it is one immutable value, [dev.aerie.local.catalog.Catalog], kept as one JSON file per
/// generation. A change writes the whole next generation (temporary file, force, atomic move,
/// folder force) and then forgets the one before, so that a change of several things, an alias
/// moved from one collection to another or a restore, is there in full or not at all. Names never
/// become paths: a collection's folder is a UUID.
///
/// A catalog that fails its checksum is refused. To fall back on an older one would turn
/// collections made since into folders nobody knows, which are tidied away.
///
/// Not here: rows, logs, Lucene, who may do what.
@NullMarked
package dev.aerie.local.catalog;

import org.jspecify.annotations.NullMarked;
