package dev.aerie.dataset;

/// A JSON object, or a list with more than one kind of value, as its text.
public record JsonText(String json) {}
