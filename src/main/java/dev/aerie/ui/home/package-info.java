/// Where one begins: sample data, a file, a server; the connections, the local engine, what is
/// unfinished.
///
/// Everything told here is read when the screen comes to the front and with every change of the
/// workspace; nothing is polled.
@NullMarked
package dev.aerie.ui.home;

import org.jspecify.annotations.NullMarked;
