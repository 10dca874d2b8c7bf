package dev.aerie.local.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.lucene.index.FieldInfo;

/// What kind of index a vector field is to have, with its build parameters.
///
/// A number that is 0 means "choose from the rows of each segment". The text form,
/// `IVF_PQ;nlist=0;m=0;v=1`, is what a
/// segment carries in its field's attributes; two indexes are the same exactly if their texts are.
public sealed interface VectorIndex {

  /// The field attribute that says which index a segment satisfies. Lucene compares only names of
  /// formats, so that a
  /// change of a parameter would go unseen without it.
  String ATTRIBUTE = "aerie.vector.index";

  /// Version of what is written under these names; part of the text, so that a better writer makes
  /// old segments stale.
  int VERSION = 1;

  /// No structure: every search reads all rows it may answer.
  record Flat() implements VectorIndex {}

  /// A navigable graph over the raw rows.
  ///
  /// @param m neighbours of a node, in [2, 512]
  /// @param efConstruction candidates looked at when a node is put in, in [1, 3200]
  record Hnsw(int m, int efConstruction) implements VectorIndex {
    public Hnsw {
      checkGraph(m, efConstruction);
    }
  }

  /// A navigable graph over 8-bit codes; what it finds is compared again as raw rows.
  record HnswSq(int m, int efConstruction) implements VectorIndex {
    public HnswSq {
      checkGraph(m, efConstruction);
    }
  }

  /// Lists of raw rows.
  ///
  /// @param nlist lists, in [0, 65536]
  record IvfFlat(int nlist) implements VectorIndex {
    public IvfFlat {
      checkLists(nlist);
    }
  }

  /// Lists of 8-bit codes, one for each dimension.
  record IvfSq8(int nlist) implements VectorIndex {
    public IvfSq8 {
      checkLists(nlist);
    }
  }

  /// Lists of 4-bit product codes.
  ///
  /// @param m codes of a row; 0 for one for every two dimensions
  record IvfPq(int nlist, int m) implements VectorIndex {
    public IvfPq {
      checkLists(nlist);
      if (m < 0 || m > FlatFormat.MAX_DIMENSIONS) {
        throw new IllegalArgumentException(
            "m must be in [0, %d]; got %d".formatted(FlatFormat.MAX_DIMENSIONS, m));
      }
    }
  }

  /// Lists of 1-bit codes of the rotated rows.
  record IvfRabitq(int nlist) implements VectorIndex {
    public IvfRabitq {
      checkLists(nlist);
    }
  }

  /// The index the segment of this field satisfies, if an Aerie format wrote it.
  static Optional<VectorIndex> of(FieldInfo field) {
    return Optional.ofNullable(field.getAttribute(ATTRIBUTE)).flatMap(VectorIndex::parse);
  }

  /// The index of a text form; empty if the text is of another version or no such index exists.
  static Optional<VectorIndex> parse(String text) {
    var parts = List.of(text.split(";"));
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (var part : parts.subList(1, parts.size())) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        return Optional.empty();
      }
      try {
        numbers.put(
            part.substring(0, equals), Integer.parseInt(part, equals + 1, part.length(), 10));
      } catch (NumberFormatException other) {
        return Optional.empty();
      }
    }
    int m = numbers.getOrDefault("m", 0);
    int efConstruction = numbers.getOrDefault("efConstruction", 0);
    int nlist = numbers.getOrDefault("nlist", 0);
    try {
      VectorIndex index =
          switch (parts.getFirst()) {
            case "FLAT" -> new Flat();
            case "HNSW" -> new Hnsw(m, efConstruction);
            case "HNSW_SQ" -> new HnswSq(m, efConstruction);
            case "IVF_FLAT" -> new IvfFlat(nlist);
            case "IVF_SQ8" -> new IvfSq8(nlist);
            case "IVF_PQ" -> new IvfPq(nlist, m);
            case "IVF_RABITQ" -> new IvfRabitq(nlist);
            default ->
                throw new IllegalArgumentException(
                    "unknown index type \"" + parts.getFirst() + "\"");
          };
      return index.text().equals(text) ? Optional.of(index) : Optional.empty();
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }

  /// The type's name, as Milvus calls it.
  default String type() {
    return switch (this) {
      case Flat() -> "FLAT";
      case Hnsw _ -> "HNSW";
      case HnswSq _ -> "HNSW_SQ";
      case IvfFlat _ -> "IVF_FLAT";
      case IvfSq8 _ -> "IVF_SQ8";
      case IvfPq _ -> "IVF_PQ";
      case IvfRabitq _ -> "IVF_RABITQ";
    };
  }

  /// The build parameters by name, in the order they are written.
  default Map<String, Integer> parameters() {
    var parameters = new LinkedHashMap<String, Integer>();
    switch (this) {
      case Flat() -> {}
      case Hnsw(int m, int efConstruction) -> {
        parameters.put("m", m);
        parameters.put("efConstruction", efConstruction);
      }
      case HnswSq(int m, int efConstruction) -> {
        parameters.put("m", m);
        parameters.put("efConstruction", efConstruction);
      }
      case IvfFlat(int nlist) -> parameters.put("nlist", nlist);
      case IvfSq8(int nlist) -> parameters.put("nlist", nlist);
      case IvfPq(int nlist, int m) -> {
        parameters.put("nlist", nlist);
        parameters.put("m", m);
      }
      case IvfRabitq(int nlist) -> parameters.put("nlist", nlist);
    }
    return parameters;
  }

  /// The text form that [#parse] reads.
  default String text() {
    var words = new ArrayList<String>();
    words.add(type());
    words.addAll(
        parameters().entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.toList()));
    words.add("v=" + VERSION);
    return String.join(";", words);
  }

  private static void checkGraph(int m, int efConstruction) {
    if (m < 2 || m > 512) {
      throw new IllegalArgumentException("m must be in [2, 512]; got " + m);
    }
    if (efConstruction < 1 || efConstruction > 3200) {
      throw new IllegalArgumentException(
          "efConstruction must be in [1, 3200]; got " + efConstruction);
    }
  }

  private static void checkLists(int nlist) {
    if (nlist < 0 || nlist > 65_536) {
      throw new IllegalArgumentException(
          "nlist must be in [1, 65536], or 0 to choose; got " + nlist);
    }
  }
}
