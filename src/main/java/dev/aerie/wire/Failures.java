package dev.aerie.wire;

import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.wire.proto.Status;
import io.grpc.StatusRuntimeException;
import java.util.Locale;

/// Between failures and Milvus' status: a code, the legacy code old clients look at, and a reason
/// with the words that clients search for.
@SuppressWarnings("deprecation")
public final class Failures {
  /// What clients take as the answer of a server that lacks a feature.
  private static final int NOT_IMPLEMENTED = 10;

  private static final int UNKNOWN = 65_535;

  private Failures() {}

  public static Status success() {
    return Status.newBuilder()
        .setErrorCode(dev.aerie.wire.proto.ErrorCode.Success)
        .setCode(0)
        .build();
  }

  /// What a server answers. Anything but an [EngineException] is a wrong argument or a bug.
  public static Status toStatus(Throwable failure) {
    return switch (failure) {
      case EngineException known -> status(known.code(), String.valueOf(known.getMessage()));
      case IllegalArgumentException wrong ->
          status(ErrorCode.INVALID_ARGUMENT, String.valueOf(wrong.getMessage()));
      default ->
          status(
              ErrorCode.INTERNAL,
              "unexpected failure: %s: %s"
                  .formatted(failure.getClass().getSimpleName(), failure.getMessage()));
    };
  }

  private static Status status(ErrorCode code, String message) {
    return Status.newBuilder()
        .setCode(number(code))
        .setErrorCode(legacy(code))
        .setReason(reason(code, message))
        .setDetail(message)
        .setRetriable(code == ErrorCode.UNAVAILABLE || code == ErrorCode.TIMEOUT)
        .build();
  }

  private static int number(ErrorCode code) {
    return switch (code) {
      case INVALID_ARGUMENT -> 1100;
      case DATABASE_NOT_FOUND -> 800;
      case COLLECTION_NOT_FOUND -> 100;
      case PARTITION_NOT_FOUND -> 200;
      case INDEX_NOT_FOUND -> 700;
      case ALIAS_NOT_FOUND -> 1600;
      case FIELD_NOT_FOUND -> 1700;
      case NOT_LOADED -> 101;
      case SCHEMA_CHANGED -> 109;
      case UNAUTHENTICATED -> 1400;
      case PERMISSION_DENIED -> 1401;
      case RESOURCE_EXHAUSTED -> 9;
      case UNSUPPORTED -> NOT_IMPLEMENTED;
      case UNAVAILABLE -> 2;
      case CORRUPT, INTERNAL -> 5;
      case NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, TIMEOUT -> UNKNOWN;
    };
  }

  private static dev.aerie.wire.proto.ErrorCode legacy(ErrorCode code) {
    return switch (code) {
      case INVALID_ARGUMENT -> dev.aerie.wire.proto.ErrorCode.IllegalArgument;
      case COLLECTION_NOT_FOUND -> dev.aerie.wire.proto.ErrorCode.CollectionNotExists;
      case INDEX_NOT_FOUND -> dev.aerie.wire.proto.ErrorCode.IndexNotExist;
      case SCHEMA_CHANGED -> dev.aerie.wire.proto.ErrorCode.SchemaMismatch;
      case PERMISSION_DENIED, UNAUTHENTICATED -> dev.aerie.wire.proto.ErrorCode.PermissionDenied;
      case DATABASE_NOT_FOUND,
          PARTITION_NOT_FOUND,
          ALIAS_NOT_FOUND,
          FIELD_NOT_FOUND,
          NOT_FOUND,
          ALREADY_EXISTS,
          NOT_LOADED,
          FAILED_PRECONDITION,
          RESOURCE_EXHAUSTED,
          UNSUPPORTED,
          UNAVAILABLE,
          TIMEOUT,
          CORRUPT,
          INTERNAL ->
          dev.aerie.wire.proto.ErrorCode.UnexpectedError;
    };
  }

  /// The words clients and their tests look for, before our own.
  private static String reason(ErrorCode code, String message) {
    var words =
        switch (code) {
          case COLLECTION_NOT_FOUND -> "collection not found";
          case PARTITION_NOT_FOUND -> "partition not found";
          case INDEX_NOT_FOUND -> "index not found";
          case DATABASE_NOT_FOUND -> "database not found";
          case ALIAS_NOT_FOUND -> "alias not found";
          case NOT_LOADED -> "collection not loaded";
          case UNSUPPORTED -> "service unimplemented";
          case INVALID_ARGUMENT,
              FIELD_NOT_FOUND,
              NOT_FOUND,
              ALREADY_EXISTS,
              FAILED_PRECONDITION,
              SCHEMA_CHANGED,
              UNAUTHENTICATED,
              PERMISSION_DENIED,
              RESOURCE_EXHAUSTED,
              UNAVAILABLE,
              TIMEOUT,
              CORRUPT,
              INTERNAL ->
              "";
        };
    return words.isEmpty() || message.contains(words) ? message : words + ": " + message;
  }

