/// Searching one collection: by words, by a vector, by a row; the answers beside the exact ones,
/// how
/// they came about, and the same search as code.
///
/// The form is built from the schema and from the index on the field: only parameters the index
/// knows are offered. The comparison with an exact search runs right after the search itself, with
/// the same filter, and shows what was missed where it would have stood.
@NullMarked
package dev.aerie.ui.search;

import org.jspecify.annotations.NullMarked;
