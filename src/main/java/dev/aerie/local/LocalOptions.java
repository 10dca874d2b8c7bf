package dev.aerie.local;

import dev.aerie.local.log.LogFiles;
import java.time.Duration;

/// How an embedded engine works.
///
/// @param forced whether a write is on disk before it is acknowledged; without, a power cut may
///     take
///     the last moments
/// @param staleness how old what a BOUNDED read sees may be
/// @param bufferBytes rows of one collection kept in memory before they become a segment
/// @param logFileBytes a log file above this is followed by another
/// @param logBytes a log above this is committed
/// @param builders threads one index build may use
/// @param logFiles where logs are written
public record LocalOptions(
    boolean forced,
    Duration staleness,
    long bufferBytes,
    long logFileBytes,
    long logBytes,
    int builders,
    LogFiles logFiles) {
  public static final LocalOptions DEFAULT =
      new LocalOptions(
          true,
          Duration.ofMillis(200),
          64L << 20,
          64L << 20,
          256L << 20,
          Math.max(1, Runtime.getRuntime().availableProcessors()),
          LogFiles.DISK);

  public LocalOptions {
    if (bufferBytes < 1 << 20) {
      throw new IllegalArgumentException(
          "bufferBytes must be at least 1 MiB; got %d".formatted(bufferBytes));
    }
    if (builders < 1) {
      throw new IllegalArgumentException("builders must be at least 1; got " + builders);
    }
  }

  public LocalOptions withLogFiles(LogFiles files) {
    return new LocalOptions(
        forced, staleness, bufferBytes, logFileBytes, logBytes, builders, files);
  }

  public LocalOptions withLogBytes(long fileBytes, long bytes) {
    return new LocalOptions(forced, staleness, bufferBytes, fileBytes, bytes, builders, logFiles);
  }
}
