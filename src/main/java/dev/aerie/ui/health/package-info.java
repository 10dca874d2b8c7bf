/// The Health screen: what is wrong first, then the figures, then where the rows stand.
///
/// A reading is taken every few seconds off the FX thread and is a plain record; everything on the
/// screen is a function of the readings so far. A panel an engine cannot fill says why, and the
/// others go on. Areas of the treemap are rows, so that a collection searched without an index is
/// seen before it is read.
///
/// Not here: the recorder that outlives the window, and repairs other than those an engine does by
/// itself.
@NullMarked
package dev.aerie.ui.health;

import org.jspecify.annotations.NullMarked;
