package dev.aerie.boot;

import dev.aerie.engine.BackupRequest;
import dev.aerie.engine.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `aerie backup`, `restore` and `doctor`: one request each, and its report.
final class BackupCommand {
  private BackupCommand() {}

  @Command(
      name = "backup",
      mixinStandardHelpOptions = true,
      description = "Writes a verified backup of a data folder.")
  static final class Backup implements Callable<Integer> {
    @Mixin private EngineOptions engine = new EngineOptions();

    @Parameters(paramLabel = "TARGET", description = "a new or empty folder")
    private Path target = Path.of("");

    @Option(
        names = "--collection",
        paramLabel = "DB.NAME",
        description = "only these; may be given several times")
    private List<String> collections = List.of();

    @Override
    public Integer call() {
      try (var parts = new Parts();
          var opened = engine.open(parts)) {
        return told(
            opened.call(
                new BackupRequest.Create(target.toAbsolutePath(), collections), Progress.NONE));
      }
    }
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = "Restores collections of a backup beside what is there.")
  static final class Restore implements Callable<Integer> {
    @Mixin private EngineOptions engine = new EngineOptions();

    @Parameters(paramLabel = "SOURCE", description = "the folder of a backup")
    private Path source = Path.of("");

    @Option(
        names = "--collection",
        paramLabel = "DB.NAME",
        description = "only these; may be given several times")
    private List<String> collections = List.of();

    @Option(
        names = "--suffix",
        paramLabel = "TEXT",
        description = "added to the names of the restored collections")
    private String suffix = "";

    @Override
    public Integer call() {
      try (var parts = new Parts();
          var opened = engine.open(parts)) {
        return told(
            opened.call(
                new BackupRequest.Restore(source.toAbsolutePath(), collections, suffix),
                Progress.NONE));
      }
    }
  }

  @Command(
      name = "doctor",
      mixinStandardHelpOptions = true,
      description = "Checks everything a data folder holds: catalog, logs, indexes.")
  static final class Doctor implements Callable<Integer> {
    @Mixin private EngineOptions engine = new EngineOptions();

    @Override
    public Integer call() {
      try (var parts = new Parts();
          var opened = engine.open(parts)) {
        var report = opened.call(new BackupRequest.Doctor(), Progress.NONE);
        for (var check : report.checks()) {
          System.out.printf(
              "%-4s %s: %s%n", check.sound() ? "ok" : "BAD", check.subject(), check.finding());
        }
        return report.isSound() ? 0 : 1;
      }
    }
  }

  private static int told(BackupRequest.BackupReport report) {
    for (var entry : report.collections()) {
      System.out.printf("%s.%s: %,d rows%n", entry.database(), entry.collection(), entry.rows());
    }
    System.out.printf("%,d bytes%n", report.bytes());
    report.problems().forEach(problem -> System.out.println("PROBLEM " + problem));
    return report.isSound() ? 0 : 1;
  }
}
