/// The frame of the window: top bar, rail, tree, tabs, drawer, status bar, command palette,
/// shortcuts. It knows screens only as [dev.aerie.ui.fx.ScreenKind]s it is given.
///
/// A screen that fails to open leaves an error with its details in its tab; a failure nobody caught
/// goes to the log and says so, and the rest of the window goes on. The tab strip is our own: the
/// toolkit's cannot carry the line that tells the environment.
@NullMarked
package dev.aerie.ui.shell;

import org.jspecify.annotations.NullMarked;
