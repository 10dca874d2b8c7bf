/// What every screen stands on: background work ([Jobs]), FXML loading ([Views]), dialogs behind an
/// interface, the open connections and what is selected ([Workspace]), how screens are opened
/// ([ScreenKind], [Navigator]), themes, charts and table cells.
///
/// A screen is FXML plus a controller that only binds plus a view model without nodes. View models
/// get what they need in their constructor, usually the [Desk]; they call services and engines only
/// through [Jobs], which calls them back on the FX thread. Everything drawn by hand (charts, the
/// sketch of a vector) takes its colours from [Palette], so both themes stay in one place.
///
/// Not here: any screen, the frame of the window (`ui.shell`), any use case (`service`).
@NullMarked
package dev.aerie.ui.fx;

import org.jspecify.annotations.NullMarked;
