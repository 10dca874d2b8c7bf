package dev.aerie.boot;

import dev.aerie.engine.EngineException;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// Starts Aerie. Does not extend `Application`, so that the program starts from the class path.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Logging.quiet();
    System.exit(
        new CommandLine(new AerieCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(Main::tell)
            .execute(args));
  }

  /// Says what went wrong on one line of standard error; the stack only with `--debug`.
  private static int tell(Exception failure, CommandLine command, ParseResult parsed) {
    command.getErr().println("aerie: " + sentence(failure));
    if (parsed.commandSpec().root().userObject() instanceof AerieCommand aerie && aerie.isDebug()) {
      failure.printStackTrace(command.getErr());
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  private static String sentence(Exception failure) {
    var message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    boolean ours =
        failure instanceof EngineException
            || failure instanceof IllegalArgumentException
            || failure instanceof CancellationException;
    return ours ? message : failure.getClass().getSimpleName() + ": " + message;
  }
}
