/// The connection editor: a server's address, sign-in, encryption and limits, tested step by step.
///
/// The form is a draft until it is saved; the test runs on the draft and only reads. Secrets are
/// kept with the open window and never written to the settings file.
///
/// Not here: opening engines and finding out why one cannot (the connectors of `boot`), the list of
/// connections (`ui.shell`, `ui.home`).
@NullMarked
package dev.aerie.ui.connect;

import org.jspecify.annotations.NullMarked;
