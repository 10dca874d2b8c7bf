package dev.aerie.service.copy;

import java.time.Duration;
import java.util.List;

/// What a copy did.
///
/// @param sourceRows counted in the source at the end
/// @param targetRows counted in the copy at the end
/// @param comparedRows rows whose values were compared
/// @param differences found in them, or between the counts; empty for a good copy
/// @param notes what had to be done otherwise than in the source
public record CopyReport(
    long sourceRows,
    long targetRows,
    int comparedRows,
    List<String> differences,
    List<String> notes,
    Duration took) {
  public CopyReport {
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }

  public boolean isVerified() {
    return differences.isEmpty();
  }
}
