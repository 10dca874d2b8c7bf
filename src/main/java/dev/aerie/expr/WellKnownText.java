package dev.aerie.expr;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks the form of well-known text (OGC 06-103r4, chapter 7) in two dimensions: brackets, pairs
/// of coordinates, closed rings. Whether a shape crosses itself is not asked.
final class WellKnownText {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*([A-Za-z]+|[(),]|[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)");

  private final Matcher tokens;
  private String next = "";

  private WellKnownText(String text) {
    this.tokens = TOKEN.matcher(text);
    advance();
  }

  static boolean isValid(String text) {
    var reader = new WellKnownText(text.strip());
    return reader.shape(0)
        && reader.next.isEmpty()
        && reader.tokens.regionStart() == reader.tokens.regionEnd();
  }

  private void advance() {
    boolean found = tokens.lookingAt();
    next = found ? tokens.group(1).toUpperCase(Locale.ROOT) : "";
    if (found) {
      tokens.region(tokens.end(), tokens.regionEnd());
    }
  }

  private boolean take(String wanted) {
    if (next.equals(wanted)) {
      advance();
      return true;
    }
    return false;
  }

  private boolean shape(int depth) {
    var kind = next;
    advance();
    if (take("EMPTY")) {
      return true;
    }
    return switch (kind) {
      case "POINT" -> points(1, 1, false);
      case "LINESTRING" -> points(2, Integer.MAX_VALUE, false);
      case "MULTIPOINT" -> multiPoint();
      case "POLYGON", "MULTILINESTRING" -> lines(kind.equals("POLYGON"));
      case "MULTIPOLYGON" -> many(() -> lines(true));
      case "GEOMETRYCOLLECTION" -> depth < 32 && many(() -> shape(depth + 1));
      default -> false;
    };
  }

  private interface Part {
    boolean read();
  }

  private boolean many(Part part) {
    if (!take("(")) {
      return false;
    }
    do {
      if (!part.read()) {
        return false;
      }
    } while (take(","));
    return take(")");
  }

  private boolean lines(boolean rings) {
    return many(() -> points(rings ? 4 : 2, Integer.MAX_VALUE, rings));
  }

  private boolean multiPoint() {
    return many(() -> next.equals("(") ? points(1, 1, false) : pair());
  }

  private boolean points(int least, int most, boolean closed) {
    int[] count = {0};
    var ends = new String[] {"", ""};
    boolean read =
        many(
            () -> {
              var x = next;
              boolean first = number();
              ends[1] = x + ' ' + next;
              if (count[0]++ == 0) {
                ends[0] = ends[1];
              }
              return first && number();
            });
    return read && count[0] >= least && count[0] <= most && (!closed || ends[0].equals(ends[1]));
  }

  private boolean pair() {
    boolean first = number();
    return first && number();
  }

  private boolean number() {
    try {
      boolean finite = Double.isFinite(Double.parseDouble(next));
      advance();
      return finite;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
