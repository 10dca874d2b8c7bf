package dev.aerie.local.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.OneMergeWrappingMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IvfFormatTest {
  private static final int DIM = 16;
  private static final int ROWS = 600;
  private static final String FIELD = "vector";

  @TempDir Path folder;

  private static IndexWriterConfig config(VectorIndex index) {
    KnnVectorsFormat format = new IvfFormat(index, Builds.ON_MERGE_THREAD, 100);
    return new IndexWriterConfig()
        .setUseCompoundFile(false)
        .setMergeScheduler(new SerialMergeScheduler())
        .setCodec(
            new Lucene104Codec() {
              @Override
              public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
              }
            });
  }

  private static void addRows(IndexWriter writer) throws IOException {
    var random = new SplittableRandom(3);
    for (int i = 0; i < ROWS; i++) {
      var row = new float[DIM];
      for (int j = 0; j < DIM; j++) {
        row[j] = (float) random.nextGaussian();
      }
      var document = new Document();
      document.add(new KnnFloatVectorField(FIELD, row, VectorSimilarityFunction.EUCLIDEAN));
      writer.addDocument(document);
      if (i == ROWS / 2) {
        writer.flush();
      }
    }
    writer.commit();
  }

  @Test
  void anAbortedMergeLeavesTheSegmentsAndNoFile() throws IOException {
    var running = new AtomicReference<MergePolicy.OneMerge>();
    try (Directory files = FSDirectory.open(folder);
        Directory aborting =
            new FilterDirectory(files) {
              @Override
              public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
                  throws IOException {
                if (suffix.equals("rows")) {
                  running.get().setAborted();
                }
                return super.createTempOutput(prefix, suffix, context);
              }
            }) {
      var policy =
          new OneMergeWrappingMergePolicy(
              new TieredMergePolicy(),
              merge -> {
                running.set(merge);
                return merge;
              });
      try (var writer =
          new IndexWriter(aborting, config(new VectorIndex.IvfPq(8, 0)).setMergePolicy(policy))) {
        addRows(writer);
        assertThrows(IOException.class, () -> writer.forceMerge(1));
        assertTrue(writer.isOpen());
        writer.addDocument(new Document());
        writer.commit();
      }
      assertTrue(Arrays.stream(files.listAll()).noneMatch(name -> name.endsWith(".tmp")));
      try (var reader = DirectoryReader.open(files)) {
        assertEquals(ROWS + 1, reader.numDocs());
      }
    }
  }

  @Test
  void everyFlippedBitIsFound() throws IOException {
    try (var directory = FSDirectory.open(folder)) {
      try (var writer = new IndexWriter(directory, config(new VectorIndex.IvfRabitq(8)))) {
        addRows(writer);
        writer.forceMerge(1);
      }
      try (var check = new CheckIndex(directory)) {
        assertTrue(check.checkIndex().clean);
      }
      var random = new SplittableRandom(11);
      var files = new ArrayList<Path>();
      try (var all = Files.list(folder)) {
        all.filter(file -> file.toString().matches(".*\\.aiv[md]")).forEach(files::add);
      }
      assertEquals(2, files.size());
      for (var file : files) {
        for (int i = 0; i < 60; i++) {
          long at = random.nextLong(Files.size(file));
          int bit = 1 << random.nextInt(8);
          flip(file, at, bit);
          Exception found =
              assertThrows(Exception.class, this::readEverything, () -> file + " at " + at);
          assertTrue(
              found instanceof CorruptIndexException
                  || found instanceof IndexFormatTooNewException
                  || found instanceof IndexFormatTooOldException,
              found::toString);
          flip(file, at, bit);
        }
      }
      readEverything();
    }
  }

  private void readEverything() throws IOException {
    try (var directory = FSDirectory.open(folder);
        var reader = DirectoryReader.open(directory)) {
      ((CodecReader) reader.leaves().getFirst().reader()).checkIntegrity();
    }
  }

  private static void flip(Path file, long at, int bit) throws IOException {
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int value = bytes.read();
      bytes.seek(at);
      bytes.write(value ^ bit);
    }
  }

  @Test
  void codesTakeLittleBesideTheRows() throws IOException {
    try (var directory = FSDirectory.open(folder)) {
      try (var writer = new IndexWriter(directory, config(new VectorIndex.IvfRabitq(2)))) {
        addRows(writer);
        writer.forceMerge(1);
      }
      try (var reader = DirectoryReader.open(directory)) {
        var leaf = (CodecReader) reader.leaves().getFirst().reader();
        var sizes =
            leaf.getVectorReader().getOffHeapByteSize(leaf.getFieldInfos().fieldInfo(FIELD));
        assertEquals((long) ROWS * DIM * Float.BYTES, sizes.get("vec"));
        long beside = sizes.get(IvfFormat.DATA_EXTENSION);
        assertTrue(beside < ROWS * (DIM / 8 + 18L), () -> "bytes: " + beside);
      }
    }
  }
}
