package dev.aerie.engine;

/// Who answers.
///
/// @param product "Aerie" or "Milvus", as far as known
/// @param version of the product, in its own words
/// @param place folder or address, for a person
public record EngineInfo(String product, String version, String place) {}
