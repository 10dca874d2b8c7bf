package dev.aerie.boot;

import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Place;
import dev.aerie.engine.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A server as one word: `http[s]://[user:password@]host[:port][/database]`, as Milvus' own clients
/// take it, or `host:port`.
final class ServerUri {
  private static final int STANDARD_PORT = 19_530;
  private static final int TLS_PORT = 443;

  private ServerUri() {}

  /// @throws IllegalArgumentException if the text is no such address
  static Place.Server parse(String text) {
    URI uri;
    try {
      uri = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException e) {
      throw wrong(text, e);
    }
    boolean encrypted = "https".equals(uri.getScheme());
    if (uri.getHost() == null || !encrypted && !"http".equals(uri.getScheme())) {
      throw wrong(text, null);
    }
    int port = uri.getPort() > 0 ? uri.getPort() : encrypted ? TLS_PORT : STANDARD_PORT;
    var path = uri.getPath() == null ? "" : uri.getPath().replace("/", "");
    return new Place.Server(
        List.of(uri.getHost() + ":" + port),
        path.isEmpty() ? DatabaseRequest.DEFAULT : path,
        credentials(uri.getUserInfo()),
        encrypted
            ? new Place.Encryption.Server(Optional.empty(), Optional.empty(), Optional.empty())
            : new Place.Encryption.Off(),
        Optional.empty(),
        Optional.empty(),
        Place.Timeouts.DEFAULT);
  }

  private static Place.Credentials credentials(@Nullable String user) {
    if (user == null) {
      return new Place.Credentials.None();
    }
    int colon = user.indexOf(':');
    return colon < 0
        ? new Place.Credentials.Token(new Secret(user))
        : new Place.Credentials.Password(
            user.substring(0, colon), new Secret(user.substring(colon + 1)));
  }

  private static IllegalArgumentException wrong(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "\"%s\" is no server address; write http://host:19530 or https://user:password@host/database"
            .formatted(text),
        cause);
  }
}
