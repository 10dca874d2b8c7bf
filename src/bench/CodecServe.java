import dev.aerie.local.codec.Builds;
import dev.aerie.local.codec.LeafSearch;
import dev.aerie.local.codec.SearchSettings;
import dev.aerie.local.codec.VectorFormats;
import dev.aerie.local.codec.VectorIndex;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.MMapDirectory;

/// The formats behind the one-line command protocol of the side-by-side harness: a segment on disk,
/// mapped, searched as
/// the engine searches it.
///
/// `java … src/bench/CodecServe.java FOLDER PATH/NAME ip|l2 [QUERIES]`, then `build NAME INDEX`,
/// with an index as
/// `VectorIndex` writes it and without its version (`IVF_PQ;nlist=2048;m=0`), `run NAME
/// nprobe=64,rerank=100 1` and
/// `quit`.
public final class CodecServe {
  private static final int K = 10;
  private static final String FIELD = "vector";

  private final Path folder;
  private final float[][] base;
  private final float[][] queries;
  private final int[][] truth;
  private final VectorSimilarityFunction similarity;
  private final Map<String, DirectoryReader> readers = new HashMap<>();
  private final LeafSearch search = new LeafSearch();

  private CodecServe(Path folder, String name, String metric, int count) throws IOException {
    this.folder = folder;
    base = floats(Path.of(name + "_base.fvecs"));
    queries = Arrays.copyOf(floats(Path.of(name + "_query.fvecs")), count);
    truth = Arrays.copyOf(ints(Path.of(name + "_truth.ivecs")), count);
    similarity =
        switch (metric) {
          case "l2" -> VectorSimilarityFunction.EUCLIDEAN;
          case "ip" -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
          case "cosine" -> VectorSimilarityFunction.COSINE;
          default ->
              throw new IllegalArgumentException("the metric is ip, l2 or cosine; got " + metric);
        };
  }

  public static void main(String[] words) throws IOException {
    int count = words.length > 3 ? Integer.parseInt(words[3]) : 1000;
    var serve = new CodecServe(Path.of(words[0]), words[1], words[2], count);
    System.out.printf(
        "ready n=%d d=%d queries=%d%n", serve.base.length, serve.base[0].length, count);
    var in = new BufferedReader(new InputStreamReader(System.in));
    for (var line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
      var parts = line.trim().split("\\s+");
      try {
        System.out.println(
            parts[0].equals("build")
                ? serve.build(parts[1], parts[2])
                : serve.run(parts[1], parts[2]));
      } catch (RuntimeException | IOException failure) {
        System.out.println("err " + failure);
      }
    }
    System.exit(0);
  }

  private String build(String name, String spec) throws IOException {
    var index = VectorIndex.parse(spec + ";v=" + VectorIndex.VERSION).orElseThrow();
    var place = folder.resolve(name);
    if (Files.exists(place)) {
      try (var files = Files.list(place)) {
        for (var file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long wall;
    long cpu;
    var directory = new MMapDirectory(place);
    try (var pool = Executors.newFixedThreadPool(2)) {
      KnnVectorsFormat format = new VectorFormats(Builds.on(pool, 2)).format(index);
      var config =
          new IndexWriterConfig()
              .setRAMBufferSizeMB(512)
              .setUseCompoundFile(false)
              .setCodec(
                  new Lucene104Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                      return format;
                    }
                  });
      try (var writer = new IndexWriter(directory, config)) {
        for (int i = 0; i < base.length; i++) {
          var document = new Document();
          document.add(new KnnFloatVectorField(FIELD, base[i], similarity));
          writer.addDocument(document);
          if (i == base.length / 2) {
            writer.flush();
          }
        }
        writer.flush();
        wall = System.nanoTime();
        cpu = system.getProcessCpuTime();
        writer.forceMerge(1);
        wall = System.nanoTime() - wall;
        cpu = system.getProcessCpuTime() - cpu;
      }
    }
    long bytes = 0;
    try (var files = Files.list(place)) {
      for (var file : files.toList()) {
        if (file.toString().matches(".*\\.(vec|vemf|vex|vem|veq|vemq|aivd|aivm)")) {
          bytes += Files.size(file);
        }
      }
    }
    readers.put(name, DirectoryReader.open(directory));
    return String.format(
        Locale.ROOT,
        "built %s s=%.2f cpu=%.2f beside_raw=%.1f",
        name,
        wall / 1e9,
        cpu / 1e9,
        bytes / (double) base.length - 4 * base[0].length);
  }

  private String run(String name, String given) throws IOException {
    var settings = SearchSettings.DEFAULT;
    for (var word : given.split(",")) {
      var pair = word.split("=");
      int number = pair.length < 2 ? 0 : Integer.parseInt(pair[1]);
      settings =
          switch (pair[0]) {
            case "nprobe" -> settings.withNprobe(number);
            case "rerank" -> settings.withRerank(number);
            case "ef" -> settings.withEf(number);
            case "exact" -> settings.withExact(true);
            default -> throw new IllegalArgumentException("no setting is called " + pair[0]);
          };
    }
    var leaf = readers.get(name).leaves().getFirst();
    var threads = ManagementFactory.getThreadMXBean();
    var nanos = new long[queries.length];
    long hits = 0;
    long cpu = threads.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    for (int i = 0; i < queries.length; i++) {
      long started = System.nanoTime();
      var found = search.search(leaf, FIELD, queries[i], K, settings);
      nanos[i] = System.nanoTime() - started;
      for (int doc : found.docs()) {
        for (int j = 0; j < K; j++) {
          hits += truth[i][j] == doc ? 1 : 0;
        }
      }
    }
    wall = System.nanoTime() - wall;
    cpu = threads.getCurrentThreadCpuTime() - cpu;
    Arrays.sort(nanos);
    return String.format(
        Locale.ROOT,
        "res %s recall=%.4f qps=%.0f wall_qps=%.0f p50=%.3f p99=%.3f",
        name,
        hits / (double) (K * queries.length),
        queries.length * 1e9 / cpu,
        queries.length * 1e9 / wall,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6);
  }

  private static float[][] floats(Path file) throws IOException {
    var rows = ints(file);
    var floats = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      floats[i] = new float[rows[i].length];
      for (int j = 0; j < floats[i].length; j++) {
        floats[i][j] = Float.intBitsToFloat(rows[i][j]);
      }
      rows[i] = null;
    }
    return floats;
  }

  /// Rows of an `.ivecs` or `.fvecs` file: an int, the row's length, then as many words.
  private static int[][] ints(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      var words =
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
              .order(ByteOrder.LITTLE_ENDIAN)
              .asIntBuffer();
      int width = words.get(0);
      var rows = new int[words.capacity() / (width + 1)][width];
      for (int i = 0; i < rows.length; i++) {
        words.get(i * (width + 1) + 1, rows[i]);
      }
      return rows;
    }
  }
}
