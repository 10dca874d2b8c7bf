package dev.aerie.service.journal;

/// Languages a request can be copied in.
public enum Language {
  PYTHON("Python"),
  JAVA("Java"),
  NODE("Node.js");

  private final String shown;

  Language(String shown) {
    this.shown = shown;
  }

  @Override
  public String toString() {
    return shown;
  }
}
