package dev.aerie.engine;

/// What a read must have seen.
public enum Consistency {
  /// Everything acknowledged before the request.
  STRONG,
  /// Everything this caller has written.
  SESSION,
  /// Everything but the last moments.
  BOUNDED,
  /// Whatever is at hand.
  EVENTUALLY,
  /// A point in time given by the caller.
  CUSTOMIZED
}
