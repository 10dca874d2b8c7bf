/// The Admin screen: databases, aliases, users and roles of one connection.
///
/// Each section is read on its own, so that a caller with few rights sees what he may and is told
/// why not the rest. Nothing is dropped without its name being typed.
///
/// Not here: collections and indexes (`ui.schema`), rows (`ui.data`).
@NullMarked
package dev.aerie.ui.admin;

import org.jspecify.annotations.NullMarked;
