package dev.aerie.node;

import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// A Milvus-protocol server over an engine. The engine stays the caller's, to close after the node
/// has stopped. Safe for use by many threads.
public final class MilvusNode implements AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final Server server;
  private final HealthStatusManager health;
  private final ExecutorService threads;

  private MilvusNode(Server server, HealthStatusManager health, ExecutorService threads) {
    this.server = server;
    this.health = health;
    this.threads = threads;
  }

  /// Serves an engine until it is stopped; accepts calls when this returns.
  ///
  /// @throws EngineException if the address is taken or the certificates cannot be used
  public static MilvusNode start(Engine engine, NodeOptions options) {
    var privileges = new Privileges(engine);
    var signIn = new SignIn(options.accounts(), privileges::forget);
    var calls = new Calls(engine);
    SchemaCalls.register(calls);
    RowCalls.register(calls);
    SearchCalls.register(calls);
    AccountCalls.register(calls, signIn);
    OperationCalls.register(calls, engine);
    var health = new HealthStatusManager();
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    var builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(options.host(), options.port()))
            .executor(threads)
            .addService(calls.service())
            .addService(health.getHealthService())
            // The interceptor added last is asked first: who calls, then what they may do.
            .intercept(privileges)
            .intercept(signIn)
            .maxInboundMessageSize(options.mostMessageBytes())
            .maxConcurrentCallsPerConnection(options.mostCallsPerConnection())
            // Clients ping every ten seconds, also without calls; the default takes that for abuse.
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(60, TimeUnit.SECONDS)
            .keepAliveTimeout(20, TimeUnit.SECONDS);
    try {
      options.tls().ifPresent(tls -> builder.sslContext(context(tls)));
      var server = builder.build().start();
      health.setStatus("", ServingStatus.SERVING);
      return new MilvusNode(server, health, threads);
    } catch (IOException e) {
      threads.close();
      throw new EngineException(
          ErrorCode.FAILED_PRECONDITION,
          "%s:%d cannot be served: %s. Choose another port, or stop what listens there."
              .formatted(options.host(), options.port(), message(e)),
          e);
    } catch (EngineException e) {
      threads.close();
      throw e;
    }
  }

  private static String message(IOException failure) {
    var cause = failure.getCause() == null ? failure : failure.getCause();
    return String.valueOf(cause.getMessage());
  }

  private static SslContext context(NodeOptions.Tls tls) {
    try {
      var builder =
          GrpcSslContexts.configure(
              SslContextBuilder.forServer(tls.certificate().toFile(), tls.key().toFile()));
      builder.protocols("TLSv1.3", "TLSv1.2");
      tls.clientAuthority()
          .ifPresent(file -> builder.trustManager(file.toFile()).clientAuth(ClientAuth.REQUIRE));
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new EngineException(
          ErrorCode.INVALID_ARGUMENT,
          "certificate %s with key %s cannot be used: %s"
              .formatted(tls.certificate(), tls.key(), e.getMessage()),
          e);
    }
  }

  /// Where it listens, the free one where 0 was asked for.
  public int port() {
    return server.getPort();
  }

  /// Takes no new calls, waits for those running, and ends what is left after `patience`.
  ///
  /// @return whether all calls ended by themselves
  public boolean stop(Duration patience) {
    health.enterTerminalState();
    server.shutdown();
    boolean drained = false;
    try {
      drained = server.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!drained) {
      server.shutdownNow();
    }
    threads.shutdown();
    return drained;
  }

  @Override
  public void close() {
    stop(CLOSE);
  }
}
