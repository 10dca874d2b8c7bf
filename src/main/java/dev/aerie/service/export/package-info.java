/// Rows of a collection become a file: all of them, or those a filter names.
///
/// Rows come page by page in the order of their keys, so memory does not grow with them, and the
/// file appears under its name only when as many rows are in it as the engine counts. An export
/// that lost rows is an error and leaves no file.
///
/// Not here: how the files are written (`dataset`).
@NullMarked
package dev.aerie.service.export;

import org.jspecify.annotations.NullMarked;
