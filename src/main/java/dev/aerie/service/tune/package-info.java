/// The tuning lab: from a goal in a person's words to the cheapest index setting that meets it on
/// their own rows, with evidence, applied and taken back with one call each.
///
/// The live collection is only read. Its rows, or a uniform sample where they are many, are copied
/// into a scratch collection of an engine given for that, some held out as queries; exact truth is
/// computed once and cached by a fingerprint of the rows. Candidates are built on a sample first;
/// those that another beats in throughput and in size at the wanted recall are dropped, and the
/// finalists are built on all copied rows. Search-time parameters are swept without building, and
/// the smallest value that meets the goal is found by halving.
///
/// Applying to the live collection remembers the index that was there, builds, verifies on the
/// query set, and puts the old one back if that fails, is cancelled, or on request.
///
/// Not here: how recall and latency are measured (`service.bench`), charts, threads.
@NullMarked
package dev.aerie.service.tune;

import org.jspecify.annotations.NullMarked;
