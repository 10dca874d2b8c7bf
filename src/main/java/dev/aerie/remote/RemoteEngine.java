package dev.aerie.remote;

import dev.aerie.engine.AccountRequest;
import dev.aerie.engine.AliasRequest;
import dev.aerie.engine.BackupRequest;
import dev.aerie.engine.Capabilities;
import dev.aerie.engine.Capability;
import dev.aerie.engine.ClusterRequest;
import dev.aerie.engine.CollectionRequest;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineInfo;
import dev.aerie.engine.IndexRequest;
import dev.aerie.engine.MaintenanceRequest;
import dev.aerie.engine.ObserveRequest;
import dev.aerie.engine.PartitionRequest;
import dev.aerie.engine.Progress;
import dev.aerie.engine.QueryRequest;
import dev.aerie.engine.Request;
import dev.aerie.engine.RowRequest;
import dev.aerie.engine.SearchRequest;

/// An engine at the other end of a connection.
public final class RemoteEngine implements Engine {
  private final Connection connection;
  private final EngineInfo info;
  private final Capabilities capabilities;
  private final RemoteSchema schema;
  private final RemoteRows rows;
  private final RemoteSearch search;
  private final RemoteAccounts accounts;
  private final RemoteOperations operations;

  RemoteEngine(
      Connection connection, EngineInfo info, ServerVersion version, Capabilities capabilities) {
    this.connection = connection;
    this.info = info;
    this.capabilities = capabilities;
    this.schema = new RemoteSchema(connection);
    var filters = new RemoteFilters(capabilities.has(Capability.FILTER_TEMPLATES));
    var shapes = new Shapes(connection);
    this.rows = new RemoteRows(connection, filters, shapes);
    this.search = new RemoteSearch(connection, filters, shapes);
    this.accounts = new RemoteAccounts(connection, version);
    this.operations = new RemoteOperations(connection);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> R call(Request<R> request, Progress progress) {
    capabilities.require(request.needs());
    // Each branch answers with what its request promises; the compiler cannot follow that.
    return (R)
        switch (request) {
          case DatabaseRequest<?> database -> schema.call(database, progress);
          case CollectionRequest<?> collection -> schema.call(collection, progress);
          case PartitionRequest<?> partition -> schema.call(partition, progress);
          case AliasRequest<?> alias -> schema.call(alias, progress);
          case IndexRequest<?> index -> schema.call(index, progress);
          case RowRequest<?> row -> rows.call(row, progress);
          case QueryRequest<?> query -> rows.call(query, progress);
          case SearchRequest<?> one -> search.call(one, progress);
          case AccountRequest<?> account -> accounts.call(account, progress);
          case MaintenanceRequest<?> maintenance -> operations.call(maintenance, progress);
          case ObserveRequest<?> observe -> operations.call(observe, progress);
          case ClusterRequest<?> cluster -> operations.call(cluster, progress);
          case BackupRequest<?> backup -> throw ServerVersion.unsupported(backup.needs());
        };
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public EngineInfo info() {
    return info;
  }

  @Override
  public void close() {
    connection.close();
  }
}
