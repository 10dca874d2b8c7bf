package dev.aerie.engine;

/// The answer of requests that have nothing to tell but that they are done.
public enum Done {
  DONE
}
