package dev.aerie.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/// How a node serves.
///
/// @param host to listen on
/// @param port 0 for any free one
/// @param tls what encrypts; empty for plain text
/// @param accounts what checks passwords; empty to let everybody do everything
/// @param insecure whether to serve on an address others reach without encryption or signing in
/// @param mostMessageBytes of one request
/// @param mostCallsPerConnection at the same time
public record NodeOptions(
    String host,
    int port,
    Optional<Tls> tls,
    Optional<Accounts> accounts,
    boolean insecure,
    int mostMessageBytes,
    int mostCallsPerConnection) {
  public static final String LOOPBACK = "127.0.0.1";
  public static final int DEFAULT_PORT = 19_530;

  /// PEM files.
  ///
  /// @param clientAuthority who signs the certificates that clients must show; empty for none
  public record Tls(Path certificate, Path key, Optional<Path> clientAuthority) {}

  public NodeOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be in [0, 65535]; got " + port);
    }
    if (mostMessageBytes < 1 << 20) {
      throw new IllegalArgumentException(
          "mostMessageBytes must be at least 1 MiB; got " + mostMessageBytes);
    }
    if (!insecure && (tls.isEmpty() || accounts.isEmpty()) && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "\"%s\" can be reached by others; serving there needs TLS and authentication, or --insecure"
              .formatted(host));
    }
  }

  /// For this machine only: plain text, no signing in.
  public static NodeOptions loopback(int port) {
    return new NodeOptions(
        LOOPBACK, port, Optional.empty(), Optional.empty(), false, 256 << 20, 1_000);
  }

  public NodeOptions withAccounts(Accounts known) {
    return new NodeOptions(
        host, port, tls, Optional.of(known), insecure, mostMessageBytes, mostCallsPerConnection);
  }

  public NodeOptions withTls(Tls wanted) {
    return new NodeOptions(
        host,
        port,
        Optional.of(wanted),
        accounts,
        insecure,
        mostMessageBytes,
        mostCallsPerConnection);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("\"%s\" is no address of this machine".formatted(host), e);
    }
  }
}
