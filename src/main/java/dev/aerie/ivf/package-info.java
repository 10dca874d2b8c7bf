/// Inverted file indexes on plain memory: k-means, assignment of rows to lists, quantisers, the
/// scan of the lists and
/// the re-ranking of what it finds.
///
/// Vectors are cut into `nlist` lists around centroids; a query reads the `nprobe` lists whose
/// centroids are nearest.
/// In the lists rows may stand as short codes, which a scan ranks in registers, and the best of
/// which are then compared
/// as they really are. Everything works on arrays and memory segments that someone else owns, maps
/// and frees; there is
/// no file, no Lucene and no thread here, so that each step can be tested and timed by itself.
@NullMarked
package dev.aerie.ivf;

import org.jspecify.annotations.NullMarked;
