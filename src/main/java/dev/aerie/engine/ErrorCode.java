package dev.aerie.engine;

/// Why an engine refused or failed, as far as a caller can act on it.
public enum ErrorCode {
  /// The request is wrong in itself: a value, a type, a filter, a dimension.
  INVALID_ARGUMENT,
  DATABASE_NOT_FOUND,
  COLLECTION_NOT_FOUND,
  PARTITION_NOT_FOUND,
  INDEX_NOT_FOUND,
  ALIAS_NOT_FOUND,
  FIELD_NOT_FOUND,
  /// Any other thing that was named and is not there: user, role, resource group, job, backup.
  NOT_FOUND,
  ALREADY_EXISTS,
  /// The collection has to be loaded first.
  NOT_LOADED,
  /// The thing is in use, or not in a state that allows this: a database that is not empty, a
  /// folder another process owns.
  FAILED_PRECONDITION,
  /// The caller's picture of the schema is older than the collection's.
  SCHEMA_CHANGED,
  /// Who is calling is not known.
  UNAUTHENTICATED,
  /// Who is calling is known and may not do this.
  PERMISSION_DENIED,
  /// A limit has been reached: disk, memory, rate, message size.
  RESOURCE_EXHAUSTED,
  /// This engine does not offer it; see [Capabilities].
  UNSUPPORTED,
  /// The other side cannot be reached now.
  UNAVAILABLE,
  /// No answer within the deadline.
  TIMEOUT,
  /// What is stored fails its own checks.
  CORRUPT,
  /// A bug or an unexpected failure, here or on the server.
  INTERNAL
}
