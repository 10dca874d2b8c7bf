package dev.aerie.node;

import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Progress;
import dev.aerie.engine.Request;
import io.grpc.Context;
import java.util.concurrent.CancellationException;

/// What a handler has at hand: the engine and the circumstances of the call.
///
/// @param database from the header, empty where there is none
/// @param user who signed in, empty where nobody has to
record CallContext(Engine engine, String database, String user) {
  static final Context.Key<String> DATABASE = Context.keyWithDefault("database", "");
  static final Context.Key<String> USER = Context.keyWithDefault("user", "");

  static CallContext current(Engine engine) {
    return new CallContext(engine, DATABASE.get(), USER.get());
  }

  /// Ends the work when the client has gone away or its deadline is over.
  private static final class UntilCancelled implements Progress {
    private final Context context = Context.current();

    @Override
    public void update(long done, long total) {
      check();
    }

    @Override
    public void phase(String name) {
      check();
    }

    @Override
    public void check() {
      if (context.isCancelled()) {
        throw new CancellationException("the client has given up");
      }
    }
  }

  <R> R call(Request<R> request) {
    engine.capabilities().require(request.needs());
    return engine.call(request, new UntilCancelled());
  }

  /// The request's own database, else the header's, else the default one.
  String database(String named) {
    if (!named.isEmpty()) {
      return named;
    }
    return database.isEmpty() ? DatabaseRequest.DEFAULT : database;
  }
}
