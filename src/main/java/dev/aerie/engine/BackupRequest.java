package dev.aerie.engine;

import java.nio.file.Path;
import java.util.List;

/// Keeping what is stored: backup, restore, verification.
public sealed interface BackupRequest<R> extends Request<R> {
  @Override
  default Capability needs() {
    return Capability.BACKUP;
  }

  /// Writes a verified backup into an empty or new folder.
  ///
  /// @param collections as `database.collection`; empty for all
  record Create(Path target, List<String> collections) implements BackupRequest<BackupReport> {
    public Create {
      collections = List.copyOf(collections);
    }

    @Override
    public boolean writes() {
      return false;
    }
  }

  /// Restores collections beside what is there: each into a new place, then one switch.
  ///
  /// @param collections as `database.collection`; empty for all of the backup
  /// @param suffix added to the names, so that nothing existing is touched; may be empty
  record Restore(Path source, List<String> collections, String suffix)
      implements BackupRequest<BackupReport> {
    public Restore {
      collections = List.copyOf(collections);
    }

    @Override
    public boolean writes() {
      return true;
    }
  }

  /// Checks a backup against its manifest without touching anything.
  record Verify(Path source) implements BackupRequest<BackupReport> {
    @Override
    public boolean writes() {
      return false;
    }
  }

  /// Checks everything stored: catalog, logs, indexes.
  record Doctor() implements BackupRequest<DoctorReport> {
    @Override
    public Capability needs() {
      return Capability.DOCTOR;
    }

    @Override
    public boolean writes() {
      return false;
    }
  }

  record BackupReport(List<Entry> collections, long bytes, List<String> problems) {
    public BackupReport {
      collections = List.copyOf(collections);
      problems = List.copyOf(problems);
    }

    public boolean isSound() {
      return problems.isEmpty();
    }

    public record Entry(String database, String collection, long rows) {}
  }

  record DoctorReport(List<Check> checks) {
    public DoctorReport {
      checks = List.copyOf(checks);
    }

    public boolean isSound() {
      return checks.stream().allMatch(Check::sound);
    }

    /// @param subject what was checked: "catalog", "default.films log", "default.films index"
    public record Check(String subject, boolean sound, String finding) {}
  }
}
