/// A collection as a map: a sample of its rows with text and colours, a projection of their
/// vectors, clusters with names, and the rows that stand out.
///
/// A [Sample] is drawn once and everything else is computed from it, so the map, its neighbours,
/// duplicates, hubs and outliers speak of the same rows. A finished [RowMap] can be stored and read
/// again, and new rows are placed on it by their neighbours.
///
/// Not here: the algorithms (`layout`), pixels, selections.
@NullMarked
package dev.aerie.service.explore;

import org.jspecify.annotations.NullMarked;
