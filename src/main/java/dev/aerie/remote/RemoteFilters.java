package dev.aerie.remote;

import dev.aerie.engine.Filter;
import dev.aerie.wire.Templates;
import dev.aerie.wire.proto.TemplateValue;
import java.util.Map;

/// How a server takes the values of templates: beside the text, or, before 2.5, only inside it.
record RemoteFilters(boolean templates) {
  String text(Filter filter) {
    return templates ? filter.expression() : Templates.inlined(filter);
  }

  Map<String, TemplateValue> values(Filter filter) {
    return templates ? Templates.toProto(filter) : Map.of();
  }

  /// The same filter with one more condition before it.
  static Filter and(String condition, Filter filter) {
    return new Filter(
        filter.isAll() ? condition : condition + " and (" + filter.expression() + ")",
        filter.values());
  }
}
