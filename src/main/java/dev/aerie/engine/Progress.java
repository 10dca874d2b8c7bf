package dev.aerie.engine;

import java.util.concurrent.CancellationException;

/// What long work says of itself, and where it can be cancelled.
///
/// Work calls [#update] once a batch; each call is a cancellation point. Implementations are safe
/// for use by several threads of the same work.
public interface Progress {
  /// Listens to nothing and never cancels.
  Progress NONE =
      new Progress() {
        @Override
        public void update(long done, long total) {}

        @Override
        public void phase(String name) {}

        @Override
        public void check() {}
      };

  /// Reports how far the current phase is.
  ///
  /// @param done units finished, of the phase's own kind (rows, bytes, segments)
  /// @param total units in all, or -1 where that is not known
  /// @throws CancellationException if the work has been cancelled
  void update(long done, long total);

  /// Begins a new phase, named for a person: "Building the graph".
  ///
  /// @throws CancellationException if the work has been cancelled
  void phase(String name);

  /// A cancellation point without anything to report.
  ///
  /// @throws CancellationException if the work has been cancelled
  void check();
}
