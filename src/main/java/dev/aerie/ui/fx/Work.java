package dev.aerie.ui.fx;

import dev.aerie.engine.Progress;

/// Work that runs off the FX thread.
///
/// @param <T> what it makes
@FunctionalInterface
public interface Work<T> {
  /// Blocks until it is done. Reports to `progress` and stops where that throws.
  T run(Progress progress) throws Exception;
}
