package dev.aerie.local.catalog;

import java.io.IOException;

/// What a folder defines cannot be read, or is not what was written.
public final class CatalogCorruptException extends IOException {
  private static final long serialVersionUID = 1;

  public CatalogCorruptException(String message) {
    super(message);
  }

  public CatalogCorruptException(String message, Throwable cause) {
    super(message, cause);
  }
}
