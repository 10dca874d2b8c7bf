package dev.aerie.local.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aerie.kernel.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeafSearchTest {
  private static final int DIM = 24;
  private static final int ROWS = 9000;
  private static final String FIELD = "vector";

  @TempDir Path folder;
  private final LeafSearch search = new LeafSearch();
  private final float[][] rows = rows(ROWS, 7);

  private static float[][] rows(int count, long seed) {
    var random = new SplittableRandom(seed);
    var centres = new float[40][DIM];
    for (var centre : centres) {
      for (int j = 0; j < DIM; j++) {
        centre[j] = (float) random.nextGaussian();
      }
    }
    var rows = new float[count][DIM];
    for (var row : rows) {
      var centre = centres[random.nextInt(centres.length)];
      for (int j = 0; j < DIM; j++) {
        row[j] = centre[j] + 0.4f * (float) random.nextGaussian();
      }
    }
    return rows;
  }

  private IndexWriterConfig config(VectorIndex index) {
    KnnVectorsFormat format = new VectorFormats(Builds.ON_MERGE_THREAD).format(index);
    return new IndexWriterConfig()
        .setCodec(
            new Lucene104Codec() {
              @Override
              public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
              }
            });
  }

  private void write(
      IndexWriterConfig config, VectorSimilarityFunction similarity, boolean sparse, int merge)
      throws IOException {
    try (var directory = FSDirectory.open(folder);
        var writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < ROWS; i++) {
        var document = new Document();
        document.add(new StringField("id", Integer.toString(i), Store.YES));
        if (!sparse || i % 3 != 0) {
          document.add(new KnnFloatVectorField(FIELD, rows[i], similarity));
        }
        writer.addDocument(document);
        if (merge > 0 && i == ROWS / 2) {
          writer.flush();
        }
      }
      if (merge > 0) {
        writer.forceMerge(merge);
      }
    }
  }

  private static float value(float[] a, float[] b, VectorSimilarityFunction similarity) {
    double dot = 0;
    double left = 0;
    double right = 0;
    double square = 0;
    for (int j = 0; j < a.length; j++) {
      dot += a[j] * b[j];
      left += a[j] * a[j];
      right += b[j] * b[j];
      square += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return (float)
        switch (similarity) {
          case EUCLIDEAN -> square;
          case COSINE -> dot / Math.sqrt(left * right);
          case DOT_PRODUCT, MAXIMUM_INNER_PRODUCT -> dot;
        };
  }

  private int[] nearest(
      float[] query, int k, VectorSimilarityFunction similarity, IntPredicate accepted) {
    var distances = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      float value = value(query, rows[i], similarity);
      distances[i] = similarity == VectorSimilarityFunction.EUCLIDEAN ? value : -value;
    }
    return IntStream.range(0, ROWS)
        .filter(accepted)
        .boxed()
        .sorted((a, b) -> Float.compare(distances[a], distances[b]))
        .limit(k)
        .mapToInt(i -> i)
        .toArray();
  }

  /// Points beside rows, so that they come from where the rows do.
  private float[][] queries() {
    var random = new SplittableRandom(99);
    var queries = new float[20][];
    for (int i = 0; i < queries.length; i++) {
      queries[i] = rows[random.nextInt(ROWS)].clone();
      for (int j = 0; j < DIM; j++) {
        queries[i][j] += 0.2f * (float) random.nextGaussian();
      }
    }
    return queries;
  }

  private static double overlap(int[] expected, int[] found) {
    var set = new HashSet<Integer>();
    for (int doc : found) {
      set.add(doc);
    }
    return IntStream.of(expected).filter(set::contains).count() / (double) expected.length;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FLAT;v=1",
        "HNSW;m=16;efConstruction=100;v=1",
        "HNSW_SQ;m=16;efConstruction=100;v=1",
        "IVF_FLAT;nlist=64;v=1",
        "IVF_SQ8;nlist=64;v=1",
        "IVF_PQ;nlist=64;m=0;v=1",
        "IVF_RABITQ;nlist=64;v=1"
      })
  void findsNearlyAllOfTheNearestWithTheirTrueValues(String text) throws IOException {
    var index = VectorIndex.parse(text).orElseThrow();
    for (var similarity : VectorSimilarityFunction.values()) {
      if (similarity == VectorSimilarityFunction.DOT_PRODUCT) {
        continue;
      }
      for (boolean sparse : new boolean[] {false, true}) {
        write(config(index).setOpenMode(IndexWriterConfig.OpenMode.CREATE), similarity, sparse, 1);
        try (var directory = FSDirectory.open(folder);
            var reader = DirectoryReader.open(directory)) {
          var leaf = reader.leaves().getFirst();
          var info = leaf.reader().getFieldInfos().fieldInfo(FIELD);
          assertEquals(index, VectorIndex.of(info).orElseThrow());
          double found = 0;
          var queries = queries();
          for (var query : queries) {
            var hits = search.search(leaf, FIELD, query, 10, SearchSettings.DEFAULT);
            var expected = nearest(query, 10, similarity, i -> !sparse || i % 3 != 0);
            found += overlap(expected, hits.docs());
            for (int i = 0; i < hits.size(); i++) {
              float truth = value(query, rows[hits.docs()[i]], similarity);
              assertEquals(truth, hits.values()[i], 1e-4f * Math.max(1, Math.abs(truth)));
            }
          }
          assertTrue(
              found / queries.length > 0.9, () -> text + " " + similarity + " sparse=" + sparse);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FLAT;v=1",
        "HNSW;m=16;efConstruction=100;v=1",
        "IVF_FLAT;nlist=64;v=1",
        "IVF_PQ;nlist=64;m=0;v=1"
      })
  void answersOnlyWhatAFilterLetsThrough(String text) throws IOException {
    write(
        config(VectorIndex.parse(text).orElseThrow()),
        VectorSimilarityFunction.EUCLIDEAN,
        false,
        1);
    try (var directory = FSDirectory.open(folder);
        var reader = DirectoryReader.open(directory)) {
      var leaf = reader.leaves().getFirst();
      for (int step : new int[] {1000, 50, 10, 2}) {
        var accepted = new FixedBitSet(ROWS);
        for (int doc = 1; doc < ROWS; doc += step) {
          accepted.set(doc);
        }
        double found = 0;
        var queries = queries();
        for (var query : queries) {
          var hits = search.search(leaf, FIELD, query, 10, SearchSettings.DEFAULT, accepted);
          assertTrue(IntStream.of(hits.docs()).allMatch(accepted::get));
          found +=
              overlap(
                  nearest(query, 10, VectorSimilarityFunction.EUCLIDEAN, accepted::get),
                  hits.docs());
        }
        assertTrue(
            found / queries.length > 0.9, text + " every " + step + ": " + found / queries.length);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FLAT;v=1",
        "HNSW;m=16;efConstruction=100;v=1",
        "IVF_FLAT;nlist=64;v=1",
        "IVF_PQ;nlist=64;m=0;v=1"
      })
  void doesNotAnswerDeletedRows(String text) throws IOException {
    var config = config(VectorIndex.parse(text).orElseThrow());
    write(config, VectorSimilarityFunction.COSINE, false, 1);
    try (var directory = FSDirectory.open(folder)) {
      try (var writer =
          new IndexWriter(
              directory,
              config(VectorIndex.parse(text).orElseThrow())
                  .setMergePolicy(NoMergePolicy.INSTANCE))) {
        for (int i = 0; i < ROWS; i += 2) {
          writer.deleteDocuments(new Term("id", Integer.toString(i)));
        }
      }
      try (var reader = DirectoryReader.open(directory)) {
        var leaf = reader.leaves().getFirst();
        var hits = search.search(leaf, FIELD, rows[0], 100, SearchSettings.DEFAULT);
        assertEquals(100, hits.size());
        assertTrue(IntStream.of(hits.docs()).allMatch(doc -> doc % 2 == 1));
      }
    }
  }

  @Test
  void aFlushWritesNoStructureAndSaysSo() throws IOException {
    write(
        config(new VectorIndex.IvfFlat(64)).setMergePolicy(NoMergePolicy.INSTANCE),
        VectorSimilarityFunction.EUCLIDEAN,
        false,
        0);
    try (var directory = FSDirectory.open(folder);
        var reader = DirectoryReader.open(directory)) {
      var leaf = reader.leaves().getFirst();
      var info = leaf.reader().getFieldInfos().fieldInfo(FIELD);
      assertEquals(new VectorIndex.Flat(), VectorIndex.of(info).orElseThrow());
      var hits = search.search(leaf, FIELD, rows[5], 1, SearchSettings.DEFAULT);
      assertEquals(LeafHits.Path.EXACT, hits.path());
      assertArrayEquals(new int[] {5}, hits.docs());
    }
  }

  @Test
  void anExactSearchComparesEveryRowWhateverTheIndex() throws IOException {
    write(config(new VectorIndex.IvfFlat(64)), VectorSimilarityFunction.EUCLIDEAN, false, 1);
    try (var directory = FSDirectory.open(folder);
        var reader = DirectoryReader.open(directory)) {
      var leaf = reader.leaves().getFirst();
      var hits = search.search(leaf, FIELD, rows[5], 25, SearchSettings.DEFAULT.withExact(true));
      assertEquals(ROWS, hits.visited());
      assertArrayEquals(
          nearest(rows[5], 25, VectorSimilarityFunction.EUCLIDEAN, i -> true), hits.docs());
    }
  }

  @Test
  void refusesAQueryOfOtherDimensions() throws IOException {
    write(config(new VectorIndex.Flat()), VectorSimilarityFunction.EUCLIDEAN, false, 1);
    try (var directory = FSDirectory.open(folder);
        var reader = DirectoryReader.open(directory)) {
      var leaf = reader.leaves().getFirst();
      assertThrows(
          IllegalArgumentException.class,
          () -> search.search(leaf, FIELD, new float[DIM + 1], 10, SearchSettings.DEFAULT));
      assertEquals(
          0, search.search(leaf, "other", new float[DIM], 10, SearchSettings.DEFAULT).size());
      assertEquals(
          0,
          search
              .search(leaf, "other", new byte[DIM], Measure.HAMMING, 10, SearchSettings.DEFAULT)
              .size());
    }
  }
}
