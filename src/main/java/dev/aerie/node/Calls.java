package dev.aerie.node;

import com.google.protobuf.Message;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.wire.Failures;
import dev.aerie.wire.proto.MilvusServiceGrpc;
import dev.aerie.wire.proto.Status;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The table of RPCs being served.
final class Calls {
  private static final Logger LOG = Logger.getLogger(Calls.class.getName());

  private final Engine engine;
  private final ServerServiceDefinition.Builder service =
      ServerServiceDefinition.builder(MilvusServiceGrpc.SERVICE_NAME);

  Calls(Engine engine) {
    this.engine = engine;
  }

  /// Answers one RPC.
  interface Handler<Q, R> {
    R answer(Q request, CallContext call);
  }

  <Q, R extends Message> Calls on(MethodDescriptor<Q, R> method, Handler<Q, R> handler) {
    service.addMethod(
        method,
        ServerCalls.asyncUnaryCall(
            (Q request, StreamObserver<R> out) -> {
              R answer;
              try {
                answer = handler.answer(request, CallContext.current(engine));
              } catch (CancellationException gone) {
                // Nobody is listening; what is sent now goes nowhere.
                out.onError(
                    io.grpc.Status.CANCELLED
                        .withDescription("the client has given up")
                        .asRuntimeException());
                return;
              } catch (Throwable failure) {
                if (!isTheCallers(failure)) {
                  LOG.log(Level.WARNING, method.getBareMethodName() + " failed", failure);
                }
                answer = failed(method, Failures.toStatus(failure));
              }
              out.onNext(answer);
              out.onCompleted();
            }));
    return this;
  }

  /// Says that an RPC is not offered, in the way clients understand.
  <Q, R extends Message> Calls refuse(MethodDescriptor<Q, R> method, String reason) {
    return on(
        method,
        (request, call) -> {
          throw new EngineException(ErrorCode.UNSUPPORTED, reason);
        });
  }

  ServerServiceDefinition service() {
    return service.build();
  }

  private static boolean isTheCallers(Throwable failure) {
    return failure instanceof IllegalArgumentException
        || failure instanceof EngineException known
            && known.code() != ErrorCode.INTERNAL
            && known.code() != ErrorCode.CORRUPT;
  }

  /// An empty answer of the RPC's type with a status in it; every answer has a place for one.
  @SuppressWarnings("unchecked")
  private static <Q, R extends Message> R failed(MethodDescriptor<Q, R> method, Status status) {
    var marshaller = (MethodDescriptor.PrototypeMarshaller<R>) method.getResponseMarshaller();
    var empty = java.util.Objects.requireNonNull(marshaller.getMessagePrototype());
    if (empty instanceof Status) {
      return (R) status;
    }
    var field = empty.getDescriptorForType().findFieldByName("status");
    return (R) empty.newBuilderForType().setField(field, status).build();
  }
}
