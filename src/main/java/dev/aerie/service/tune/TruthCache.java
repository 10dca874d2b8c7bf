package dev.aerie.service.tune;

import dev.aerie.layout.Points;
import dev.aerie.service.bench.Truth;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Optional;

/// Exact answers kept in a folder by the fingerprint of what they answer. A file that cannot be
/// read counts as absent; the keys are row numbers.
///
/// Layout: `magic int, version int, k int, queries int`, then a query: `count int`, then a
/// neighbour: `row long, value double`, all big-endian.
public final class TruthCache {
  private static final int MAGIC = 0x41545255;
  private static final int VERSION = 1;

  private final Path folder;

  public TruthCache(Path folder) {
    this.folder = folder;
  }

  /// A number that differs when rows, queries, metric or `k` do, but for chance.
  public static long fingerprint(Points rows, Points queries, String metric, int k) {
    long hash = 0xCBF29CE484222325L ^ metric.hashCode() ^ ((long) k << 32);
    hash = mix(hash, rows);
    return mix(hash, queries);
  }

  public Optional<Truth> find(long fingerprint) {
    var file = file(fingerprint);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (in.readInt() != MAGIC || in.readInt() != VERSION) {
        return Optional.empty();
      }
      int k = in.readInt();
      int queries = in.readInt();
      var answers = new ArrayList<Truth.Answer>();
      for (int query = 0; query < queries; query++) {
        int count = in.readInt();
        var keys = new ArrayList<Object>();
        var values = new ArrayList<Double>();
        for (int i = 0; i < count; i++) {
          keys.add(in.readLong());
          values.add(in.readDouble());
        }
        answers.add(new Truth.Answer(keys, values));
      }
      return Optional.of(new Truth(k, answers));
    } catch (IOException | IllegalArgumentException torn) {
      // Computed again and written over.
      return Optional.empty();
    }
  }

  /// @throws UncheckedIOException if the folder cannot be written
  public void put(long fingerprint, Truth truth) {
    try {
      Files.createDirectories(folder);
      var part = folder.resolve(Long.toHexString(fingerprint) + ".part");
      try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeInt(truth.k());
        out.writeInt(truth.queries());
        for (var answer : truth.answers()) {
          out.writeInt(answer.keys().size());
          for (int i = 0; i < answer.keys().size(); i++) {
            out.writeLong((Long) answer.keys().get(i));
            out.writeDouble(answer.values().get(i));
          }
        }
      }
      Files.move(part, file(fingerprint), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(long fingerprint) {
    return folder.resolve(Long.toHexString(fingerprint) + ".truth");
  }

  private static long mix(long seed, Points points) {
    long hash = seed ^ points.count();
    var values = points.values();
    for (int i = 0; i < points.count() * points.dim(); i++) {
      hash = (hash ^ Float.floatToRawIntBits(values[i])) * 0x100000001B3L;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
