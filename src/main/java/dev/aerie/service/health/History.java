package dev.aerie.service.health;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Figures over weeks in constant space: for each series one ring of ten-second buckets over two
/// hours, one of minutes over a day and a half, one of quarter hours over five weeks. A bucket
/// keeps mean and maximum of what fell into it. Safe for use by several threads.
///
/// Layout of the file: `magic int, version int, series int`, then a series: `name utf`, then a ring
/// (three): a bucket: `number long, count int, sum double, max double`; big-endian.
public final class History {
  private static final int MAGIC = 0x41454849;
  private static final int VERSION = 1;
  private static final List<Resolution> RESOLUTIONS =
      List.of(
          new Resolution(Duration.ofSeconds(10), 720),
          new Resolution(Duration.ofMinutes(1), 2160),
          new Resolution(Duration.ofMinutes(15), 3360));

  private final TreeMap<String, List<Ring>> series = new TreeMap<>();

  private record Resolution(Duration bucket, int buckets) {
    Duration span() {
      return bucket.multipliedBy(buckets);
    }
  }

  /// One point of a chart.
  ///
  /// @param at the beginning of its bucket
  public record Point(Instant at, Duration width, double mean, double max) {}

  /// Adds a figure to a series, which begins with its first.
  public synchronized void record(String name, Instant at, double value) {
    if (Double.isFinite(value)) {
      series.computeIfAbsent(name, _ -> rings()).forEach(ring -> ring.add(at, value));
    }
  }

  /// All names, in order.
  public synchronized List<String> names() {
    return List.copyOf(series.keySet());
  }

  /// A series in the finest resolution that reaches back that far; buckets nothing fell into are
  /// left out.
  public synchronized List<Point> read(String name, Instant from, Instant to) {
    var rings = series.get(name);
    if (rings == null) {
      return List.of();
    }
    var wanted = Duration.between(from, to);
    var ring =
        rings.stream()
            .filter(one -> one.resolution.span().compareTo(wanted) >= 0)
            .findFirst()
            .orElse(rings.getLast());
    return ring.read(from, to);
  }

  /// @throws IOException if it cannot be written; what was there stays then
  public synchronized void save(Path file) throws IOException {
    var part = file.resolveSibling(file.getFileName() + ".part");
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(series.size());
      for (var entry : series.entrySet()) {
        out.writeUTF(entry.getKey());
        for (var ring : entry.getValue()) {
          ring.write(out);
        }
      }
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /// @throws IOException if the file is no history of a known version
  public static History read(Path file) throws IOException {
    var history = new History();
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (in.readInt() != MAGIC || in.readInt() != VERSION) {
        throw new IOException("\"%s\" is no history of version %d".formatted(file, VERSION));
      }
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        var name = in.readUTF();
        var rings = rings();
        for (var ring : rings) {
          ring.read(in);
        }
        history.series.put(name, rings);
      }
    }
    return history;
  }

  /// Records what a meter and a look have seen, under stable names.
  public void record(HealthFacts facts) {
    var at = facts.at();
    facts
        .latency()
        .ifPresent(
            figures -> {
              record("searches.rate", at, figures.qps());
              record("rows.rate", at, figures.rowsPerSecond());
              if (figures.searches() > 0) {
                record("searches.p50", at, figures.p50Millis());
                record("searches.p95", at, figures.p95Millis());
                record("searches.p99", at, figures.p99Millis());
              }
            });
    long rows = 0;
    long growing = 0;
    long disk = 0;
    for (var collection : facts.collections()) {
      if (collection.statistics().isPresent()) {
        rows += collection.statistics().get().rows();
        growing += collection.statistics().get().growingRows();
        disk += Math.max(0, collection.statistics().get().diskBytes());
      }
    }
    record("rows", at, (double) rows);
    record("rows.growing", at, (double) growing);
    record("disk.used", at, (double) disk);
    record("jobs", at, facts.jobs().size());
    for (var node : facts.nodes()) {
      for (Map.Entry<String, Double> figure : node.figures().entrySet()) {
        record(node.name() + "/" + figure.getKey(), at, figure.getValue());
      }
    }
  }

  private static List<Ring> rings() {
    return RESOLUTIONS.stream().map(Ring::new).toList();
  }

  /// Buckets by the number of their span since 1970, each at its number modulo the ring's length.
  private static final class Ring {
    private final Resolution resolution;
    private final long[] numbers;
    private final int[] counts;
    private final double[] sums;
    private final double[] maxima;

    Ring(Resolution resolution) {
      this.resolution = resolution;
      int buckets = resolution.buckets();
      numbers = new long[buckets];
      counts = new int[buckets];
      sums = new double[buckets];
      maxima = new double[buckets];
      Arrays.fill(numbers, -1);
    }

    void add(Instant at, double value) {
      long number = number(at);
      int place = (int) Math.floorMod(number, (long) numbers.length);
      if (numbers[place] > number) {
        return;
      }
      if (numbers[place] != number) {
        numbers[place] = number;
        counts[place] = 0;
        sums[place] = 0;
        maxima[place] = Double.NEGATIVE_INFINITY;
      }
      counts[place]++;
      sums[place] += value;
      maxima[place] = Math.max(maxima[place], value);
    }

    List<Point> read(Instant from, Instant to) {
      long first = number(from);
      long last = number(to);
      var points = new ArrayList<Point>();
      for (int i = 0; i < numbers.length; i++) {
        if (counts[i] > 0 && numbers[i] >= first && numbers[i] <= last) {
          points.add(
              new Point(
                  Instant.ofEpochSecond(numbers[i] * resolution.bucket().toSeconds()),
                  resolution.bucket(),
                  sums[i] / counts[i],
                  maxima[i]));
        }
      }
      points.sort(Comparator.comparing(Point::at));
      return points;
    }

    void write(DataOutputStream out) throws IOException {
      for (int i = 0; i < numbers.length; i++) {
        out.writeLong(numbers[i]);
        out.writeInt(counts[i]);
        out.writeDouble(sums[i]);
        out.writeDouble(maxima[i]);
      }
    }

    void read(DataInputStream in) throws IOException {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.readLong();
        counts[i] = in.readInt();
        sums[i] = in.readDouble();
        maxima[i] = in.readDouble();
      }
    }

    private long number(Instant at) {
      return Math.floorDiv(at.getEpochSecond(), resolution.bucket().toSeconds());
    }
  }
}
