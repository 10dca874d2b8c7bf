package dev.aerie.service.load;

import dev.aerie.dataset.Cell;
import dev.aerie.dataset.DataFileException;
import dev.aerie.dataset.FileFormat;
import dev.aerie.dataset.NpyFile;
import dev.aerie.dataset.RowError;
import dev.aerie.dataset.RowSource;
import dev.aerie.dataset.SourceRow;
import dev.aerie.engine.Progress;
import dev.aerie.service.load.FileProfile.ColumnProfile;
import dev.aerie.service.load.FileProfile.VectorColumn;
import dev.aerie.service.load.FileProfile.VectorForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads a file twice: its first rows to find vectors, then as many as wanted to count and measure.
final class Profiler {
  private static final int SAMPLE = 1_000;
  private static final int PREVIEW = 50;
  private static final int BROKEN = 20;
  private static final int CELL = 200;
  private static final int LEAST_COLUMNS = 4;
  private static final int LEAST_BASE64 = 44;
  private static final double MOST = 0.8;
  private static final Pattern NUMBERED = Pattern.compile("(.*?)[_.\\-\\[ ]?(\\d{1,5})]?");

  private final RowSource source;
  private final long maxRows;
  private final Progress progress;
  private final boolean untyped;

  Profiler(RowSource source, long maxRows, Progress progress) {
    this.source = source;
    this.maxRows = maxRows;
    this.progress = progress;
    this.untyped = source.format() == FileFormat.CSV || source.format() == FileFormat.TSV;
  }

