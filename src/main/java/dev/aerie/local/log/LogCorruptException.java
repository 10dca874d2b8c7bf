package dev.aerie.local.log;

import java.io.IOException;

/// A log holds bytes that no crash leaves behind: acknowledged records may be lost if it is read
/// on.
public final class LogCorruptException extends IOException {
  private static final long serialVersionUID = 1;

  public LogCorruptException(String message) {
    super(message);
  }
}
