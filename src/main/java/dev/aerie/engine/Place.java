package dev.aerie.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where an engine is.
public sealed interface Place {
  /// A data folder of the embedded engine.
  record Folder(Path path) implements Place {}

  /// One or several addresses of one server.
  ///
  /// @param addresses `host:port`, at least one
  record Server(
      List<String> addresses,
      String database,
      Credentials credentials,
      Encryption encryption,
      Optional<String> managementUrl,
      Optional<String> prometheusUrl,
      Timeouts timeouts)
      implements Place {
    public Server {
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("a server needs an address, such as localhost:19530");
      }
      for (var address : addresses) {
        int colon = address.lastIndexOf(':');
        try {
          int port = Integer.parseInt(address.substring(colon + 1));
          if (colon < 1 || port < 1 || port > 65_535) {
            throw new NumberFormatException();
          }
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException(
              "address \"%s\" must be host:port, such as localhost:19530".formatted(address), e);
        }
      }
    }

    /// Plain text, no sign-in, default database.
    public static Server of(String address) {
      return new Server(
          List.of(address),
          DatabaseRequest.DEFAULT,
          new Credentials.None(),
          new Encryption.Off(),
          Optional.empty(),
          Optional.empty(),
          Timeouts.DEFAULT);
    }
  }

  /// How a caller signs in.
  sealed interface Credentials {
    record None() implements Credentials {}

    record Password(String user, Secret password) implements Credentials {}

    record Token(Secret token) implements Credentials {}
  }

  /// How the connection is protected.
  sealed interface Encryption {
    record Off() implements Encryption {}

    /// @param authority PEM file; empty for the system's list
    /// @param serverName expected in the certificate instead of the host's name
    /// @param fingerprint SHA-256 of a certificate trusted by hand, in hex
    record Server(
        Optional<Path> authority, Optional<String> serverName, Optional<String> fingerprint)
        implements Encryption {}

    /// @param certificate and `key` of this client, PEM files
    record Mutual(Optional<Path> authority, Optional<String> serverName, Path certificate, Path key)
        implements Encryption {}
  }

  record Timeouts(Duration connect, Duration call, int retries) {
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), 3);
  }
}
