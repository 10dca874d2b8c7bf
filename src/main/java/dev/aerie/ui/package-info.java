/// The window. [Workbench] puts frame and screens together and is all that `boot` and `tour` see.
///
/// `ui.fx` is what every screen stands on, `ui.shell` the frame, every other subpackage one screen
/// with its FXML, its words and its view model. Screens do not know each other: one leads to
/// another through the navigator, by name and intent. The frame does not know the screens: it is
/// given the list.
@NullMarked
package dev.aerie.ui;

import org.jspecify.annotations.NullMarked;
