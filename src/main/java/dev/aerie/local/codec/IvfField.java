package dev.aerie.local.codec;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.codecs.lucene95.OrdToDocDISIReaderConfiguration;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DocsWithFieldSet;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/// One field of the metadata: `field number int, dim vint, rows vint, lists vint, length of each
/// list vint …, sections
/// vectors, docs, places, centroids, then its [CodesMeta], then Lucene's map of ordinals to
/// documents`.
///
/// @param starts first row of each list and the number of rows at the end
@SuppressWarnings("ArrayRecordComponent") // never compared; arrays are what loops read
record IvfField(
    int number,
    int dim,
    int[] starts,
    Section vectors,
    Section docs,
    Section places,
    Section centroids,
    Optional<CodesMeta> codes,
    OrdToDocDISIReaderConfiguration ordinals) {

  private static final int MONOTONIC_BLOCK_SHIFT = 16;

  int rows() {
    return starts[starts.length - 1];
  }

  int lists() {
    return starts.length - 1;
  }

  /// @param number the field's, already read
  static IvfField read(int number, IndexInput in) throws IOException {
    int dim = in.readVInt();
    int rows = in.readVInt();
    int lists = in.readVInt();
    if (dim < 1 || rows < 1 || lists < 1 || lists > rows) {
      throw new CorruptIndexException(
          "field %d has %d rows of %d dimensions in %d lists".formatted(number, rows, dim, lists),
          in);
    }
    var starts = new int[lists + 1];
    for (int list = 0; list < lists; list++) {
      starts[list + 1] = starts[list] + in.readVInt();
      if (starts[list + 1] < starts[list]) {
        throw new CorruptIndexException(
            "list %d of field %d has a negative length".formatted(list, number), in);
      }
    }
    if (starts[lists] != rows) {
      throw new CorruptIndexException(
          "the lists of field %d hold %d of %d rows".formatted(number, starts[lists], rows), in);
    }
    var vectors = Section.read(in);
    var docs = Section.read(in);
    var places = Section.read(in);
    var centroids = Section.read(in);
    var codes = CodesMeta.read(in);
    var ordinals = OrdToDocDISIReaderConfiguration.fromStoredMeta(in, rows);
    return new IvfField(number, dim, starts, vectors, docs, places, centroids, codes, ordinals);
  }

  /// Writes all but the ordinals, which Lucene writes to both files.
  static void write(
      IndexOutput meta,
      IndexOutput data,
      int number,
      int dim,
      int[] starts,
      Section vectors,
      Section docs,
      Section places,
      Section centroids,
      Optional<CodesMeta> codes,
      int maxDoc,
      DocsWithFieldSet docsWithField)
      throws IOException {
    int lists = starts.length - 1;
    meta.writeInt(number);
    meta.writeVInt(dim);
    meta.writeVInt(starts[lists]);
    meta.writeVInt(lists);
    for (int list = 0; list < lists; list++) {
      meta.writeVInt(starts[list + 1] - starts[list]);
    }
    vectors.write(meta);
    docs.write(meta);
    places.write(meta);
    centroids.write(meta);
    CodesMeta.write(codes, meta);
    OrdToDocDISIReaderConfiguration.writeStoredMeta(
        MONOTONIC_BLOCK_SHIFT, meta, data, starts[lists], maxDoc, docsWithField);
  }
}
