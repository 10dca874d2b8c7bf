/// What was sent: every request of an engine, recorded as it passes, with the same call as Python,
/// Java and Node code.
///
/// A decorator over the one method of the API is enough, since a request holds everything it needs.
/// Rows and vectors are told by their shape, secrets not at all. The record is a ring: old entries
/// go when it is full.
///
/// Not here: undoing, replaying by itself, files.
@NullMarked
package dev.aerie.service.journal;

import org.jspecify.annotations.NullMarked;
