package dev.aerie.engine;

import java.util.concurrent.CancellationException;

/// A vector database, here or elsewhere. All methods are blocking and safe for use by many threads.
public interface Engine extends AutoCloseable {
  /// Carries out one request.
  ///
  /// A cancelled call leaves nothing half-written: a write is either acknowledged or absent, a
  /// build
  /// leaves what it had finished.
  ///
  /// @throws EngineException if the engine refuses or fails
  /// @throws CancellationException if `progress` says the caller has given up
  <R> R call(Request<R> request, Progress progress);

  /// [#call(Request, Progress)] for requests that take a moment.
  default <R> R call(Request<R> request) {
    return call(request, Progress.NONE);
  }

  /// What this engine can do, and why not what it cannot.
  Capabilities capabilities();

  /// Who answers: product, version, address or folder.
  EngineInfo info();

  /// Releases everything at once. Calls still running fail with [ErrorCode#UNAVAILABLE].
  @Override
  void close();
}
