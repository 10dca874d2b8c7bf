package dev.aerie.engine;

/// Something that must not show: its text stays out of logs, records and messages.
public final class Secret {
  private final String text;

  public Secret(String text) {
    this.text = text;
  }

  /// The secret itself, for whoever has to send or store it.
  public String reveal() {
    return text;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && text.equals(secret.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "•••";
  }
}
