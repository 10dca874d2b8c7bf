package dev.aerie.ui.load;

/// What is to be said of one mapped column.
///
/// @param fine whether nothing needs a decision
public record Check(boolean fine, String text) {}
