/// Plays the user's journeys through the real window and asserts what it shows.
///
/// A step clicks, types and waits as a person would, through the toolkit's own robot, then says
/// which
/// words and counts must stand in the window; a picture is kept of each. So the tour is the first
/// test
/// of everything together, the source of the pictures in the guide, and the way to look at the
/// window
/// on a machine without a display.
///
/// Not here: tests of single views, which live beside them.
@NullMarked
package dev.aerie.tour;

import org.jspecify.annotations.NullMarked;
