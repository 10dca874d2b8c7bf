/// A file becomes rows of a collection.
///
/// [LoadService] looks at a file ([FileProfile]: types, vectors in every form, quality), suggests a
/// schema and a mapping, tries a [LoadPlan] on the first rows without writing, and runs it: batches
/// by rows and bytes, bad rows to a reject file, retries with growing pauses, a journal of the
/// position to go on after a crash, and a count before and after that must fit. It speaks to the
/// engine through its API only, so it is the same for a folder and for a server.
///
/// A write whose answer was lost may have happened. Rows with keys of their own are sent again as
/// an upsert; rows whose keys the engine makes are sent again only if the count says they are not
/// there, which supposes that nobody else writes meanwhile.
///
/// What a window shows of files is here as records of its own, since views know services and not
/// `dataset`.
///
/// Not here: parsing and conversion (`dataset`), the model (`embed`), the wizard (`ui`).
@NullMarked
package dev.aerie.service.load;

import org.jspecify.annotations.NullMarked;