  FileProfile profile() {
    var found = candidates();
    var columns = new LinkedHashMap<String, ColumnStats>();
    source.columns().forEach(name -> columns.put(name, new ColumnStats(name, untyped)));
    var vectors = new LinkedHashMap<Candidate, VectorStats>();
    found.forEach(candidate -> vectors.put(candidate, new VectorStats(candidate.dimension)));
    var preview = new ArrayList<List<String>>();
    var broken = new ArrayList<RejectedRow>();
    long brokenRows = 0;
    long rows = 0;
    long bytesRead = 0;
    boolean exact = true;
    try (var reader = source.open(0)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        var row = next.get();
        if (row.problem().isPresent()) {
          brokenRows++;
          if (broken.size() < BROKEN) {
            broken.add(
                RejectedRow.of(
                    new RowError(row.number(), Optional.empty(), row.problem().get(), row.text())));
          }
        } else {
          measure(row, columns, vectors, rows);
          if (preview.size() < PREVIEW) {
            preview.add(shown(row));
          }
        }
        rows++;
        if (rows % SAMPLE == 0) {
          progress.update(reader.bytesRead(), source.bytes());
        }
        if (rows >= maxRows) {
          exact = reader.next().isEmpty();
          break;
        }
      }
      bytesRead = reader.bytesRead();
    }
    long total =
        source.rows().orElse(exact || bytesRead == 0 ? rows : rows * source.bytes() / bytesRead);
    boolean known = exact || source.rows().isPresent();
    var all = new ArrayList<VectorColumn>();
    vectors.forEach((candidate, stats) -> all.add(candidate.column(stats.quality())));
    if (all.isEmpty()) {
      beside(total, known).ifPresent(all::add);
    }
    var profiles =
        columns.values().stream().map(ColumnStats::profile).map(p -> settled(p, found)).toList();
    return new FileProfile(
        source.file(),
        source.format().title(),
        source.bytes(),
        total,
        known,
        rows,
        profiles,
        all,
        preview,
        broken,
        brokenRows,
        warnings(profiles, all, brokenRows));
  }

  private void measure(
      SourceRow row,
      Map<String, ColumnStats> columns,
      Map<Candidate, VectorStats> vectors,
      long before) {
    for (var name : row.columns()) {
      columns.computeIfAbsent(name, added -> late(added, before)).add(row.value(name));
    }
    vectors.forEach((candidate, stats) -> candidate.measure(row, stats));
  }

  /// A column first met in a later row was empty until then.
  private ColumnStats late(String name, long rows) {
    var stats = new ColumnStats(name, untyped);
    for (long row = 0; row < rows; row++) {
      stats.add(Optional.empty());
    }
    return stats;
  }

  private List<String> shown(SourceRow row) {
    return row.columns().stream()
        .map(name -> row.value(name).map(Cell::text).orElse(""))
        .map(text -> text.length() > CELL ? text.substring(0, CELL) + "…" : text)
        .toList();
  }

  /// A numeric list that is not among the vectors is a list.
  private static ColumnProfile settled(ColumnProfile profile, List<Candidate> vectors) {
    boolean vector =
        vectors.stream()
            .anyMatch(
                candidate ->
                    candidate.form != VectorForm.COLUMNS
                        && candidate.columns.contains(profile.name()));
    var kind = profile.kind();
    if (vector && kind != ColumnKind.EMPTY) {
      kind = ColumnKind.VECTOR;
    } else if (kind == ColumnKind.VECTOR) {
      kind = ColumnKind.LIST;
    }
    return new ColumnProfile(
        profile.name(),
        kind,
        profile.kinds(),
        profile.values(),
        profile.empty(),
        profile.longest(),
        profile.mostElements(),
        profile.numericElements(),
        profile.wholeElements(),
        profile.unique(),
        profile.examples(),
        vector ? Optional.empty() : profile.warning());
  }

  private static List<String> warnings(
      List<ColumnProfile> columns, List<VectorColumn> vectors, long brokenRows) {
    var warnings = new ArrayList<String>();
    if (brokenRows > 0) {
      warnings.add("%,d rows cannot be understood and will be left out".formatted(brokenRows));
    }
    columns.forEach(column -> column.warning().ifPresent(warnings::add));
    for (var vector : vectors) {
      var quality = vector.quality();
      var name = vector.name();
      if (quality.wrongLength() > 0) {
        warnings.add(
            "\"%s\": %,d rows do not have %d dimensions"
                .formatted(name, quality.wrongLength(), vector.dimension()));
      }
      if (quality.notFinite() > 0) {
        warnings.add(
            "\"%s\": %,d vectors hold NaN or infinity".formatted(name, quality.notFinite()));
      }
      if (quality.zero() > 0) {
        warnings.add(
            "\"%s\": %,d vectors are all zeros, which COSINE cannot compare"
                .formatted(name, quality.zero()));
      }
      if (quality.duplicates() > 0) {
        warnings.add(
            "\"%s\": %,d vectors stand there more than once".formatted(name, quality.duplicates()));
      }
      if (quality.unitShare() > 0.05 && quality.unitShare() < 0.95) {
        warnings.add(
            "\"%s\": %.0f %% of the vectors have length 1 and the others do not; they may come from two models"
                .formatted(name, 100 * quality.unitShare()));
      }
    }
    return warnings;
  }

  /// A `.npy` whose name begins like the file's and that has a vector for each row.
  private Optional<VectorColumn> beside(long rows, boolean exact) {
    var folder = source.file().toAbsolutePath().getParent();
    var name = String.valueOf(source.file().getFileName());
    int dot = name.lastIndexOf('.');
    var stem = dot < 0 ? name : name.substring(0, dot);
    if (folder == null) {
      return Optional.empty();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(stem))
          .filter(file -> String.valueOf(file.getFileName()).endsWith(".npy"))
          .filter(file -> !file.getFileName().equals(source.file().getFileName()))
          .sorted()
          .flatMap(file -> vectorsOf(file, rows, exact).stream())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<VectorColumn> vectorsOf(Path file, long rows, boolean exact) {
    try (var vectors = NpyFile.open(file)) {
      if (exact && vectors.rows() != rows) {
        return Optional.empty();
      }
      var stats = new VectorStats(vectors.dimension());
      var vector = new float[vectors.dimension()];
      for (long row = 0; row < Math.min(vectors.rows(), maxRows); row++) {
        vectors.read(row, 1, vector);
        stats.add(vector);
      }
      return Optional.of(
          new VectorColumn(
              vectors.column(),
              VectorForm.FILE,
              vectors.dimension(),
              List.of(),
              Optional.of(file),
              stats.quality()));
    } catch (DataFileException e) {
      return Optional.empty();
    }
  }

  private List<Candidate> candidates() {
    var lengths = new LinkedHashMap<String, Map<Integer, Integer>>();
    var forms = new HashMap<String, VectorForm>();
    var values = new HashMap<String, Integer>();
    var numeric = new LinkedHashMap<String, Boolean>();
    try (var reader = source.open(0)) {
      for (int i = 0; i < SAMPLE; i++) {
        var next = reader.next();
        if (next.isEmpty()) {
          break;
        }
        for (var name : next.get().columns()) {
          next.get().value(name).ifPresent(value -> look(name, value, lengths, forms, numeric));
          next.get().value(name).ifPresent(value -> values.merge(name, 1, Integer::sum));
        }
      }
    }
    var found = new ArrayList<Candidate>();
    lengths.forEach(
        (name, counts) -> {
          var most = counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
          boolean enough = most.getValue() >= MOST * values.getOrDefault(name, 0);
          if (enough && most.getKey() > 1) {
            found.add(
                new Candidate(
                    name, forms.getOrDefault(name, VectorForm.LIST), most.getKey(), List.of(name)));
          }
        });
    found.addAll(numbered(numeric));
    return found;
  }

  private void look(
      String name,
      Object value,
      Map<String, Map<Integer, Integer>> lengths,
      Map<String, VectorForm> forms,
      Map<String, Boolean> numeric) {
    boolean number = value instanceof Number || untyped && isNumber(value);
    numeric.merge(name, number, Boolean::logicalAnd);
    var form = form(value);
    if (form.isPresent()) {
      Cell.vector(value)
          .filter(vector -> form.get() != VectorForm.BASE64 || isLikely(vector))
          .ifPresent(
              vector -> {
                forms.put(name, form.get());
                lengths
                    .computeIfAbsent(name, key -> new HashMap<>())
                    .merge(vector.length, 1, Integer::sum);
              });
    }
  }

  private static boolean isNumber(Object value) {
    try {
      return value instanceof String text && !Double.isNaN(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static Optional<VectorForm> form(Object value) {
    return switch (value) {
      case float[] floats -> Optional.of(VectorForm.LIST);
      case double[] doubles -> Optional.of(VectorForm.LIST);
      case long[] longs -> Optional.of(VectorForm.LIST);
      case String text when text.strip().startsWith("[") -> Optional.of(VectorForm.TEXT);
      case String text when text.length() >= LEAST_BASE64 && text.indexOf(' ') < 0 ->
          Optional.of(VectorForm.BASE64);
      case String text
          when text.length() > 8
              && Character.isDigit(text.charAt(text.length() - 1))
              && text.strip().indexOf(' ') > 0 ->
          Optional.of(VectorForm.TEXT);
      default -> Optional.empty();
    };
  }

  /// Base64 of anything else makes floats of any size.
  private static boolean isLikely(float[] vector) {
    for (float component : vector) {
      if (!(Math.abs(component) < 1e6) || component != 0 && Math.abs(component) < 1e-20) {
        return false;
      }
    }
    return true;
  }

  /// Columns `x_0, x_1, …` or `x1, x2, …`, all numbers, in the order of their numbers.
  private static List<Candidate> numbered(Map<String, Boolean> numeric) {
    var groups = new LinkedHashMap<String, TreeMap<Integer, String>>();
    numeric.forEach(
        (name, isNumber) -> {
          var match = NUMBERED.matcher(name);
          if (isNumber && match.matches()) {
            groups
                .computeIfAbsent(match.group(1), key -> new TreeMap<>())
                .put(Integer.parseInt(match.group(2)), name);
          }
        });
    var found = new ArrayList<Candidate>();
    groups.forEach(
        (prefix, columns) -> {
          int span = columns.lastKey() - columns.firstKey() + 1;
          if (columns.size() >= LEAST_COLUMNS
              && span == columns.size()
              && columns.firstKey() <= 1) {
            found.add(
                new Candidate(
                    prefix.isEmpty() ? "vector" : prefix,
                    VectorForm.COLUMNS,
                    columns.size(),
                    List.copyOf(columns.values())));
          }
        });
    return found;
  }

  /// Something that looks like vectors in the first rows.
  private record Candidate(String name, VectorForm form, int dimension, List<String> columns) {
    void measure(SourceRow row, VectorStats stats) {
      if (form == VectorForm.COLUMNS) {
        var vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
          vector[i] = row.value(columns.get(i)).map(Candidate::component).orElse(Float.NaN);
        }
        stats.add(vector);
        return;
      }
      var value = row.value(columns.get(0));
      if (value.isPresent()) {
        Cell.vector(value.get()).ifPresentOrElse(stats::add, stats::addUnreadable);
      }
    }

    private static float component(Object value) {
      return switch (value) {
        case Number number -> number.floatValue();
        case String text when isNumber(text) -> Float.parseFloat(text);
        default -> Float.NaN;
      };
    }

    VectorColumn column(VectorQuality quality) {
      return new VectorColumn(name, form, dimension, columns, Optional.empty(), quality);
    }
  }
}
