package dev.aerie.engine;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The world failed or the request cannot be served. The message says what is wrong, with the
/// value, and what would be right; it is written for a person.
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final int serverCode;

  public EngineException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public EngineException(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, Integer.MIN_VALUE, cause);
  }

  /// @param serverCode the code a remote server gave, kept raw
  public EngineException(
      ErrorCode code, String message, int serverCode, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.serverCode = serverCode;
  }

  public ErrorCode code() {
    return code;
  }

  /// The remote server's own code, where there was one.
  public OptionalInt serverCode() {
    return serverCode == Integer.MIN_VALUE ? OptionalInt.empty() : OptionalInt.of(serverCode);
  }
}
