package dev.aerie.service.load;

import dev.aerie.dataset.Cell;
import dev.aerie.dataset.JsonText;
import dev.aerie.service.load.FileProfile.ColumnProfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Collects what [ColumnProfile] tells.
final class ColumnStats {
  private static final int REMEMBERED = 100_000;
  private static final int EXAMPLES = 3;
  private static final Pattern INTEGER = Pattern.compile("[-+]?\\d{1,18}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?|NaN|[-+]?Infinity");

  private final String name;
  private final boolean untyped;
  private final Map<ColumnKind, Long> kinds = new EnumMap<>(ColumnKind.class);
  private final Set<Object> seen = new HashSet<>();
  private final List<String> examples = new ArrayList<>();
  private long values;
  private long empty;
  private int longest;
  private int mostElements;
  private boolean numericElements = true;
  private boolean wholeElements = true;
  private boolean unique = true;

  /// @param untyped whether texts may stand for anything, as in CSV
  ColumnStats(String name, boolean untyped) {
    this.name = name;
    this.untyped = untyped;
  }

  void add(Optional<Object> cell) {
    if (cell.isEmpty()) {
      empty++;
      return;
    }
    var value = cell.get();
    values++;
    kinds.merge(kind(value), 1L, Long::sum);
    if (value instanceof String || value instanceof JsonText) {
      longest = Math.max(longest, bytes(Cell.text(value)));
    }
    if (unique && (value instanceof Long || value instanceof String)) {
      unique = seen.size() >= REMEMBERED || seen.add(value);
    } else {
      unique = false;
    }
    if (examples.size() < EXAMPLES) {
      var text = Cell.text(value);
      examples.add(text.length() > 60 ? text.substring(0, 60) + "…" : text);
    }
  }

  ColumnProfile profile() {
    var kind = kind();
    return new ColumnProfile(
        name,
        kind,
        kinds,
        values,
        empty,
        longest,
        mostElements,
        numericElements,
        wholeElements,
        unique && values > 0,
        examples,
        kind == ColumnKind.MIXED ? Optional.of(mixed()) : Optional.empty());
  }

  private String mixed() {
    return "column \"%s\" mixes %s; as text all of it fits"
        .formatted(
            name,
            kinds.entrySet().stream()
                .sorted(Map.Entry.<ColumnKind, Long>comparingByValue().reversed())
                .map(entry -> "%s (%,d)".formatted(entry.getKey().title(), entry.getValue()))
                .collect(Collectors.joining(", ")));
  }

  private ColumnKind kind() {
    if (kinds.isEmpty()) {
      return ColumnKind.EMPTY;
    }
    if (kinds.size() == 1) {
      return kinds.keySet().iterator().next();
    }
    if (kinds.keySet().equals(Set.of(ColumnKind.INTEGER, ColumnKind.NUMBER))) {
      return ColumnKind.NUMBER;
    }
    if (kinds.keySet().equals(Set.of(ColumnKind.LIST, ColumnKind.VECTOR))) {
      return ColumnKind.LIST;
    }
    // In an untyped file a text column may well hold a number here and there, but not one in ten.
    long texts = kinds.getOrDefault(ColumnKind.TEXT, 0L);
    boolean fewOthers = untyped && texts * 10 >= values * 9;
    return fewOthers ? ColumnKind.TEXT : ColumnKind.MIXED;
  }

  private ColumnKind kind(Object value) {
    return switch (value) {
      case Boolean bool -> ColumnKind.BOOLEAN;
      case Long number -> ColumnKind.INTEGER;
      case Double number -> ColumnKind.NUMBER;
      case JsonText json -> ColumnKind.JSON;
      case float[] floats -> list(floats.length, true, false);
      case double[] doubles -> list(doubles.length, doubles.length > 0, false);
      case long[] longs -> list(longs.length, true, true);
      case List<?> list -> {
        boolean numeric = !list.isEmpty() && list.stream().allMatch(Number.class::isInstance);
        boolean whole = numeric && list.stream().allMatch(Long.class::isInstance);
        yield list(list.size(), numeric, whole);
      }
      case String text -> untyped ? textKind(text.strip()) : ColumnKind.TEXT;
      default -> ColumnKind.TEXT;
    };
  }

  private ColumnKind list(int size, boolean numeric, boolean whole) {
    mostElements = Math.max(mostElements, size);
    if (size > 0) {
      numericElements = numericElements && numeric;
      wholeElements = wholeElements && whole;
    }
    return numeric ? ColumnKind.VECTOR : ColumnKind.LIST;
  }

  private ColumnKind textKind(String text) {
    if (INTEGER.matcher(text).matches()) {
      return ColumnKind.INTEGER;
    }
    if (NUMBER.matcher(text).matches()) {
      return ColumnKind.NUMBER;
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return ColumnKind.BOOLEAN;
    }
    if (text.startsWith("{") && text.endsWith("}")) {
      return ColumnKind.JSON;
    }
    if (text.startsWith("[") && text.endsWith("]")) {
      var vector = Cell.vector(text);
      if (vector.isPresent()) {
        return list(vector.get().length, true, !text.contains("."));
      }
      return list((int) text.chars().filter(c -> c == ',').count() + 1, false, false);
    }
    return ColumnKind.TEXT;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
