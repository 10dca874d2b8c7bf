package dev.aerie.ui.data;

import dev.aerie.engine.Field;
import dev.aerie.engine.SparseVector;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Values as text. Floats are the shortest text that reads back as the same number; integers have
/// thousands separators unless they are keys.
public final class ValueText {
  private static final int MOST_COMPONENTS = 8;

  private ValueText() {}

  /// One line for a cell.
  public static String cell(Field field, Object value) {
    return switch (value) {
      case Long number when !field.primaryKey() && !field.partitionKey() ->
          String.format(Locale.ROOT, "%,d", number);
      case Integer number -> String.format(Locale.ROOT, "%,d", number);
      case String text when text.isEmpty() -> "“”";
      case String text -> text.lines().collect(Collectors.joining(" "));
      default -> full(value);
    };
  }

  /// The whole value, over several lines where it has them.
  public static String full(Object value) {
    return switch (value) {
      case String text when text.isEmpty() -> "“”";
      case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(", "));
      case float[] vector -> components(vector, vector.length);
      case byte[] bytes ->
          HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MOST_COMPONENTS))
              + (bytes.length > MOST_COMPONENTS ? "…" : "");
      case SparseVector sparse -> sparse(sparse);
      default -> String.valueOf(value);
    };
  }

  /// `[0.1, -0.25, …]` with at most `most` components.
  public static String components(float[] vector, int most) {
    var text = new StringBuilder("[");
    for (int i = 0; i < Math.min(most, vector.length); i++) {
      text.append(i == 0 ? "" : ", ").append(vector[i]);
    }
    return text.append(most < vector.length ? ", …]" : "]").toString();
  }

  private static String sparse(SparseVector sparse) {
    var text = new StringBuilder("{");
    for (int i = 0; i < Math.min(MOST_COMPONENTS, sparse.size()); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(Integer.toUnsignedString(sparse.index(i)))
          .append(": ")
          .append(sparse.value(i));
    }
    return text.append(sparse.size() > MOST_COMPONENTS ? ", …}" : "}").toString();
  }
}