  /// @throws EngineException if the status is not success
  public static void check(Status status) {
    boolean good =
        status.getCode() == 0 && status.getErrorCode() == dev.aerie.wire.proto.ErrorCode.Success;
    if (!good) {
      int code = status.getCode() != 0 ? status.getCode() : status.getErrorCodeValue();
      throw new EngineException(
          meaning(status),
          status.getReason().isEmpty() ? "the server failed with code " + code : status.getReason(),
          code,
          null);
    }
  }

  private static ErrorCode meaning(Status status) {
    if (status.getErrorCode() == dev.aerie.wire.proto.ErrorCode.SchemaMismatch) {
      return ErrorCode.SCHEMA_CHANGED;
    }
    return switch (status.getCode()) {
      case 1, 2 -> ErrorCode.UNAVAILABLE;
      case 3, 4, 7, 8, 9 -> ErrorCode.RESOURCE_EXHAUSTED;
      case NOT_IMPLEMENTED, 3000 -> ErrorCode.UNSUPPORTED;
      case 100 -> ErrorCode.COLLECTION_NOT_FOUND;
      case 101, 103, 201 -> ErrorCode.NOT_LOADED;
      case 109 -> ErrorCode.SCHEMA_CHANGED;
      case 200 -> ErrorCode.PARTITION_NOT_FOUND;
      case 300 -> ErrorCode.NOT_FOUND;
      case 700 -> ErrorCode.INDEX_NOT_FOUND;
      case 702, 1601, 1602 -> ErrorCode.ALREADY_EXISTS;
      case 800 -> ErrorCode.DATABASE_NOT_FOUND;
      case 701, 105, 801, 802, 1100, 1101, 1102, 1701 -> ErrorCode.INVALID_ARGUMENT;
      case 1400 -> ErrorCode.UNAUTHENTICATED;
      case 1401 -> ErrorCode.PERMISSION_DENIED;
      case 1600 -> ErrorCode.ALIAS_NOT_FOUND;
      case 1700 -> ErrorCode.FIELD_NOT_FOUND;
      default -> spoken(status);
    };
  }

  /// Servers answer much under one code for all; the reason tells it apart.
  private static ErrorCode spoken(Status status) {
    switch (status.getErrorCode()) {
      case CollectionNotExists, CollectionNameNotFound -> {
        return ErrorCode.COLLECTION_NOT_FOUND;
      }
      case IndexNotExist -> {
        return ErrorCode.INDEX_NOT_FOUND;
      }
      case PermissionDenied -> {
        return ErrorCode.PERMISSION_DENIED;
      }
      default -> {
        var reason = status.getReason().toLowerCase(Locale.ROOT);
        if (reason.contains("already exist") || reason.contains("duplicate")) {
          return ErrorCode.ALREADY_EXISTS;
        }
        if (reason.contains("index not found") || reason.contains("index not exist")) {
          return ErrorCode.INDEX_NOT_FOUND;
        }
        if (reason.contains("not loaded")) {
          return ErrorCode.NOT_LOADED;
        }
        if (reason.contains("not found")
            || reason.contains("not exist")
            || reason.contains("does not exist")) {
          return ErrorCode.NOT_FOUND;
        }
        if (status.getErrorCode() == dev.aerie.wire.proto.ErrorCode.IllegalArgument
            || reason.contains("cannot parse expression")
            || reason.contains("failed to create query plan")
            || reason.contains("failed to create expr plan")
            || reason.contains("unexpected character")
            || reason.contains("invalid")
            || reason.contains("illegal")) {
          return ErrorCode.INVALID_ARGUMENT;
        }
        return ErrorCode.INTERNAL;
      }
    }
  }

  /// What a broken call means.
  public static EngineException fromGrpc(StatusRuntimeException failure) {
    var status = failure.getStatus();
    var code =
        switch (status.getCode()) {
          case UNAVAILABLE, CANCELLED, ABORTED, OK -> ErrorCode.UNAVAILABLE;
          case DEADLINE_EXCEEDED -> ErrorCode.TIMEOUT;
          case UNAUTHENTICATED -> ErrorCode.UNAUTHENTICATED;
          case PERMISSION_DENIED -> ErrorCode.PERMISSION_DENIED;
          case UNIMPLEMENTED -> ErrorCode.UNSUPPORTED;
          case RESOURCE_EXHAUSTED -> ErrorCode.RESOURCE_EXHAUSTED;
          case INVALID_ARGUMENT, OUT_OF_RANGE -> ErrorCode.INVALID_ARGUMENT;
          case NOT_FOUND -> ErrorCode.NOT_FOUND;
          case ALREADY_EXISTS -> ErrorCode.ALREADY_EXISTS;
          case FAILED_PRECONDITION -> ErrorCode.FAILED_PRECONDITION;
          case DATA_LOSS -> ErrorCode.CORRUPT;
          case UNKNOWN, INTERNAL -> ErrorCode.INTERNAL;
        };
    var text = status.getDescription();
    return new EngineException(
        code,
        text == null || text.isEmpty()
            ? "the call failed: " + status.getCode()
            : "the call failed: " + text,
        failure);
  }
}
