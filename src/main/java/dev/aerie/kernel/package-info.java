/// The inner loops: distances of one vector to many, nearest centroids of many, scans of packed
/// codes.
///
/// Everything here is a stateless function on arrays and little-endian memory segments (mapped or
/// on the heap), written
/// twice: [dev.aerie.kernel.PanamaKernels] with the vector unit of this machine, and
/// [dev.aerie.kernel.ScalarKernels]
/// in plain Java as the reference the first is tested against. This is the only package that knows
/// `jdk.incubator.vector`.
///
/// Not here: any decision. What is scanned, in which order, what is kept and what a number means is
/// for `ivf` and
/// `local.codec`.
@NullMarked
package dev.aerie.kernel;

import org.jspecify.annotations.NullMarked;
