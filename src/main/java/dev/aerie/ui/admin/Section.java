package dev.aerie.ui.admin;

/// What can be looked after.
public enum Section {
  DATABASES("databases", false, false),
  ALIASES("aliases", true, false),
  USERS("users", true, true),
  ROLES("roles", false, false);

  private final String key;
  private final boolean second;
  private final boolean secret;

  Section(String key, boolean second, boolean secret) {
    this.key = key;
    this.second = second;
    this.secret = secret;
  }

  /// The start of its words' keys: `users`.
  String key() {
    return key;
  }

  /// Whether a new one needs more than a name: an alias its collection, a user a password.
  boolean needsSecond() {
    return second;
  }

  /// Whether what else it needs must not show.
  boolean isSecondSecret() {
    return secret;
  }
}
