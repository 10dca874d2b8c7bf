/// The Load screen: a wizard from a file to rows in a collection.
///
/// File, preview and map, options, dry run, load, report: each step is FXML of its own with a
/// controller that only binds. [LoadViewModel] knows the steps and runs the work, and
/// [MappingViewModel] what goes where and whether it fits. Nothing is written before the step named
/// "Load"; a load that is cancelled or fails still ends in a report of what is in.
///
/// Not here: reading files, converting, writing, counting (`service.load`).
@NullMarked
package dev.aerie.ui.load;

import org.jspecify.annotations.NullMarked;
