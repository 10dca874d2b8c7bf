package dev.aerie.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an engine can do. A view shows what is missing with its reason, before the click.
///
/// @param missing the reason for each capability the engine lacks, as a sentence for a person
/// @param fieldTypes the types a field may have
/// @param indexTypes the index types offered for a field type, the recommended first
public record Capabilities(
    Map<Capability, String> missing,
    Set<DataType> fieldTypes,
    Map<DataType, List<IndexType>> indexTypes) {
  public Capabilities {
    missing = Map.copyOf(missing);
    fieldTypes = Set.copyOf(fieldTypes);
    indexTypes = Map.copyOf(indexTypes);
  }

  public boolean has(Capability capability) {
    return !missing.containsKey(capability);
  }

  /// Why a capability is missing; empty where it is there.
  public Optional<String> whyNot(Capability capability) {
    return Optional.ofNullable(missing.get(capability));
  }

  public List<IndexType> indexTypes(DataType type) {
    return indexTypes.getOrDefault(type, List.of());
  }

  /// @throws EngineException `UNSUPPORTED` with the reason, if the capability is missing
  public void require(Capability capability) {
    var reason = missing.get(capability);
    if (reason != null) {
      throw new EngineException(ErrorCode.UNSUPPORTED, reason);
    }
  }
}
