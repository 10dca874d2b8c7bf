package dev.aerie.node;

import dev.aerie.engine.Secret;

/// Knows passwords. Safe for use by many threads.
@FunctionalInterface
public interface Accounts {
  /// Whether there is such a user with this password. May take as long as a password hash does.
  boolean verify(String user, Secret password);
}
