package dev.aerie.local.catalog;

import java.util.Map;

/// @param createdAt milliseconds since 1970
public record DatabaseEntry(String name, long id, long createdAt, Map<String, String> properties) {
  public DatabaseEntry {
    properties = Map.copyOf(properties);
  }
}
