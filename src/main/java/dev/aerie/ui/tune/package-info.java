/// The Tune screen: a goal, what was measured, the cheapest setting that meets the goal, and one
/// button that puts it to use.
///
/// Trials arrive on the thread of the run and are taken over whenever the job reports, so that the
/// chart grows while the lab works and the FX thread is never flooded. What is recommended is
/// computed anew with every trial and when the goal changes: nothing is measured again for that.
///
/// Not here: measuring, choosing candidates, building, verifying; all that is `service.tune`.
@NullMarked
package dev.aerie.ui.tune;

import org.jspecify.annotations.NullMarked;
