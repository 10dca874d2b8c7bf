/// The Anatomy screen: the inside of an index, segment by segment, as figures and a histogram.
///
/// An engine that cannot look into its indexes says why, and the screen shows that reason instead of
/// an empty table.
///
/// Not here: reading indexes (an engine does) and their figures (`service.anatomy`); the way of a
/// single search.
@NullMarked
package dev.aerie.ui.anatomy;

import org.jspecify.annotations.NullMarked;
