package dev.aerie.node;

import dev.aerie.engine.SearchRequest.Grouping;
import dev.aerie.engine.SearchRequest.Range;
import dev.aerie.wire.Params;
import dev.aerie.wire.proto.KeyValuePair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The parameters of a search or query, taken out one by one; what is left are those of the index.
final class SearchParams {
  /// Said by clients and without meaning for one node that answers at once.
  private static final List<String> IDLE =
      List.of(
          "ignore_growing",
          "hints",
          "timezone",
          "time_fields",
          "reduce_stop_for_best",
          "collection_id",
          "iterator",
          "search_iter_v2",
          "search_iter_batch_size",
          "search_iter_id",
          "search_iter_last_bound",
          "group_by_field",
          "group_size",
          "strict_group_size",
          "analyzer_name",
          "page_retain_order",
          "is_refine_when_init");

  private final Map<String, String> params;

  SearchParams(List<KeyValuePair> pairs) {
    this.params = Params.flattened(pairs);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(params.remove(name)).filter(text -> !text.isBlank());
  }

  /// @throws IllegalArgumentException if it is there and no whole number
  Optional<Integer> number(String name) {
    return text(name)
        .map(
            text -> {
              try {
                return Integer.decode(text.strip());
              } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                    "%s must be a whole number; got \"%s\"".formatted(name, text), e);
              }
            });
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(params.getOrDefault(name, "false"));
  }

  Optional<String> peek(String name) {
    return Optional.ofNullable(params.get(name)).filter(text -> !text.isBlank());
  }

  Optional<Range> range() {
    var radius = real("radius");
    var filter = real("range_filter");
    return radius.isEmpty() && filter.isEmpty()
        ? Optional.empty()
        : Optional.of(new Range(radius, filter));
  }

  private OptionalDouble real(String name) {
    var text = text(name);
    try {
      return text.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(Double.parseDouble(text.get()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be a number; got \"%s\"".formatted(name, text.get()), e);
    }
  }

  Optional<Grouping> grouping() {
    var field = text("group_by_field");
    int size = number("group_size").orElse(1);
    boolean strict = flag("strict_group_size");
    return field.map(name -> new Grouping(name, size, strict));
  }

  /// What is left: parameters of the index.
  Map<String, String> rest() {
    IDLE.forEach(params::remove);
    return Map.copyOf(params);
  }
}
