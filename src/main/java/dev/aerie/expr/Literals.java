package dev.aerie.expr;

import dev.aerie.expr.Operand.Span;
import dev.aerie.expr.Operand.Value;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;

/// Reads what stands for itself: numbers, texts, instants, intervals, and the values of templates.
final class Literals {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private Literals() {}

  /// Decimal, `0x`, `0b`, or octal with a leading 0.
  ///
  /// @param negative whether a minus stands before it, so that the least number can be written
  static Constant.Int integer(String token, boolean negative, ParserRuleContext place) {
    BigInteger number;
    try {
      var lower = token.toLowerCase(java.util.Locale.ROOT);
      if (lower.startsWith("0x")) {
        number = new BigInteger(lower.substring(2), 16);
      } else if (lower.startsWith("0b")) {
        number = new BigInteger(lower.substring(2), 2);
      } else if (lower.length() > 1 && lower.startsWith("0")) {
        number = new BigInteger(lower, 8);
      } else {
        number = new BigInteger(lower);
      }
    } catch (NumberFormatException e) {
      throw FilterFault.at(
          place, "%s starts with 0, so it is octal and has no digit above 7".formatted(token));
    }
    var signed = negative ? number.negate() : number;
    if (signed.compareTo(LEAST) < 0 || signed.compareTo(MOST) > 0) {
      throw FilterFault.at(place, "%s does not fit into 64 bits".formatted(signed));
    }
    return new Constant.Int(signed.longValue());
  }

  static Constant.Real real(String token, ParserRuleContext place) {
    double value = Double.parseDouble(token);
    if (Double.isInfinite(value)) {
      throw FilterFault.at(place, "%s is beyond the range of a double".formatted(token));
    }
    return new Constant.Real(value);
  }

  /// A string token: quotes of either kind, an optional prefix, escapes as in C; raw after `r`.
  static String text(String token, ParserRuleContext place) {
    int quote = 0;
    while (token.charAt(quote) != '"' && token.charAt(quote) != '\'') {
      quote++;
    }
    var body = token.substring(quote + 1, token.length() - 1);
    if (token.charAt(0) == 'r' || token.charAt(0) == 'R' || body.indexOf('\\') < 0) {
      return body;
    }
    var text = new StringBuilder(body.length());
    int i = 0;
    while (i < body.length()) {
      char c = body.charAt(i++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escape = body.charAt(i++);
      switch (escape) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'f' -> text.append('\f');
        case 'b' -> text.append('\b');
        case 'v' -> text.append('\u000b');
        case 'a' -> text.append('\u0007');
        case 'x' -> i = code(body, i, 2, 16, text, place);
        case 'u' -> i = code(body, i, 4, 16, text, place);
        case 'U' -> i = code(body, i, 8, 16, text, place);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          int end = i;
          while (end < body.length()
              && end < i + 2
              && body.charAt(end) >= '0'
              && body.charAt(end) <= '7') {
            end++;
          }
          text.appendCodePoint(Integer.parseInt(body, i - 1, end, 8));
          i = end;
        }
        default -> text.append(escape);
      }
    }
    return text.toString();
  }

  private static int code(
      String body, int from, int digits, int radix, StringBuilder text, ParserRuleContext place) {
    int end = from + digits;
    try {
      int code = end <= body.length() ? Integer.parseInt(body, from, end, radix) : -1;
      if (Character.isValidCodePoint(code)) {
        text.appendCodePoint(code);
        return end;
      }
    } catch (NumberFormatException e) {
      // Told below, with the text.
    }
    throw FilterFault.at(
        place,
        "escape \\%s must be followed by %d hexadecimal digits of a character"
            .formatted(body.substring(from - 1, Math.min(end, body.length())), digits));
  }

  /// Microseconds since 1970; a time without a zone is UTC.
  static Constant.Int instant(String text, ParserRuleContext place) {
    for (var reading : List.<Reading>of(Literals::zoned, Literals::naive, Literals::day)) {
      try {
        return new Constant.Int(
            ChronoUnit.MICROS.between(Instant.EPOCH, reading.read(text.replace(' ', 'T'))));
      } catch (DateTimeException e) {
        // The next reading may fit.
      }
    }
    throw FilterFault.at(
        place,
        "%s is no ISO 8601 time, such as \"2025-01-31T08:30:00Z\"".formatted(Constant.quote(text)));
  }

  private interface Reading {
    Instant read(String text);
  }

  private static Instant zoned(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private static Instant naive(String text) {
    return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private static Instant day(String text) {
    return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /// An ISO 8601 duration of days and more, of hours and less, or both: `P1DT2H`.
  static Span interval(String text, ParserRuleContext place) {
    int time = text.indexOf('T');
    var days = time < 0 ? text : text.substring(0, time);
    try {
      return new Span(
          days.equals("P") ? Period.ZERO : Period.parse(days),
          time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time)));
    } catch (DateTimeException e) {
      throw FilterFault.at(
          place, "%s is no ISO 8601 duration, such as \"P1DT2H\"".formatted(Constant.quote(text)));
    }
  }

  /// The value a caller gave for a template.
  static Operand template(Object value, ParserRuleContext place) {
    if (value instanceof List<?> list) {
      var values = new ArrayList<Value>(list.size());
      for (var element : list) {
        values.add(new Value(constant(element, place), true, false));
      }
      return new Operand.Listed(values);
    }
    return new Value(constant(value, place), true, false);
  }

  private static Constant constant(Object value, ParserRuleContext place) {
    return switch (value) {
      case Boolean truth -> new Constant.Bool(truth);
      case Long number -> new Constant.Int(number);
      case Integer number -> new Constant.Int(number);
      case Short number -> new Constant.Int(number);
      case Byte number -> new Constant.Int(number);
      case Float number -> new Constant.Real(number);
      case Double number -> new Constant.Real(number);
      case String text -> new Constant.Text(text);
      case List<?> list ->
          new Constant.Array(list.stream().map(element -> constant(element, place)).toList());
      default ->
          throw FilterFault.at(
              place,
              "template values are booleans, numbers, texts or lists; %s is none"
                  .formatted(value.getClass().getSimpleName()));
    };
  }
}
