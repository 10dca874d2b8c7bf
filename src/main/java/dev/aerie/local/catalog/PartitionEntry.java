package dev.aerie.local.catalog;

/// @param id never used again after a drop, so that rows of a dropped partition cannot come back
///     under a new one of its name
/// @param createdAt milliseconds since 1970
public record PartitionEntry(String name, long id, long createdAt, boolean loaded) {
  public PartitionEntry withLoaded(boolean nowLoaded) {
    return new PartitionEntry(name, id, createdAt, nowLoaded);
  }
}
