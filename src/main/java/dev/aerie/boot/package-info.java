/// Where everything is put together: `main`, the command line, the wiring by hand, the executors,
/// the logging.
///
/// Every object of the program is made here or by something made here, so the whole wiring can be
/// read in one place and nothing is looked up anywhere else. No package uses this one.
@NullMarked
package dev.aerie.boot;

import org.jspecify.annotations.NullMarked;
