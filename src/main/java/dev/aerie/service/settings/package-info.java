/// What Aerie remembers of its user: connections, theme, window, open tabs, past searches.
///
/// One JSON file in the data folder, readable by a person and carrying its version. It is written
/// whole, beside the old one, and moved into its place, so a crash leaves one or the other. A file
/// that cannot be read is kept under another name and the defaults are used: settings are never a
/// reason not to start. No secret stands in it.
///
/// Not here: what a user made (saved searches, experiments, journal) and secrets.
@NullMarked
package dev.aerie.service.settings;

import org.jspecify.annotations.NullMarked;
