package dev.aerie.service.settings;

import dev.aerie.engine.Place;
import java.time.Instant;
import java.util.Optional;

/// A connection as it is remembered.
///
/// @param id stays the same when the name changes
/// @param readOnly whether it opens locked against writes
/// @param lastUsed empty where it never was
public record Profile(
    String id,
    String name,
    Environment environment,
    Place place,
    boolean readOnly,
    Optional<Instant> lastUsed) {
  public Profile {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a connection needs a name, such as \"staging\"");
    }
  }

  /// The same connection, used at `moment`.
  public Profile usedAt(Instant moment) {
    return new Profile(id, name, environment, place, readOnly, Optional.of(moment));
  }

  /// Folder or address, for a person.
  public String address() {
    return switch (place) {
      case Place.Folder(var path) -> path.toString();
      case Place.Server server -> String.join(", ", server.addresses());
    };
  }
}
