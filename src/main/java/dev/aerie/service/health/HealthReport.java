package dev.aerie.service.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/// The verdict on an engine.
public record HealthReport(HealthFacts facts, List<Finding> findings) {
  public HealthReport {
    findings = List.copyOf(findings);
  }

  /// Whether nothing red was found.
  public boolean isHealthy() {
    return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.RED);
  }

  /// One word: `healthy`, `attention`, `unhealthy`.
  public String verdict() {
    if (!isHealthy()) {
      return "unhealthy";
    }
    boolean attention =
        findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.AMBER);
    return attention ? "attention" : "healthy";
  }

  /// For scripts: verdict, findings, and of each collection rows, storage, index types, partitions
  /// and field types.
  public String toJson() {
    var root = new ObjectMapper().createObjectNode();
    root.put("verdict", verdict());
    root.put("healthy", isHealthy());
    root.put("at", facts.at().toString());
    var engine = root.putObject("engine");
    engine.put("product", facts.engine().product());
    engine.put("version", facts.engine().version());
    engine.put("place", facts.engine().place());
    var list = root.putArray("findings");
    for (var finding : findings) {
      var node = list.addObject();
      node.put("rule", finding.rule());
      node.put("severity", finding.severity().name().toLowerCase(java.util.Locale.ROOT));
      node.put("subject", finding.subject());
      node.put("title", finding.title());
      node.put("evidence", finding.evidence());
      node.put("cost", finding.cost());
      finding.fix().ifPresent(fix -> node.put("fix", fix.label()));
    }
    var collections = root.putArray("collections");
    for (var collection : facts.collections()) {
      var node = collections.addObject();
      node.put("database", collection.database());
      node.put("collection", collection.info().name());
      collection
          .statistics()
          .ifPresent(
              statistics -> {
                node.put("rows", statistics.rows());
                node.put("deletedRows", statistics.deletedRows());
                node.put("growingRows", statistics.growingRows());
                node.put("segments", statistics.segments());
                if (statistics.diskBytes() >= 0) {
                  node.put("diskBytes", statistics.diskBytes());
                }
              });
      node.put("loaded", collection.info().load().isLoaded());
      var indexes = node.putArray("indexes");
      for (var index : collection.indexes()) {
        var one = indexes.addObject();
        one.put("field", index.spec().field());
        one.put("type", index.spec().type().name());
        index.spec().metric().ifPresent(metric -> one.put("metric", metric.name()));
        one.put("state", index.state().name().toLowerCase(java.util.Locale.ROOT));
        one.put("indexedRows", index.indexedRows());
        one.put("totalRows", index.totalRows());
      }
      var partitions = node.putArray("partitions");
      collection
          .partitions()
          .forEach(
              partition ->
                  partitions
                      .addObject()
                      .put("name", partition.name())
                      .put("rows", partition.rows()));
      var fields = node.putArray("fields");
      collection
          .info()
          .schema()
          .fields()
          .forEach(
              field -> fields.addObject().put("name", field.name()).put("type", field.typeName()));
    }
    var unknown = root.putObject("unknown");
    facts.unknown().forEach(unknown::put);
    return root.toPrettyString();
  }
}
