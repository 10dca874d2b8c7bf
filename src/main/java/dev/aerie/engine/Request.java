package dev.aerie.engine;

/// One operation with everything it needs, its database included. Validated where it is made: what
/// is wrong in itself throws `IllegalArgumentException` there.
///
/// @param <R> what it answers
public sealed interface Request<R>
    permits DatabaseRequest,
        CollectionRequest,
        PartitionRequest,
        AliasRequest,
        IndexRequest,
        RowRequest,
        QueryRequest,
        SearchRequest,
        AccountRequest,
        MaintenanceRequest,
        ObserveRequest,
        ClusterRequest,
        BackupRequest {
  /// What an engine must be able to do to answer.
  Capability needs();

  /// Whether it changes anything: data, schema, accounts, load state, placement.
  boolean writes();
}
