package dev.aerie.remote;

import dev.aerie.engine.Connector.Step;
import dev.aerie.engine.Connector.Step.Outcome;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Place;
import dev.aerie.engine.Progress;
import dev.aerie.wire.proto.ConnectResponse;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// One look at a server, step by step. Reads only. Every step ends within five seconds.
final class Diagnosis {
  private static final Duration STEP = Duration.ofSeconds(5);

  private final Place.Server place;
  private final Consumer<Step> listener;
  private final Progress progress;
  private final List<Step> steps = new ArrayList<>();
  private @Nullable ConnectResponse welcome;

  Diagnosis(Place.Server place, Consumer<Step> listener, Progress progress) {
    this.place =
        new Place.Server(
            place.addresses(),
            place.database(),
            place.credentials(),
            place.encryption(),
            place.managementUrl(),
            place.prometheusUrl(),
            new Place.Timeouts(STEP, STEP, 0));
    this.listener = listener;
    this.progress = progress;
  }

  /// What a step found.
  private record Finding(Outcome outcome, String text, Optional<String> details) {
    static Finding passed(String text) {
      return new Finding(Outcome.PASSED, text, Optional.empty());
    }

    static Finding failed(String text, Exception cause) {
      return new Finding(Outcome.FAILED, text, Optional.of(cause.toString()));
    }
  }

  private interface Look {
    Finding look();
  }

  List<Step> run() {
    for (var address : place.addresses()) {
      int colon = address.lastIndexOf(':');
      var host = address.substring(0, colon);
      int port = Integer.parseInt(address.substring(colon + 1));
      if (step("Name lookup of " + host, () -> lookUp(host))
          && step("TCP connection to " + address, () -> connect(host, port))
          && !(place.encryption() instanceof Place.Encryption.Off)) {
        step("TLS with " + address, () -> handshake(host, port));
      }
    }
    try (var connection = new Connection(place)) {
      boolean answers = step("HTTP/2, gRPC and sign-in", () -> signIn(connection));
      if (answers) {
        step("Version", () -> version(connection));
        step("Database " + place.database(), () -> database(connection));
      } else {
        skip("Version");
        skip("Database " + place.database());
      }
    }
    place.managementUrl().ifPresent(url -> step("Management port", () -> management(url)));
    return List.copyOf(steps);
  }

  private boolean step(String name, Look look) {
    progress.check();
    progress.phase(name);
    long start = System.nanoTime();
    var finding = look.look();
    var step =
        new Step(
            name,
            finding.outcome(),
            finding.text(),
            finding.details(),
            Duration.ofNanos(System.nanoTime() - start));
    steps.add(step);
    listener.accept(step);
    return finding.outcome() == Outcome.PASSED || finding.outcome() == Outcome.WARNED;
  }

  private void skip(String name) {
    var step =
        new Step(
            name,
            Outcome.SKIPPED,
            "not tried, since the step before failed",
            Optional.empty(),
            Duration.ZERO);
    steps.add(step);
    listener.accept(step);
  }

  private static Finding lookUp(String host) {
    try {
      var found = new ArrayList<String>();
      for (var address : InetAddress.getAllByName(host)) {
        found.add(address.getHostAddress());
      }
      return Finding.passed(host + " is " + String.join(", ", found));
    } catch (UnknownHostException e) {
      return Finding.failed(
          "\"%s\" is not a name this machine can look up. Check the spelling, or the network or VPN."
              .formatted(host),
          e);
    }
  }

