package dev.aerie.engine;

import java.util.List;
import java.util.Map;

/// Makes the values of one field from others: BM25 from text to a sparse vector.
///
/// @param type Milvus' name, such as `BM25`
public record FieldFunction(
    String name,
    String type,
    String description,
    List<String> inputs,
    List<String> outputs,
    Map<String, String> params) {
  public static final String BM25 = "BM25";

  public FieldFunction {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    params = Map.copyOf(params);
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException(
          "function \"%s\" needs an input and an output field".formatted(name));
    }
  }

  public static FieldFunction bm25(String name, String textField, String sparseField) {
    return new FieldFunction(name, BM25, "", List.of(textField), List.of(sparseField), Map.of());
  }
}
