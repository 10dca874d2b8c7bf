package dev.aerie.expr;

import java.util.ArrayList;
import java.util.List;

/// A `like` pattern: `%` is any run of characters, `_` any one character (a code point), a
/// backslash takes the next character as it is. Case counts.
///
/// @param parts in order; literals are not empty and do not follow one another, nor do runs
public record LikePattern(List<Part> parts) {
  public LikePattern {
    parts = List.copyOf(parts);
  }

  /// A piece of a pattern.
  public sealed interface Part {
    record Literal(String text) implements Part {}

    record AnyOne() implements Part {}

    record AnyRun() implements Part {}
  }

  /// @throws IllegalArgumentException if the pattern ends in a lone backslash
  public static LikePattern parse(String pattern) {
    var parts = new ArrayList<Part>();
    var literal = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        if (++i == pattern.length()) {
          throw new IllegalArgumentException(
              "pattern %s ends in a lone backslash; write \\\\ for one"
                  .formatted(Constant.quote(pattern)));
        }
        literal.append(pattern.charAt(i));
      } else if (c == '%' || c == '_') {
        endLiteral(literal, parts);
        if (c == '_') {
          parts.add(new Part.AnyOne());
        } else if (parts.isEmpty() || !(parts.getLast() instanceof Part.AnyRun)) {
          parts.add(new Part.AnyRun());
        }
      } else {
        literal.append(c);
      }
    }
    endLiteral(literal, parts);
    return new LikePattern(parts);
  }

  private static void endLiteral(StringBuilder literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add(new Part.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  /// Whether it has no wildcard, so that it says the same as `==`.
  public boolean isExact() {
    return parts.isEmpty() || parts.size() == 1 && parts.getFirst() instanceof Part.Literal;
  }

  /// Whether it is one literal and then anything.
  public boolean isPrefix() {
    return parts.size() == 2
        && parts.get(0) instanceof Part.Literal
        && parts.get(1) instanceof Part.AnyRun;
  }

  /// The literal every match begins with; may be empty.
  public String prefix() {
    return !parts.isEmpty() && parts.getFirst() instanceof Part.Literal(String text) ? text : "";
  }

  public boolean matches(String text) {
    // Greedy with one place to come back to: only the last run can have to take more.
    int part = 0;
    int at = 0;
    int runPart = -1;
    int runAt = -1;
    while (true) {
      if (part == parts.size()) {
        if (at == text.length()) {
          return true;
        }
      } else {
        int next =
            switch (parts.get(part)) {
              case Part.AnyRun _ -> {
                runPart = part;
                runAt = at;
                yield at;
              }
              case Part.AnyOne _ -> at < text.length() ? text.offsetByCodePoints(at, 1) : -1;
              case Part.Literal(String literal) ->
                  text.startsWith(literal, at) ? at + literal.length() : -1;
            };
        if (next >= 0) {
          at = next;
          part++;
          continue;
        }
      }
      // Let the last run take one character more and try again behind it.
      if (runPart < 0 || runAt >= text.length()) {
        return false;
      }
      runAt = text.offsetByCodePoints(runAt, 1);
      at = runAt;
      part = runPart + 1;
    }
  }
}
