/// The schema of a collection: what its fields are and which indexes they have; making a collection
/// by a form; making and dropping indexes.
///
/// The form is checked by making the very records the engine takes ([SchemaForm#build]), so what it
/// accepts the engine accepts, and every mistake is told in the engine's own words.
@NullMarked
package dev.aerie.ui.schema;

import org.jspecify.annotations.NullMarked;
