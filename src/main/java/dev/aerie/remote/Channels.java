package dev.aerie.remote;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Place;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;

/// Makes channels as a place wants them.
final class Channels {
  /// Servers answer with up to 100 MB of rows and some overhead.
  private static final int MOST_ANSWER_BYTES = 512 << 20;

  private Channels() {}

  static ManagedChannel open(Place.Server place, String address) {
    int colon = address.lastIndexOf(':');
    var builder =
        NettyChannelBuilder.forAddress(
                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))
            .maxInboundMessageSize(MOST_ANSWER_BYTES)
            .keepAliveTime(10, TimeUnit.SECONDS)
            .keepAliveTimeout(5, TimeUnit.SECONDS)
            .keepAliveWithoutCalls(true);
    return switch (place.encryption()) {
      case Place.Encryption.Off _ -> builder.usePlaintext().build();
      case Place.Encryption.Server(var authority, var serverName, var fingerprint) -> {
        serverName.ifPresent(builder::overrideAuthority);
        yield builder.sslContext(context(authority, fingerprint, Optional.empty())).build();
      }
      case Place.Encryption.Mutual mutual -> {
        mutual.serverName().ifPresent(builder::overrideAuthority);
        yield builder
            .sslContext(context(mutual.authority(), Optional.empty(), Optional.of(mutual)))
            .build();
      }
    };
  }

  private static SslContext context(
      Optional<Path> authority,
      Optional<String> fingerprint,
      Optional<Place.Encryption.Mutual> client) {
    try {
      SslContextBuilder builder = GrpcSslContexts.forClient();
      authority.ifPresent(file -> builder.trustManager(file.toFile()));
      fingerprint.ifPresent(
          hex -> {
            builder.trustManager(new Pinned(hex));
            // The certificate is known by itself; the name in it proves nothing more.
            builder.endpointIdentificationAlgorithm("");
          });
      client.ifPresent(
          mutual -> builder.keyManager(mutual.certificate().toFile(), mutual.key().toFile()));
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT, "the certificates cannot be used: " + e.getMessage(), e);
    }
  }

  /// SHA-256 of a certificate in lower-case hex.
  static String fingerprint(X509Certificate certificate) throws CertificateException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new CertificateException("this Java has no SHA-256", e);
    }
  }

  /// Trusts one certificate, whoever signed it.
  private record Pinned(String wanted) implements X509TrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      var normal = wanted.replace(":", "").toLowerCase(Locale.ROOT);
      var found = fingerprint(chain[0]);
      if (!MessageDigest.isEqual(
          found.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
          normal.getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
        throw new CertificateException(
            "the server's certificate has the fingerprint %s, not the trusted %s"
                .formatted(found, normal));
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("only servers are checked here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