  private static Finding connect(String host, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) STEP.toMillis());
      return Finding.passed("port %d accepts connections".formatted(port));
    } catch (java.net.ConnectException e) {
      return Finding.failed(
          "nothing listens on port %d of %s. Start the server, or check the port: Milvus uses 19530."
              .formatted(port, host),
          e);
    } catch (IOException e) {
      return Finding.failed(
          "port %d of %s does not answer. A firewall may stand between, or the machine is off."
              .formatted(port, host),
          e);
    }
  }

  /// Notes the certificate and takes any, so that a person can be shown what is there. Nothing is
  /// sent over such a connection; the real one checks.
  private static final class Witness implements X509TrustManager {
    private final List<X509Certificate> seen = new ArrayList<>();

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      seen.addAll(List.of(chain));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("only servers are looked at here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private Finding handshake(String host, int port) {
    var witness = new Witness();
    try (var plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), (int) STEP.toMillis());
      plain.setSoTimeout((int) STEP.toMillis());
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {witness}, null);
      try (var socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
        socket.startHandshake();
        var certificate = witness.seen.getFirst();
        var text =
            "%s, certificate of %s until %s, fingerprint %s"
                .formatted(
                    socket.getSession().getProtocol(),
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getNotAfter().toInstant(),
                    Channels.fingerprint(certificate));
        if (certificate.getNotAfter().toInstant().isBefore(java.time.Instant.now())) {
          return new Finding(
              Outcome.FAILED, text + ". It has expired; renew it.", Optional.empty());
        }
        return Finding.passed(text);
      }
    } catch (SSLException e) {
      return Finding.failed(
          "the server does not speak TLS on this port. Turn encryption off, or ask for the TLS port.",
          e);
    } catch (IOException | GeneralSecurityException e) {
      return Finding.failed("the TLS handshake broke off: " + e.getMessage(), e);
    }
  }

  private Finding signIn(Connection connection) {
    for (var file : files()) {
      if (!Files.isReadable(file)) {
        return new Finding(
            Outcome.FAILED, "file %s cannot be read".formatted(file), Optional.empty());
      }
    }
    try {
      welcome = connection.connect(progress);
      return Finding.passed("%s answers".formatted(RemoteConnector.product(welcome)));
    } catch (EngineException e) {
      return Finding.failed(
          switch (e.code()) {
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                "the server refuses the user name, password or token. Check them; a new Milvus has"
                    + " root.";
            case UNSUPPORTED ->
                "something answers that is no Milvus, or one before 2.2.9. Check the port.";
            case TIMEOUT ->
                "the port is open but nobody answers. It may not be a gRPC port, or the server is"
                    + " still starting.";
            case UNAVAILABLE ->
                place.encryption() instanceof Place.Encryption.Off
                    ? "no gRPC conversation came about. The server may want TLS, or this is another"
                        + " port, such as 9091."
                    : "no gRPC conversation came about: the certificate is not trusted, or not for"
                        + " this name. Give its authority or fingerprint.";
            default -> String.valueOf(e.getMessage());
          },
          e);
    }
  }

  private List<java.nio.file.Path> files() {
    return switch (place.encryption()) {
      case Place.Encryption.Off _ -> List.of();
      case Place.Encryption.Server(var authority, _, _) -> authority.stream().toList();
      case Place.Encryption.Mutual mutual -> {
        var files = new ArrayList<>(mutual.authority().stream().toList());
        files.add(mutual.certificate());
        files.add(mutual.key());
        yield files;
      }
    };
  }

  private Finding version(Connection connection) {
    try {
      var version =
          RemoteConnector.version(
              connection,
              welcome == null ? ConnectResponse.getDefaultInstance() : welcome,
              progress);
      return version.isAtLeast(2, 3)
          ? Finding.passed(version.text())
          : new Finding(
              Outcome.WARNED,
              version.text() + " is older than 2.3; parts of this window will not work",
              Optional.empty());
    } catch (EngineException e) {
      return Finding.failed("the server does not tell its version", e);
    }
  }

  private Finding database(Connection connection) {
    try {
      RemoteConnector.requireDatabase(connection, place.database(), progress);
      return Finding.passed("is there");
    } catch (EngineException e) {
      return Finding.failed(
          e.code() == ErrorCode.DATABASE_NOT_FOUND
              ? String.valueOf(e.getMessage())
              : "the databases cannot be listed: " + e.getMessage(),
          e);
    }
  }

  private static Finding management(String url) {
    try {
      var address = URI.create(url.endsWith("/") ? url + "healthz" : url + "/healthz").toURL();
      var connection = (HttpURLConnection) address.openConnection();
      connection.setConnectTimeout((int) STEP.toMillis());
      connection.setReadTimeout((int) STEP.toMillis());
      try {
        int code = connection.getResponseCode();
        return code == HttpURLConnection.HTTP_OK
            ? Finding.passed(address + " says it is healthy")
            : new Finding(
                Outcome.WARNED, "%s answers with %d".formatted(address, code), Optional.empty());
      } finally {
        connection.disconnect();
      }
    } catch (IOException | IllegalArgumentException e) {
      return new Finding(
          Outcome.WARNED,
          "the management address \"%s\" does not answer; it is optional. Milvus has it on 9091."
              .formatted(url),
          Optional.of(e.toString()));
    }
  }
}
