package dev.aerie.ui.fx;

import dev.aerie.engine.EngineException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/// A failure as it is shown.
///
/// @param message for a person
/// @param details the raw error with its stack, for whoever is asked for help
public record Failure(String message, String details) {
  /// The messages of our own, argument and file exceptions are written for a person and taken as
  /// they are; anything else is unexpected and says so.
  public static Failure of(Throwable cause) {
    var trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    var text = cause.getMessage();
    boolean told =
        cause instanceof EngineException
            || cause instanceof IllegalArgumentException
            || cause instanceof IOException
            || cause.getClass().getName().startsWith("dev.aerie.");
    return new Failure(
        told && text != null && !text.isBlank()
            ? text
            : cause.getClass().getSimpleName() + (text == null ? "" : ": " + text),
        trace.toString());
  }
}
