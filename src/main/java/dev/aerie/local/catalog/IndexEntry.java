package dev.aerie.local.catalog;

import dev.aerie.engine.IndexRequest.IndexSpec;

/// @param paused whether its build was cancelled and waits to be resumed
public record IndexEntry(IndexSpec spec, boolean paused) {}
