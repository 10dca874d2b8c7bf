package dev.aerie.node;

import dev.aerie.engine.Secret;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds out who calls, before anything of the call is read, and takes the database from its
/// header. Safe for use by many threads.
///
/// Hashing a password takes long on purpose, so a header that was right is known for a while by
/// its SHA-256, until an account changes. An address that was wrong too often has to wait.
final class SignIn implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> DATABASE =
      Metadata.Key.of("dbname", Metadata.ASCII_STRING_MARSHALLER);
  private static final String MILVUS = "milvus.proto.milvus.MilvusService";
  private static final Duration KNOWN = Duration.ofSeconds(60);
  private static final int MOST_FAILURES = 10;
  private static final int MOST_ADDRESSES = 10_000;

  private final Optional<Accounts> accounts;
  private final Runnable onChange;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Map<String, Failures> failures = new ConcurrentHashMap<>();

  private record Known(String user, long until) {}

  private record Failures(int count, long until) {}

  /// @param onChange hears that accounts have changed
  SignIn(Optional<Accounts> accounts, Runnable onChange) {
    this.accounts = accounts;
    this.onChange = onChange;
  }

  /// Forgets what is known: an account has changed.
  void forget() {
    known.clear();
    onChange.run();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var database = headers.get(DATABASE);
    var context =
        Context.current().withValue(CallContext.DATABASE, database == null ? "" : database);
    if (accounts.isEmpty() || !MILVUS.equals(call.getMethodDescriptor().getServiceName())) {
      return Contexts.interceptCall(context, call, headers, next);
    }
    var header = headers.get(AUTHORIZATION);
    if (header == null || header.isEmpty()) {
      return refuse(call, "missing authorization in header");
    }
    var address = address(call);
    long now = System.nanoTime();
    var failed = failures.get(address);
    if (failed != null && failed.count() >= MOST_FAILURES && now - failed.until() < 0) {
      return refuse(call, "too many wrong passwords from this address; wait a minute");
    }
    var user = user(header, accounts.get(), now);
    if (user.isEmpty()) {
      noteFailure(address, now);
      return refuse(call, "auth check failure, please check username and password are correct");
    }
    failures.remove(address);
    return Contexts.interceptCall(
        context.withValue(CallContext.USER, user.get()), call, headers, next);
  }

  private void noteFailure(String address, long now) {
    if (failures.size() > MOST_ADDRESSES) {
      failures.clear();
    }
    failures.merge(
        address,
        new Failures(1, now + KNOWN.toNanos()),
        (before, first) ->
            now - before.until() < 0
                ? new Failures(before.count() + 1, now + KNOWN.toNanos())
                : first);
  }

  private Optional<String> user(String header, Accounts verifier, long now) {
    var digest = sha256(header);
    var before = known.get(digest);
    if (before != null && now - before.until() < 0) {
      return Optional.of(before.user());
    }
    String text;
    try {
      text = new String(Base64.getDecoder().decode(header.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int colon = text.indexOf(':');
    if (colon < 1) {
      return Optional.empty();
    }
    var user = text.substring(0, colon);
    if (!verifier.verify(user, new Secret(text.substring(colon + 1)))) {
      return Optional.empty();
    }
    if (known.size() > MOST_ADDRESSES) {
      known.clear();
    }
    known.put(digest, new Known(user, now + KNOWN.toNanos()));
    return Optional.of(user);
  }

  private static String address(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
            instanceof InetSocketAddress address
        ? String.valueOf(address.getAddress())
        : "";
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, String why) {
    call.close(Status.UNAUTHENTICATED.withDescription(why), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
