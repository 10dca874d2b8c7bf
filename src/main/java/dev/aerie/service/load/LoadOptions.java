package dev.aerie.service.load;

import java.nio.file.Path;
import java.util.Optional;

/// How a load goes about it.
///
/// @param batchRows 1…100,000
/// @param batchBytes about, 1 KiB…64 MiB: servers refuse larger messages
/// @param rejectFile where bad rows go; CSV if the name ends so, else JSON Lines
/// @param journal kept while the load runs, to go on after a crash
/// @param keysFile where the keys go that the engine makes, one a line
/// @param retries of a batch the engine could not take for the moment
public record LoadOptions(
    Mode mode,
    OnBadRow onBadRow,
    int batchRows,
    long batchBytes,
    Optional<Path> rejectFile,
    Optional<Path> journal,
    Optional<Path> keysFile,
    int retries) {
  /// Reject, 1,000 rows or 8 MiB a batch, five retries, no files.
  public static final LoadOptions DEFAULT =
      new LoadOptions(
          Mode.INSERT,
          OnBadRow.REJECT,
          1_000,
          8L << 20,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          5);

  /// Whether rows with keys that are there are added or replace them.
  public enum Mode {
    INSERT,
    UPSERT
  }

  /// What a row that does not fit does to the load.
  public enum OnBadRow {
    /// It is left out and told.
    REJECT,
    /// The load ends before the batch with that row.
    STOP
  }

  public LoadOptions {
    if (batchRows < 1 || batchRows > 100_000) {
      throw new IllegalArgumentException("batchRows must be in [1, 100000]; got " + batchRows);
    }
    if (batchBytes < 1024 || batchBytes > 64L << 20) {
      throw new IllegalArgumentException(
          "batchBytes must be in [1024, 67108864]; got " + batchBytes);
    }
    if (retries < 0) {
      throw new IllegalArgumentException("retries must be at least 0; got " + retries);
    }
  }

  public LoadOptions with(Mode newMode) {
    return new LoadOptions(
        newMode, onBadRow, batchRows, batchBytes, rejectFile, journal, keysFile, retries);
  }

  public LoadOptions with(OnBadRow newOnBadRow) {
    return new LoadOptions(
        mode, newOnBadRow, batchRows, batchBytes, rejectFile, journal, keysFile, retries);
  }

  public LoadOptions withBatch(int rows, long bytes) {
    return new LoadOptions(mode, onBadRow, rows, bytes, rejectFile, journal, keysFile, retries);
  }

  public LoadOptions withRejectFile(Path file) {
    return new LoadOptions(
        mode, onBadRow, batchRows, batchBytes, Optional.of(file), journal, keysFile, retries);
  }

  public LoadOptions withJournal(Path file) {
    return new LoadOptions(
        mode, onBadRow, batchRows, batchBytes, rejectFile, Optional.of(file), keysFile, retries);
  }

  public LoadOptions withKeysFile(Path file) {
    return new LoadOptions(
        mode, onBadRow, batchRows, batchBytes, rejectFile, journal, Optional.of(file), retries);
  }
}
