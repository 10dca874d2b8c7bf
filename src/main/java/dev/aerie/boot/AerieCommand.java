package dev.aerie.boot;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command `aerie` itself.
@Command(
    name = "aerie",
    mixinStandardHelpOptions = true,
    versionProvider = AerieCommand.Version.class,
    description = "A workbench for vector databases. Without a command it opens the window.",
    subcommands = {
      BenchCommand.class,
      BackupCommand.Backup.class,
      BackupCommand.Restore.class,
      BackupCommand.Doctor.class
    })
final class AerieCommand implements Runnable {
  @Option(names = "--debug", description = "with an error, show where it happened")
  private boolean debug;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  boolean isDebug() {
    return debug;
  }

  /// The version the jar was built with; "development" when run from the class folder.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"Aerie " + (version == null ? "development" : version)};
    }
  }
}
