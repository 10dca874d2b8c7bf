/// Figures about the inside of an index, from what an engine tells of it: levels, degrees and
/// unreachable nodes of graphs; sizes, imbalance and quantisation error of lists; the steps of a
/// traced search.
///
/// Numbers only, so that a view draws them and the recall doctor judges them.
///
/// Not here: reading indexes (an engine does), drawing, positions on a map.
@NullMarked
package dev.aerie.service.anatomy;

import org.jspecify.annotations.NullMarked;
