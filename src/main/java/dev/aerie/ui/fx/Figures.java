package dev.aerie.ui.fx;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers as a person reads them, the same everywhere: thousands separated, units said.
public final class Figures {
  private Figures() {}

  /// `120,431`
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// `118k`, `1.2M`: for a badge.
  public static String compact(long number) {
    if (number < 1_000) {
      return Long.toString(number);
    }
    if (number < 999_500) {
      return number < 9_950 ? decimal(number / 1e3) + "k" : Math.round(number / 1e3) + "k";
    }
    if (number < 999_500_000) {
      return number < 99_500_000 ? decimal(number / 1e6) + "M" : Math.round(number / 1e6) + "M";
    }
    return decimal(number / 1e9) + "G";
  }

  /// `412 MB`, in powers of 1,024.
  public static String bytes(long bytes) {
    if (bytes < 0) {
      return "–";
    }
    double left = bytes;
    var units = new String[] {"B", "kB", "MB", "GB", "TB"};
    int unit = 0;
    while (left >= 999.5 && unit < units.length - 1) {
      left /= 1024;
      unit++;
    }
    return (left < 9.95 && unit > 0 ? decimal(left) : Long.toString(Math.round(left)))
        + " "
        + units[unit];
  }

  /// `0.2 ms`, `18 ms`, `2.4 s`; empty text for NaN.
  public static String millis(double millis) {
    if (Double.isNaN(millis)) {
      return "";
    }
    if (millis < 9.95) {
      return decimal(millis) + " ms";
    }
    return millis < 999.5
        ? Math.round(millis) + " ms"
        : String.format(Locale.ROOT, "%.1f s", millis / 1e3);
  }

  /// `20 s`, `4 min`, `2 h 10 min`
  public static String time(Duration time) {
    long seconds = Math.max(1, Math.round(time.toMillis() / 1e3));
    if (seconds < 100) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    return minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  /// `0.731`: a score or distance.
  public static String value(double value) {
    double size = Math.abs(value);
    if (size >= 1_000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 100 ? "%.1f" : size >= 10 ? "%.2f" : "%.3f", value);
  }

  /// `6.4 %`
  public static String percent(double share) {
    return String.format(
        Locale.ROOT, share > 0 && share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  /// `now`, `9 min ago`, `12 Oct`
  public static String ago(Instant moment, Instant now) {
    long seconds = Math.max(0, Duration.between(moment, now).toSeconds());
    if (seconds < 60) {
      return "now";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min ago";
    }
    if (seconds < 24 * 3_600) {
      return seconds / 3_600 + " h ago";
    }
    return DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH)
        .format(moment.atZone(ZoneId.systemDefault()));
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
