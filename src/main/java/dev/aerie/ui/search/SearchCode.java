package dev.aerie.ui.search;

import java.util.Map;
import java.util.TreeMap;

/// A search as code that does the same.
///
/// @param target the Python expression of what is searched for
record SearchCode(
    String database,
    String collection,
    String field,
    String target,
    String filter,
    int limit,
    Map<String, String> params) {
  /// For pymilvus.
  String python() {
    var text = new StringBuilder();
    text.append("from pymilvus import MilvusClient\n\n");
    text.append("client = MilvusClient(\"http://localhost:19530\", db_name=")
        .append(quote(database))
        .append(")\n");
    text.append("hits = client.search(\n");
    text.append("    collection_name=").append(quote(collection)).append(",\n");
    text.append("    anns_field=").append(quote(field)).append(",\n");
    text.append("    ").append(target).append(",\n");
    if (!filter.isEmpty()) {
      text.append("    filter=").append(quote(filter)).append(",\n");
    }
    text.append("    limit=").append(limit).append(",\n");
    if (!params.isEmpty()) {
      text.append("    search_params={\"params\": {");
      var separator = "";
      for (var entry : new TreeMap<>(params).entrySet()) {
        text.append(separator).append(quote(entry.getKey())).append(": ").append(entry.getValue());
        separator = ", ";
      }
      text.append("}},\n");
    }
    text.append("    output_fields=[\"*\"],\n)\n");
    return text.toString();
  }

  static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
