/// Measuring: exact truth, recall, latency, throughput, build time and memory of any engine through
/// its API.
///
/// One implementation serves the command line, the tuning lab, the health probe and the
/// side-by-side harness, so their figures agree by construction. Recall is the share of the exact
/// `k` nearest keys among the keys an engine answered, per query; its mean comes with a 95 %
/// interval, its 5th percentile and the worst queries. Throughput is told per second of wall time
/// and per second of the querying threads' CPU time, since only the latter can be compared on a
/// machine that does other work.
///
/// Truth is found in one pass over the rows, in double precision near the bound, with ties broken
/// by the order of the keys.
///
/// Not here: deciding what to measure next (the tuning lab), drawing, file formats other than
/// `.fvecs` and `.ivecs`.
@NullMarked
package dev.aerie.service.bench;

import org.jspecify.annotations.NullMarked;
