package dev.aerie.remote;

import com.google.common.util.concurrent.ListenableFuture;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.engine.Place;
import dev.aerie.engine.Progress;
import dev.aerie.wire.Failures;
import dev.aerie.wire.proto.ClientInfo;
import dev.aerie.wire.proto.ConnectRequest;
import dev.aerie.wire.proto.ConnectResponse;
import dev.aerie.wire.proto.MilvusServiceGrpc;
import dev.aerie.wire.proto.MilvusServiceGrpc.MilvusServiceFutureStub;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The channels to one server. Safe for use by many threads.
final class Connection implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> DATABASE = key("dbname");
  private static final Metadata.Key<String> IDENTIFIER = key("identifier");
  private static final Duration CANCEL_CHECK = Duration.ofMillis(50);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /// What servers answer to calls beyond their rate; nothing has been done then.
  private static final int RATE_LIMITED = 8;

  private final Place.Server place;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicLong identifier = new AtomicLong();
  private volatile boolean closed;

  /// Opens the channels lazily: no call is made yet.
  Connection(Place.Server place) {
    this.place = place;
    for (var address : place.addresses()) {
      channels.add(Channels.open(place, address));
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /// One call of a stub.
  interface Call<R> {
    ListenableFuture<R> start(MilvusServiceFutureStub stub);
  }

  /// Signs in and learns who answers.
  ConnectResponse connect(Progress progress) {
    var client =
        ClientInfo.newBuilder()
            .setSdkType("Java")
            .setSdkVersion("aerie")
            .setLocalTime(java.time.Instant.now().toString())
            .setUser(place.credentials() instanceof Place.Credentials.Password p ? p.user() : "")
            .build();
    var answer =
        call(
            place.database(),
            place.timeouts().connect(),
            true,
            progress,
            stub -> stub.connect(ConnectRequest.newBuilder().setClientInfo(client).build()));
    Failures.check(answer.getStatus());
    identifier.set(answer.getIdentifier());
    return answer;
  }

  <R> R read(String database, Progress progress, Call<R> call) {
    return call(database, place.timeouts().call(), true, progress, call);
  }

  <R> R write(String database, Progress progress, Call<R> call) {
    return call(database, place.timeouts().call(), false, progress, call);
  }

  /// @param repeatable whether a call that broke may be made again
  private <R> R call(
      String database, Duration deadline, boolean repeatable, Progress progress, Call<R> call) {
    var pause = FIRST_PAUSE;
    for (int attempt = 0; ; attempt++) {
      progress.check();
      if (closed) {
        throw new EngineException(ErrorCode.UNAVAILABLE, "the connection is closed");
      }
      try {
        return once(next(), database, deadline, progress, call);
      } catch (EngineException failure) {
        boolean again =
            attempt < place.timeouts().retries()
                && (failure.code() == ErrorCode.UNAVAILABLE && repeatable
                    || failure.serverCode().orElse(0) == RATE_LIMITED);
        if (!again) {
          throw failure;
        }
      }
      pause(pause, progress);
      pause = pause.multipliedBy(2);
    }
  }

  private <R> R once(
      ManagedChannel channel, String database, Duration deadline, Progress progress, Call<R> call) {
    var stub =
        MilvusServiceGrpc.newFutureStub(channel)
            .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(database)));
    var future = call.start(stub);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get(CANCEL_CHECK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          progress.check();
        } catch (InterruptedException _) {
          // The work is ended through its Progress; the thread's flag is kept for its owner.
          interrupted = true;
        }
      }
    } catch (CancellationException cancelled) {
      // Ends the call at the server, too. There is no file of ours below that this could close.
      future.cancel(true);
      throw cancelled;
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof StatusRuntimeException status) {
        throw told(Failures.fromGrpc(status));
      }
      throw new EngineException(
          ErrorCode.INTERNAL, "the call failed: " + failure.getCause(), failure.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private EngineException told(EngineException failure) {
    var where = String.join(", ", place.addresses());
    return switch (failure.code()) {
      case UNAVAILABLE ->
          new EngineException(
              ErrorCode.UNAVAILABLE,
              "%s cannot be reached: %s".formatted(where, failure.getMessage()),
              failure);
      case TIMEOUT ->
          new EngineException(
              ErrorCode.TIMEOUT,
              "%s has not answered within %d s"
                  .formatted(where, place.timeouts().call().toSeconds()),
              failure);
      default -> failure;
    };
  }

  private Metadata headers(String database) {
    var headers = new Metadata();
    if (!database.isEmpty()) {
      headers.put(DATABASE, database);
    }
    long id = identifier.get();
    if (id != 0) {
      headers.put(IDENTIFIER, Long.toString(id));
    }
    switch (place.credentials()) {
      case Place.Credentials.None _ -> {}
      case Place.Credentials.Password(String user, var password) ->
          headers.put(AUTHORIZATION, base64(user + ":" + password.reveal()));
      case Place.Credentials.Token(var token) -> headers.put(AUTHORIZATION, base64(token.reveal()));
    }
    return headers;
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private ManagedChannel next() {
    int first = Math.floorMod(turn.getAndIncrement(), channels.size());
    for (int i = 0; i < channels.size(); i++) {
      var channel = channels.get((first + i) % channels.size());
      if (channel.getState(false) != ConnectivityState.TRANSIENT_FAILURE) {
        return channel;
      }
    }
    return channels.get(first);
  }

  /// Waits, looking at `progress` meanwhile.
  static void pause(Duration pause, Progress progress) {
    long until = System.nanoTime() + pause.toNanos();
    while (System.nanoTime() < until) {
      progress.check();
      try {
        Thread.sleep(Math.clamp((until - System.nanoTime()) / 1_000_000, 1, 50));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting for a server");
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (var channel : channels) {
      channel.shutdownNow();
    }
  }
}
